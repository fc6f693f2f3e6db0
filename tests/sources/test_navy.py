"""Navy: two sheets read as one list, and the figures that its edition of December 2025 must give."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.sources.navy import Navy, ends
from tests.sources.copies import SAMPLES, Grid, drafts_of, edited, moved_down, notes_of, renamed, reordered
from tests.sources.editions import shelves, taken, unread, unread_naics

NAVY = Navy()
SAMPLE = (SAMPLES / "navy.xlsx").read_bytes()


@pytest.fixture
def edition(real: Path) -> bytes:
    return (real / "navy" / "onr-nrl-lrae.xlsx").read_bytes()


def test_one_title_on_two_sheets_is_two_prospects() -> None:
    drafts = [draft for draft in drafts_of(NAVY, SAMPLE) if draft.title == "Code 99 Pond Software"]
    assert [draft.component for draft in drafts] == ["ONR", "NRL"]
    assert len({draft.native_id for draft in drafts}) == 2


def test_the_lists_own_date_is_read_and_its_footers_are_notes() -> None:
    table, _ = NAVY.read(SAMPLE)
    assert len(list(table.rows)) == 5
    assert NAVY.edition_date(table) == date(2025, 12, 19)
    assert sum("DISTRIBUTION STATEMENT A. Approved for public release;" in note for note in table.notes) == 2


@pytest.mark.parametrize(
    ("comments", "day"),
    [
        ("Current contract expires: 05-JUL-2029", date(2029, 7, 5)),
        ("Current TO ends: 24 Jun 2026", date(2026, 6, 24)),
        ("Current Order expires 31 Mar 2030", date(2030, 3, 31)),
        ("Current order expires: 01-JUN-2029; current order ends 02-JUN-2029", None),
        ("Current contract expires: SRRB approved to join it on 3 Jun 2026", None),
        ("Last date to order under this IDIQ is 16-JAN-2026.", None),
        ("N00173-99-RFPREQ-6199-0001", None),
    ],
)
def test_a_current_contracts_end_is_read_under_its_label_only(comments: str, day: date | None) -> None:
    assert ends(comments).first == day


def test_columns_in_another_order_give_the_same() -> None:
    assert drafts_of(NAVY, edited(SAMPLE, reordered)) == drafts_of(NAVY, SAMPLE)


def test_headings_one_row_further_down_give_the_same() -> None:
    assert drafts_of(NAVY, edited(SAMPLE, moved_down)) == drafts_of(NAVY, SAMPLE)


def test_a_heading_renamed_in_both_sheets_is_refused_by_name() -> None:
    copy = edited(SAMPLE, renamed("Anticipated NAICS Code", "NAICS Code"))
    with pytest.raises(LayoutChangedError, match="Navy: heading 'Anticipated NAICS Code' is missing"):
        drafts_of(NAVY, copy)


def test_a_heading_renamed_in_one_sheet_is_refused_with_its_sheet() -> None:
    def edit(grid: Grid) -> Grid:
        is_nrl = "Naval Research Laboratory" in grid[1]
        return renamed("Anticipated NAICS Code", "NAICS Code")(grid) if is_nrl else grid

    with pytest.raises(
        LayoutChangedError, match="Navy, sheet 'NRL': heading 'Anticipated NAICS Code' is missing"
    ):
        drafts_of(NAVY, edited(SAMPLE, edit))


def test_a_row_without_a_title_is_rejected() -> None:
    def edit(grid: Grid) -> Grid:
        return [["" if cell == "Code 98 Rafts" else cell for cell in row] for row in grid]

    with pytest.raises(Exception, match="no Sheet or Requirement Title"):
        drafts_of(NAVY, edited(SAMPLE, edit))


def test_every_requirement_of_both_real_sheets_is_a_prospect(edition: bytes) -> None:
    drafts = drafts_of(NAVY, edition)
    assert Counter(draft.component for draft in drafts) == {"ONR": 50, "NRL": 16}
    assert len({draft.native_id for draft in drafts}) == 66


def test_what_the_real_edition_publishes_is_read(edition: bytes) -> None:
    for draft in drafts_of(NAVY, edition):
        assert draft.value.basis or draft.value.text == "TBD"
        assert draft.naics_codes or str(draft.raw["Anticipated NAICS Code"]).startswith("TBD")
        assert draft.set_aside.code
        assert draft.solicitation.precision or draft.solicitation.text == "TBD"
        assert draft.award.precision or draft.award.text == "TBD"


def test_the_only_places_unread_are_no_places(edition: bytes) -> None:
    unread = Counter(
        draft.place.text for draft in drafts_of(NAVY, edition) if draft.place.text and not draft.place.state
    )
    assert (unread.pop("TBD"), unread["ONR HQ"], unread.total()) == (37, 7, 11)


def test_the_real_edition_holds_after_its_columns_move(edition: bytes) -> None:
    assert drafts_of(NAVY, edited(edition, reordered)) == drafts_of(NAVY, edition)
    assert drafts_of(NAVY, edited(edition, moved_down)) == drafts_of(NAVY, edition)
    assert notes_of(NAVY, edition)[2] == "sheet 'ONR', row 3: Public Release Date: 2025-12-19"


@pytest.mark.django_db
def test_shelves_of_the_real_edition(real: Path) -> None:
    """One more is upcoming, and one less undated, than fields.md counts: a requirement without dates whose comments
    name the day on which the current contract ends."""
    run = taken("navy", real / "navy" / "onr-nrl-lrae.xlsx")
    assert (run.rows, run.new, run.rejected) == (66, 66, 0)
    assert shelves("navy") == {"upcoming": 33, "passed": 13, "dormant": 14, "undated": 6}


@pytest.mark.django_db
def test_nothing_that_the_real_edition_publishes_stays_unread(real: Path) -> None:
    taken("navy", real / "navy" / "onr-nrl-lrae.xlsx")
    assert not unread("navy", "value", "solicitation", "award", "set_aside", "competition")
    assert not unread_naics("navy", "Anticipated NAICS Code")
