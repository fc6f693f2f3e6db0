"""Commands that say how complete the picture is: quality of one source, coverage of the government."""

from typing import TYPE_CHECKING, Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

if TYPE_CHECKING:
    from prospect_aggregate.collection.models import Source


@click.command()
@click.argument("name")
@listing_options
def quality(name: str, as_json: bool, limit: int | None) -> None:
    """Field by field, how much of what a source publishes is read, and what is not."""
    ready()
    from prospect_aggregate.prospects.objects import quality_object
    from prospect_aggregate.prospects.quality import quality_of, summary

    source = source_named(name)
    fields = quality_of(source)
    objects = [quality_object(source.key, field) for field in fields]
    if not as_json and fields[0].listed:
        click.echo(f"{source.name}: {summary(fields)}")
    columns = ("field", "published", "read", "placeholder", "unread", "example")
    shown = objects if as_json else map(_for_people, objects) if fields[0].listed else ()
    empty = f"Nothing of {source.name} is listed yet; `prospects collect {source.key}` collects it."
    print_listing(shown, columns, as_json=as_json, limit=limit, empty=empty)


def source_named(name: str) -> "Source":
    """By key or name. Raises UnknownNameError, naming the nearest."""
    from django.db.models import Q

    from prospect_aggregate.collection.models import Source
    from prospect_aggregate.scrapers.registry import scraper_registry

    known = Source.objects.filter(Q(key=name) | Q(name__iexact=name)).first()
    return known or Source.objects.of(scraper_registry.get(name))


def _for_people(field: dict[str, Any]) -> dict[str, Any]:
    """With one example in a few words; a field without a heading is not published, which is not 0."""
    if field["published"] is None:
        return {**field, "published": "not published", "example": None}
    examples = [f"{', '.join(it['cells'].values())[:60]} ({it['count']:,})" for it in field["examples"][:1]]
    return {**field, "example": "".join(examples) or None}


@click.command()
@click.option("--status", help="Only covered, by_hand, blocked, none or not_checked.")
@listing_options
def coverage(status: str | None, as_json: bool, limit: int | None) -> None:
    """Every agency: covered by which source, by hand, blocked, none published, or not checked, and why."""
    ready()
    from django.utils import timezone

    from prospect_aggregate.collection.coverage import Status, coverage_object, statement, summary
    from prospect_aggregate.web.states import health_by_key

    if status and status not in list(Status):
        raise click.BadParameter(f"it is one of {', '.join(Status)}", param_hint="--status")
    health = health_by_key(now=timezone.now())
    if not as_json:
        click.echo(summary(statement(), health))
    chosen = [entry for entry in statement() if status in (None, entry.status)]
    objects = [coverage_object(entry, health) for entry in chosen]
    shown = objects if as_json else [{**it, "agency": it["component"] or it["agency"]} for it in objects]
    columns = ("agency", "status", "source", "state", "as_of", "reason")
    print_listing(shown, columns, as_json=as_json, limit=limit or len(shown), empty="")


COMMANDS = [quality, coverage]
