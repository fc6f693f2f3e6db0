"""Commands for likely pairs: look at them, and say whether two prospects are one."""

from typing import TYPE_CHECKING

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

if TYPE_CHECKING:
    from prospect_aggregate.prospects.models import Pair


@click.command()
@click.argument("name", required=False)
@click.option("--decided", is_flag=True, help="Those that a person decided, to decide one again.")
@listing_options
def pairs(name: str | None, decided: bool, as_json: bool, limit: int | None) -> None:
    """Prospects that may be one purchase: renamed, or published in two layouts. None is merged by itself.

    Then `prospects pair NUMBER same` joins their histories, `prospects pair NUMBER different` ends the question.
    """
    ready()
    from prospect_aggregate.prospects.models import Pair
    from prospect_aggregate.prospects.pair_words import pair_object
    from prospect_aggregate.scrapers.registry import scraper_registry

    found = Pair.objects.exclude(verdict=None) if decided else Pair.objects.waiting()
    if name:
        found = found.filter(newer__source__key=scraper_registry.get(name).key)
    objects = map(pair_object, found.with_both().iterator(chunk_size=500))
    columns = ("id", "kind", "older", "older_title", "newer", "newer_title", "evidence", "verdict")
    empty = (
        "Nothing is decided yet."
        if decided
        else "No likely pair waits for you; `--decided` lists the others."
    )
    print_listing(objects, columns, as_json=as_json, limit=limit, empty=empty)


@click.command()
@click.argument("number", type=int)
@click.argument("verdict", type=click.Choice(["same", "different"]))
@click.option("--note", default="", help="Why, for whoever comes after you.")
def pair(number: int, verdict: str, note: str) -> None:
    """Say that two prospects are the same purchase, or different ones; saying otherwise later takes it back.

    The same: the newer one goes on with the older one's history, or one of two copies is shown with the other. Nothing
    is deleted, and both numbers stay.
    """
    ready()
    from django.utils import timezone

    from prospect_aggregate.cli.reviewing import person
    from prospect_aggregate.prospects import pairs as deciding
    from prospect_aggregate.prospects.models import Pair

    asked = Pair.objects.with_both().filter(pk=number).first()
    if asked is None:
        raise click.ClickException(f"no pair {number}; `prospects pairs` lists them")
    decided = deciding.decide(asked, Pair.Verdict(verdict), by=person(), note=note, now=timezone.now())
    click.echo(_said(decided))


def _said(pair: "Pair") -> str:
    if pair.under is None:
        return f"pair {pair.pk}: {pair.older.key} and {pair.newer.key} stay two; they are not suggested again"
    how = "goes on with the history of" if pair.kind == "renamed" else "also shows"
    return f"pair {pair.pk}: {pair.above.key} {how} {pair.under.key}; `prospects pair {pair.pk} different` undoes it"


COMMANDS = [pairs, pair]
