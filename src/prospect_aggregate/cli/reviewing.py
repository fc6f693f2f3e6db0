"""Commands for held editions: look at what one would do, let it in, keep it out, take that back."""

import sys
from typing import TYPE_CHECKING, Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

if TYPE_CHECKING:
    from prospect_aggregate.collection.models import Run

REASONS = ("new_fiscal_year", "clean_up", "other")
COLUMNS = (
    "run",
    "source",
    "held_since",
    "new",
    "changed",
    "gone",
    "gone_with_a_date_passed",
    "by_office",
    "reason",
    "unreadable",
)
NOTE = click.option("--note", required=True, help="Why, for whoever comes after you.")


@click.command()
@click.argument("name", required=False)
@listing_options
def review(name: str | None, as_json: bool, limit: int | None) -> None:
    """Editions that the gate holds for a person: why, what they would do, and who would leave.

    Then `prospects accept RUN` lets one in, `prospects dismiss RUN` keeps it out, `prospects undo RUN` takes that back.
    """
    ready()
    from prospect_aggregate.collection import held
    from prospect_aggregate.collection.models import Source
    from prospect_aggregate.scrapers.registry import scraper_registry

    source = Source.objects.of(scraper_registry.get(name)) if name else None
    found = (_held_object(run) for run in held.waiting(source))
    empty = "No edition is held: nothing waits for you."
    print_listing(found, COLUMNS, as_json=as_json, limit=limit, empty=empty)


def _held_object(run: "Run") -> dict[str, Any]:
    """One whose file is lost is named, and does not hide the others."""
    from django.utils import timezone

    from prospect_aggregate.prospects.objects import held_object, lost_object
    from prospect_aggregate.review import UnreadableError, outlook_of

    try:
        return {**held_object(run, outlook_of(run, day=timezone.now().date())), "unreadable": None}
    except UnreadableError as error:
        return {**dict.fromkeys(COLUMNS), **lost_object(run, str(error))}


@click.command()
@click.argument("run", type=int)
@click.option("--partial", is_flag=True, help="Only what is new and changed; who is missing stays listed.")
@click.option(
    "--reason", type=click.Choice(REASONS), help="Why the whole list is right; not needed with --partial."
)
@NOTE
def accept(run: int, partial: bool, reason: str | None, note: str) -> None:
    """Let a held edition in, in this process. Later editions are judged against it, unless it is --partial."""
    if not partial and reason is None:
        raise click.UsageError(f"say --reason with one of {', '.join(REASONS)}, or --partial")
    ready()
    from django.utils import timezone

    from prospect_aggregate import review
    from prospect_aggregate.cli.collecting import run_now
    from prospect_aggregate.collection.models import Ruling
    from prospect_aggregate.scrapers.registry import scraper_registry

    held = _run(run)
    why = Ruling.Reason(reason or "partial_list")
    ruling = review.let_in(held, reason=why, note=note, by=person(), now=timezone.now(), partial=partial)
    assert ruling.admitted  # noqa: S101  # `let_in` asked for it
    sys.exit(0 if run_now(ruling.admitted, scraper_registry.get(held.source.key)) else 1)


@click.command()
@click.argument("run", type=int)
@NOTE
def dismiss(run: int, note: str) -> None:
    """Keep a held edition out. The last good list stays; the source stays held until another edition passes."""
    ready()
    from django.utils import timezone

    from prospect_aggregate import review

    held = _run(run)
    review.keep_out(held, note=note, by=person(), now=timezone.now())
    click.echo(
        f"{held.source}: the edition of run {held.pk} is kept out; `prospects undo {held.pk}` takes that back"
    )


@click.command()
@click.argument("run", type=int)
def undo(run: int) -> None:
    """Take back what was decided about a held edition, until the next edition is let in."""
    ready()
    from django.utils import timezone

    from prospect_aggregate import review
    from prospect_aggregate.collection import held

    asked = _run(run)
    review.take_back(held.last_ruling(asked), by=person(), now=timezone.now())
    click.echo(f"{asked.source}: nothing is decided about the edition of run {asked.pk} any more")


def _run(number: int) -> "Run":
    from prospect_aggregate.collection.models import Run

    found = Run.objects.select_related("source", "artifact").filter(pk=number).first()
    if found is None:
        raise LookupError(f"no run {number}; `prospects review` lists the held ones")
    return found


def person() -> str:
    """Who is at the keyboard, for the record."""
    import getpass

    return getpass.getuser()


COMMANDS = [review, accept, dismiss, undo]
