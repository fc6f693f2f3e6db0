"""State numbers nothing: of a generated edition, edited titles are found among all that come and go by themselves."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Pair
from prospect_aggregate.sandbox.editions import Edition, edition
from prospect_aggregate.sandbox.listing import Listing
from prospect_aggregate.sandbox.replica import Replica
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.given import a_source, collected, day

pytestmark = pytest.mark.django_db

STATE = scraper_registry.get("state")
EVERY = 30  # rows
TITLE = 0


def retitled(listing: Listing, _: Replica) -> Listing:
    """Every thirtieth title says more than before."""
    rows = (
        row if number % EVERY else (f"{row[TITLE]} (follow-on)", *row[TITLE + 1 :])
        for number, row in enumerate(listing.rows)
    )
    return replace(listing, rows=rows)


def given(made: Edition, content: bytes, folder: Path) -> Run:
    path = folder / f"{made}.xlsx"
    path.write_bytes(content)
    kept = archive.keep_file(a_source(STATE), path, now=timezone.now())
    return collected(STATE, given=kept, at=day(str(made.day)))


def test_edited_titles_are_found_and_nothing_else(tmp_path: Path) -> None:
    first, second = (edition("state", number, today=date(2026, 5, 25)) for number in (1, 2))
    given(first, first.content(), tmp_path)
    run = given(second, second.content(retitled), tmp_path)
    pairs = list(Pair.objects.select_related("older", "newer"))
    assert all(pair.newer.title == f"{pair.older.title} (follow-on)" for pair in pairs)
    edited = [cells[TITLE] for number, cells in enumerate(second.listing().rows) if number % EVERY == 0]
    assert (len(edited), run.new) == (15, 27 + 14)
    assert len(pairs) == 14  # of 15; one edited row is new this week
