"""State: the figures of edition 4 of FY26, and numbers of our own."""

from pathlib import Path

import pytest

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.sources.state import State, number
from tests.sources.copies import edited, moved_down, reordered
from tests.sources.editions import shelves, taken, unread, unread_naics
from tests.sources.pages import fetcher_of

PAGE = b"""<html><h1>Procurement Forecast</h1><p>Archive:
<a href="/wp-content/uploads/2025/02/FY25-Procurement-Forecast-2.xlsx">FY25</a> and, for this year,
<a href="/wp-content/uploads/2026/01/FY26-Procurement-Forecast-11.xlsx">the list</a>
<a href="/wp-content/uploads/2026/04/FY26-Procurement-Forecast-4.xlsx">the list</a></p></html>"""


@pytest.fixture
def april(real: Path) -> Path:
    return real / "dos" / "2026-04.xlsx"


@pytest.mark.django_db
def test_every_row_is_a_prospect(april: Path) -> None:
    run = taken("state", april)
    assert (run.rows, run.new, run.rejected) == (453, 453, 0)
    numbers = Prospect.objects.values_list("native_id", flat=True)
    assert len({number.partition("~")[0] for number in numbers}) == 417


@pytest.mark.django_db
def test_the_same_rows_in_another_layout_are_the_same_prospects(april: Path, tmp_path: Path) -> None:
    taken("state", april)
    copy = tmp_path / "moved.xlsx"
    copy.write_bytes(edited(edited(april.read_bytes(), reordered), moved_down))
    run = taken("state", copy)
    assert (run.rows, run.new, run.changed, run.gone) == (453, 0, 0, 0)


@pytest.mark.django_db
def test_twelve_solicitation_dates_cannot_be_read(april: Path) -> None:
    taken("state", april)
    assert unread("state", "solicitation") == {
        "3rd (January 1 - March 31)": 10,
        "2/30/2026": 1,
        "December": 1,
    }


@pytest.mark.django_db
def test_all_else_that_is_published_is_read(april: Path) -> None:
    taken("state", april)
    assert not unread("state", "value", "award", "set_aside", "competition")
    assert set(unread_naics("state", "NAICS Code")) == {"541300", "541752", "334110", "561449"}
    assert Prospect.objects.filter(place_country=None).count() == 19  # 14 say nothing, 5 several countries
    assert Prospect.objects.filter(place_country="USA", place_state=None).count() == 1  # none is published


@pytest.mark.django_db
def test_the_shelves_of_may(april: Path) -> None:
    taken("state", april)
    assert shelves("state") == {
        "upcoming": 229, "passed": 209, "dormant": 3, "closed": 7, "under_way": 2, "undated": 3,
    }  # fmt: skip


def test_a_number_of_ours_stays_when_only_typing_changes() -> None:
    ours = number("Gate Guards", "GA/AMD", "Washington", "USA")
    assert ours == number("GATE GUARDS ", "GA/AMD", "Washington ", "United States")
    assert ours != number("Gate Guards", "GA/AMD", "Quito", "Ecuador")


def test_the_newest_list_of_the_latest_year_is_found() -> None:
    with fetcher_of({"/Procurement-Forecast": PAGE}) as fetcher:
        found = State().newest(fetcher)
    assert found.endswith("/2026/04/FY26-Procurement-Forecast-4.xlsx")
