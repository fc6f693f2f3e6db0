"""Commands that sum up many prospects: how far the dates of agencies can be relied on."""

from datetime import date, datetime
from typing import Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

COLUMNS = ("name", "level", "listed", "dated", "date_passed", "moved_later", "left_early")


@click.command()
@click.argument("name", required=False)
@click.option(
    "--level", type=click.Choice(["source", "agency", "component", "office"]), help="Only these groups."
)
@click.option(
    "--days", type=click.Choice(["90", "180", "365"]), default="90", help="Follow groups for so long.  [90]"
)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Today, for what has passed.  [default: today]"
)
@listing_options
def agencies(
    name: str | None, level: str | None, days: str, as_of: datetime | None, as_json: bool, limit: int | None
) -> None:
    """How far dates can be relied on: passed today, and moved within 90 days, by source, agency and office."""
    ready()
    from django.utils import timezone

    day = as_of.date() if as_of else timezone.now().date()
    objects = [it for it in _standings(name, day, int(days)) if level in (None, it["level"])]
    if not as_json:
        for said in sorted({f"{it['source']}: {it['history']}" for it in objects if it["history"]}):
            click.echo(said)
    shown = objects if as_json else [_for_people(it) for it in objects]
    empty = "Nothing is listed yet; `prospects collect --all` collects every source."
    print_listing(shown, COLUMNS, as_json=as_json, limit=limit, empty=empty)


def _standings(name: str | None, day: date, horizon: int) -> list[dict[str, Any]]:
    """Of one source, or of all that list anything."""
    from prospect_aggregate.cli.completeness import source_named
    from prospect_aggregate.collection.models import Source
    from prospect_aggregate.prospects.figure_objects import standing_objects

    sources = [source_named(name)] if name else Source.objects.filter(last_good_at__isnull=False)
    return [it for source in sources for it in standing_objects(source, day=day, horizon=horizon)]


def _for_people(it: dict[str, Any]) -> dict[str, Any]:
    told = ("moved_later", "left_early")
    return {**it, "date_passed": _figure(it["share_passed"]), **{name: _figure(it[name]) for name in told}}


def _figure(figure: dict[str, Any] | None) -> str | None:
    """`5.0 % (n 718, 3.6–6.9 %)`."""
    if figure is None:
        return None
    if figure["value"] is None:
        return f"too few to say (n = {figure['n']:,})"
    value, low, high = (f"{100 * figure[end]:.1f}" for end in ("value", "low", "high"))
    return f"{value} % (n {figure['n']:,}, {low}–{high} %)"


COMMANDS = [agencies]
