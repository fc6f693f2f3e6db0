"""Commands on alerts: what is wrong and who was told, and taking it in hand."""

from typing import TYPE_CHECKING, Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing
from prospect_aggregate.cli.reviewing import person

if TYPE_CHECKING:
    from prospect_aggregate.collection.models import Alert


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also those that are over.")
@listing_options
def alerts(everything: bool, as_json: bool, limit: int | None) -> None:
    """What somebody must know of, newest first: since when, who was told, who has it in hand."""
    ready()
    from prospect_aggregate.collection.models import Alert
    from prospect_aggregate.collection.objects import alert_object

    found = Alert.objects.prefetch_related("deliveries")
    wanted = found if everything else found.open()
    objects = map(alert_object, wanted.iterator(chunk_size=500))
    columns = ("id", "subject", "cause", "since", "closed_at", "told", "acknowledged_by", "text")
    empty = "Nothing is wrong now that somebody must know of; --all lists what was."
    shown = objects if as_json else map(_for_people, objects)
    print_listing(shown, columns, as_json=as_json, limit=limit, empty=empty)


def _for_people(alert: dict[str, Any]) -> dict[str, Any]:
    """With who was told of its beginning, in a few words."""
    begun = [message for message in alert["messages"] if message["edge"] == "opened"]
    said = [it["reached"] if it["arrived"] else f"not {it['channel']}" for it in begun]
    return {**alert, "told": ", ".join(filter(None, said)) or None}


@click.command()
@click.argument("number", type=int)
@click.option("--undo", is_flag=True, help="Nobody has it in hand after all.")
def acknowledge(number: int, undo: bool) -> None:
    """Say that you have an alert in hand; its source says so wherever it appears."""
    ready()
    from django.utils import timezone

    from prospect_aggregate.collection import alerts as life

    alert = _alert(number)
    if undo:
        life.release(alert)
        click.echo(f"nobody has alert {number} of {alert.subject} in hand")
    else:
        life.acknowledge(alert, by=person(), now=timezone.now())
        click.echo(f"{person()} has alert {number} of {alert.subject} in hand")


def _alert(number: int) -> "Alert":
    from prospect_aggregate.collection.models import Alert

    found = Alert.objects.filter(pk=number).first()
    if found is None:
        raise LookupError(f"no alert {number}; `prospects alerts` lists them")
    return found


COMMANDS = [alerts, acknowledge]
