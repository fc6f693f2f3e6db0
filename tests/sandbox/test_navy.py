"""The Navy's replica: two sheets read by the real source, with the hidden lists and feet of the real workbook."""

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.sources.navy import Navy
from tests.sources.editions import shelves, taken

from .proof import collected, read
from .workbooks import SEEDS, TODAY, apart, differences, made, real, shares_of

NAVY = Navy()
REAL_SHELVES = {"upcoming": 33, "passed": 13, "dormant": 14, "undated": 6}
WORDS = (
    "Anticipated Total Value (Including Options)", "Anticipated Procurement Method", "Anticipated Contract Type ",
    "Anticipated Procurement Instrument", "Contracting Office UIC", "Follow-on or New",
    "Anticipated Place of Performance", "Anticipated NAICS Code", "Anticipated Facilities Clearance Required",
    "Anticipated Personnel Clearance Required",
)  # fmt: skip


def book(seed: int = 1) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(editions("navy", today=TODAY, seed=seed)[-1].content()))


@pytest.mark.parametrize("edition", editions("navy", today=TODAY), ids=str)
def test_every_edition_is_read_whole_and_dates_itself(edition):
    drafts, table = read(NAVY, edition.content())
    assert [draft.component for draft in drafts] == ["ONR"] * 50 + ["NRL"] * 16
    assert len({draft.native_id for draft in drafts}) == 66
    assert NAVY.edition_date(table) == edition.day
    assert sum("DISTRIBUTION STATEMENT" in note for note in table.notes) == 4


def test_two_sheets_are_shown_and_two_hidden():
    assert [str(sheet.visible).rpartition(".")[2] for sheet in book().sheets_metadata] == [
        "Visible",
        "Visible",
        "Hidden",
        "Hidden",
    ]


@pytest.mark.parametrize("sheet", ["ONR", "NRL"])
def test_headings_stand_in_row_7_and_the_last_row_is_a_statement(sheet):
    grid = book().get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    assert (grid[6][0], len(grid[6])) == ("Requirement Title", 26)
    assert grid[-1][0].startswith("DISTRIBUTION STATEMENT A.")


def test_the_sheets_write_years_and_numbers_in_their_own_ways():
    years = {str(row["Anticipated Award - Fiscal Year"])[:2] for row in made("navy", 1)}
    assert years == {"20", "FY", "TB"}


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    theirs = [row for sheet in ("ONR", "NRL") for row in real("navy/onr-nrl-lrae.xlsx", sheet, 7)]
    theirs = [row for row in theirs if row["Requirement Description"]]
    ours = [{name: row[name] for name in theirs[0]} for row in made("navy", seed)]
    assert differences(theirs, ours, *WORDS) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_shelves_are_filled_like_the_real_ones(seed, tmp_path):
    path = tmp_path / "edition.xlsx"
    path.write_bytes(editions("navy", today=TODAY, seed=seed)[-1].content())
    run = taken("navy", path)
    assert (run.rows, run.new, run.rejected) == (66, 66, 0)
    assert apart(shares_of(REAL_SHELVES), shares_of(shelves("navy"))) == []


def test_the_product_collects_it(tmp_path: Path):
    with Server(today=TODAY, keys=["navy"]) as server:
        said = collected(server, "navy", tmp_path / "home")
    assert said == "navy: succeeded, 66 rows: 66 new, 0 changed, 0 gone, 0 rejected (run 1)\n"
