"""HUD's replica: read by the real source, and as dirty as the real list."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.scrapers.sources.hud import HousingAndUrbanDevelopment
from tests.sources.copies import drafts_of

from .workbooks import SEEDS, TODAY, apart, differences, made, real, shares_of, shelves

HUD = HousingAndUrbanDevelopment()
LAST = editions("hud", today=TODAY)[-1]
REAL_SHELVES = {"upcoming": 101, "passed": 27, "dormant": 18, "closed": 26}


@pytest.mark.parametrize("edition", editions("hud", today=TODAY), ids=str)
def test_every_edition_is_read_whole_and_dates_itself(edition):
    body = edition.content()
    drafts = drafts_of(HUD, body)
    assert len({draft.native_id for draft in drafts}) == len(drafts)
    assert 165 <= len(drafts) <= 180
    table, _ = HUD.read(body)
    assert len(list(table.rows)) == len(drafts)
    assert HUD.edition_date(table) == edition.day


def test_the_heading_row_moves_between_editions():
    rows = [HUD.read(one.content())[0].heading_row for one in editions("hud", today=TODAY)]
    assert set(rows) == {3, 4}


def test_cells_are_merged_and_columns_left_blank():
    sheet = CalamineWorkbook.from_filelike(BytesIO(LAST.content())).get_sheet_by_index(0)
    assert len(sheet.merged_cell_ranges) > 600
    assert [place for place, cell in enumerate(sheet.to_python(skip_empty_area=False)[3]) if not cell] == [
        1,
        8,
        11,
    ]


def test_days_are_read_as_months_and_contracts_out_of_descriptions():
    drafts = drafts_of(HUD, LAST.content())
    assert {draft.solicitation.precision for draft in drafts} == {"month"}
    named = sum(draft.incumbent_contract is not None for draft in drafts)
    assert abs(named / len(drafts) - 110 / 172) < 0.06


@pytest.mark.parametrize("seed", SEEDS)
def test_shelves_are_filled_like_the_real_ones(seed):
    body = editions("hud", today=TODAY, seed=seed)[-1].content()
    assert apart(shares_of(REAL_SHELVES), shelves(drafts_of(HUD, body))) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    april = real("hud/2026-05-13.xlsx", "OFS Paginated Report", 4)
    words = ("HUD Office", "Requirement Type", "MACs or GWACs", "Type of Competition", "Contract  Length",
             "Contract Status", "Total Contract Value Dollar Range (Base and All Option Values)")  # fmt: skip
    assert differences(april, made("hud", seed), *words) == []


def test_cells_hold_days():
    assert all(isinstance(row["Award Date (Month)"], date) for row in made("hud", 1))
