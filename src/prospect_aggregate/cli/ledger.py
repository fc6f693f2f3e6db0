"""Commands for the analyst: search, show, changes."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from prospect_aggregate.cli.cells import print_provenance
from prospect_aggregate.cli.collecting import Moment
from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing, print_object

if TYPE_CHECKING:
    from prospect_aggregate.prospects.filters import Filters


class Day(click.ParamType[date]):
    """An ISO date."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}: write 2026-05-13", param, ctx)


class Money(click.ParamType[Decimal]):
    """Dollars: 250000, 250K, 1.5M."""

    name = "DOLLARS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        from prospect_aggregate.normalize.money import value_range

        amount = value_range(f"${value}" if str(value)[:1].isdigit() else str(value)).min
        if amount is None:
            self.fail(f"{value!r}: write 250000, 250K or 1.5M", param, ctx)
        return amount


FILTERS = [
    click.option("--source", multiple=True, help="Key or name of a source."),
    click.option("--agency", multiple=True, help="Part of the department's name."),
    click.option("--component", multiple=True, help="Part of the bureau's name."),
    click.option("--office", multiple=True, help="Part of the office's name."),
    click.option("--naics", metavar="PREFIX", multiple=True, help="NAICS code or its beginning."),
    click.option("--psc", metavar="PREFIX", multiple=True, help="PSC or its beginning."),
    click.option("--set-aside", multiple=True, help="SAM.gov code, NONE, TBD or OTHER."),
    click.option("--competition", multiple=True, help="full_and_open, set_aside, sole_source, …"),
    click.option("--vehicle", multiple=True, help="Part of the contract vehicle's name."),
    click.option("--incumbent", multiple=True, help="Part of the current contractor's name."),
    click.option("--requirement-type", multiple=True, help="Part of the requirement's kind: New, Recompete, …"),
    click.option("--phase", multiple=True, help="How far the agency says it is."),
    click.option("--state", multiple=True, help="listed, missing, expired or withdrawn."),
    click.option("--outlook", multiple=True,
                 help="upcoming, passed, dormant, undated, under_way, closed or left."),
    click.option("--place", multiple=True, help="State of the place of performance."),
    click.option("--band", multiple=True, help="Where the value's lower end lies: -250K, 250K-1M, …, yearly."),
    click.option("--quarter", multiple=True, help="Fiscal quarter in which its decisive date ends: FY26Q3."),
    click.option("--min-value", type=Money(), help="The value may reach this."),
    click.option("--max-value", type=Money(), help="The value may stay below this."),
    click.option("--solicitation-from", type=Day(), help="The solicitation window reaches this day or later."),
    click.option("--solicitation-to", type=Day(), help="The solicitation window begins by this day."),
    click.option("--changed-since", type=Moment(), help="Something of it changed since."),
    click.option("--overdue", is_flag=True,
                 help="The promised date has passed; the solicitation may be out: check SAM.gov."),
    click.option("--fit", help="By the company profile: fits, possible (that or better) or no."),
    click.option("--competed", is_flag=True, help="No sole source, unless the company is the incumbent."),
    click.option("--include-unknown", is_flag=True, help="Also what a filter cannot tell."),
    click.option("--unknown", metavar="FILTER", multiple=True,
                 help="Also what this filter cannot tell: set_aside, naics, …"),
]  # fmt: skip


def filter_options(command: Any) -> Any:
    for option in reversed(FILTERS):
        command = option(command)
    return command


def filters_of(text: str | None, asked: dict[str, Any]) -> "Filters":
    """Of the options above. Raises NoProfileError, UnknownFilterError."""
    from prospect_aggregate.prospects import company
    from prospect_aggregate.prospects.filters import Filters

    if asked["fit"]:
        company.must_exist()
    return Filters(text=text, **asked)


@click.command()
@click.argument("text", required=False)
@filter_options
@click.option(
    "--as-of", type=Day(), help="Today, for what is passed and upcoming; it does not rebuild the list."
)
@listing_options
def search(text: str | None, as_of: date | None, as_json: bool, limit: int | None, **asked: Any) -> None:
    """Look for prospects; those whose decisive date comes first stand first.

    TEXT: words, "a phrase", netw*, -not, one OR other, naics:5415.
    A filter may be repeated: one of its values has to fit.
    """
    ready()
    from prospect_aggregate.prospects.objects import prospect_object
    from prospect_aggregate.prospects.search import search as find

    day = as_of or _today()
    found = find(filters_of(text, asked), day=day)
    objects = (prospect_object(prospect, day=day) for prospect in found.iterator(chunk_size=1000))
    columns = ("key", "outlook", "next_date", "value_text", "set_aside", "naics_code", "title")
    print_listing(objects, columns, as_json=as_json, limit=limit, empty="Nothing matches; take a filter off.")


@click.command()
@click.argument("key")
@click.option("--as-of", type=Day(), help="Today, for what is passed.")
@click.option("--provenance", is_flag=True, help="The cell of the agency's file behind every value.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list with the one object.")
def show(key: str, as_of: date | None, provenance: bool, as_json: bool) -> None:
    """One prospect, whole, by its key (`dhs:F2026073831`) or its number alone."""
    ready()
    from prospect_aggregate.prospects.objects import prospect_object
    from prospect_aggregate.prospects.search import by_key

    day = as_of or _today()
    found = by_key(key, day=day)
    if provenance:
        print_provenance(found, day=day, as_json=as_json)
    else:
        print_object(prospect_object(found, day=day), as_json=as_json)


@click.command()
@click.option("--source", help="Key of a source.")
@click.option("--key", help="Of one prospect.")
@click.option("--kind", help="listed, changed, withdrawn, expired or reappeared.")
@click.option("--field", help="solicitation, award, value, set_aside, …")
@click.option("--since", type=Moment(), help="Seen in editions observed since.")
@click.option(
    "--unseen-by", metavar="PERSON", help="What that person has not seen, by group; --source goes with it."
)
@listing_options
def changes(
    as_json: bool, limit: int | None, since: datetime | None, unseen_by: str | None, **asked: str | None
) -> None:
    """What editions changed, newest first."""
    ready()
    if unseen_by:
        if since or any(asked[word] for word in ("key", "kind", "field")):
            raise click.UsageError("with --unseen-by say --source at most")
        _print_unseen(unseen_by, asked["source"], as_json=as_json, limit=limit)
        return
    from prospect_aggregate.prospects.objects import change_object
    from prospect_aggregate.prospects.search import changes_of

    objects = map(change_object, changes_of(since=since, **asked).iterator(chunk_size=1000))
    columns = ("at", "key", "kind", "field", "old", "new", "shift_days", "significance")
    empty = "No changes yet; they appear when a second edition of a source differs from the first."
    print_listing(objects, columns, as_json=as_json, limit=limit, empty=empty)


def _print_unseen(name: str, source: str | None, *, as_json: bool, limit: int | None) -> None:
    from django.utils import timezone

    from prospect_aggregate.web.roster import person_named
    from prospect_aggregate.web.unseen import unseen_objects

    objects = unseen_objects(person_named(name), source=source or "", now=timezone.now())
    columns = ("group", "at", "key", "kind", "field", "old", "new", "shift_days")
    empty = "Nothing that waits to be seen, but small edits perhaps."
    print_listing(objects, columns, as_json=as_json, limit=limit, empty=empty)


def _today() -> date:
    from django.utils import timezone

    return timezone.now().date()


COMMANDS = [search, show, changes]
