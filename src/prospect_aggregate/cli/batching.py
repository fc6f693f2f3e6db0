"""The command that lists batches."""

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing


@click.command()
@listing_options
def batches(as_json: bool, limit: int | None) -> None:
    """Requests made together, newest first: how far they are, and what they came to."""
    ready()
    from prospect_aggregate.collection.batches import standing_of
    from prospect_aggregate.collection.models import Batch
    from prospect_aggregate.collection.objects import batch_object

    objects = (batch_object(standing_of(batch)) for batch in Batch.objects.iterator())
    columns = ("id", "asked_at", "asked_by", "outcome", "good", "bad", "in_progress", "waiting", "failed")
    empty = "No batches yet. `prospects collect --all` makes one."
    print_listing(objects, columns, as_json=as_json, limit=limit, empty=empty)


COMMANDS = [batches]
