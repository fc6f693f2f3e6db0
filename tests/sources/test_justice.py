"""Justice: the figures of its edition of March 2026, and which sheet is read."""

from pathlib import Path

import pytest

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.sources.justice import Justice, place
from tests.sources.copies import SAMPLES, Grid, drafts_of, edited, renamed, reordered
from tests.sources.editions import shelves, taken, unread, unread_naics

SAMPLE = SAMPLES / "justice.xlsx"
LIST = "Contracting Opportunities Data"
SHARED = "FY26-USMS-1544-6"


@pytest.fixture
def march(real: Path) -> Path:
    return real / "doj" / "2026-03-09.xlsx"


@pytest.mark.django_db
def test_every_row_is_a_prospect(march: Path) -> None:
    run = taken("justice", march)
    assert (run.rows, run.new, run.rejected) == (506, 506, 0)
    numbers = Prospect.objects.values_list("native_id", flat=True)
    assert len({number.partition("~")[0] for number in numbers}) == 487


@pytest.mark.django_db
def test_rows_under_one_number_differ_in_their_place(march: Path) -> None:
    taken("justice", march)
    under_it = Prospect.objects.filter(native_id__regex=rf"^{SHARED}(~\d+)?$")
    assert under_it.count() == 15
    assert len(set(under_it.values_list("place_text", flat=True))) == 15
    assert len(set(under_it.values_list("value_text", "incumbent_contract"))) == 1


@pytest.mark.django_db
def test_the_same_rows_in_another_order_are_the_same_prospects(march: Path, tmp_path: Path) -> None:
    taken("justice", march)
    copy = tmp_path / "backwards.xlsx"
    copy.write_bytes(edited(march.read_bytes(), reordered))
    run = taken("justice", copy)
    assert (run.rows, run.new, run.changed, run.gone) == (506, 0, 0, 0)


@pytest.mark.django_db
def test_what_is_published_is_read(march: Path) -> None:
    taken("justice", march)
    assert not unread("justice", "value", "solicitation", "award", "set_aside", "competition")
    assert not unread_naics("justice", "NAICS Code")
    assert Prospect.objects.exclude(place_state=None).count() == 506 - 69 - 65
    assert shelves("justice") == {"upcoming": 235, "passed": 261, "dormant": 10}


def renamed_on_the_list(grid: Grid) -> Grid:
    """The sheet of history keeps its headings, and would fit better."""
    is_list = any(LIST in row for row in grid)
    return renamed("Contract Name", "Name of it")(grid) if is_list else grid


def test_the_sheet_of_history_is_never_read() -> None:
    without = edited(SAMPLE.read_bytes(), renamed_on_the_list)
    with pytest.raises(LayoutChangedError, match="'Contract Name' is missing"):
        drafts_of(Justice(), without)


def test_a_row_without_a_number_has_one_of_ours() -> None:
    *_, last = drafts_of(Justice(), SAMPLE.read_bytes())
    assert len(last.native_id) == 12
    assert last.raw.get("Action Tracking Number") is None


@pytest.mark.parametrize(
    ("where", "state", "country"),
    [
        ("Example Falls, MN", "MN", "USA"),
        ("[Nationwide]", None, "USA"),
        ("[International]", None, None),
        ("Lyon, France", None, "FRA"),
    ],
)
def test_a_place_is_no_more_than_it_says(where: str, state: str | None, country: str | None) -> None:
    read = place(where, "United States")
    assert (read.state, read.country) == (state, country)
