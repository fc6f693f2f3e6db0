"""Justice's replica: the right sheet of nine, numbers used twice, and as dirty as the real list."""

from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.replica import Asked, replica
from prospect_aggregate.scrapers.sources.justice import Justice
from tests.sources.copies import drafts_of

from .workbooks import SEEDS, TODAY, apart, differences, made, real, shares_of, shelves

EDITIONS = editions("justice", today=TODAY)
REAL_SHELVES = {"upcoming": 235, "passed": 261, "dormant": 10}
SHEET = "Contracting Opportunities Data"


@pytest.fixture(scope="module")
def body() -> bytes:
    return EDITIONS[-1].content()


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_every_edition_is_read_whole(edition):
    drafts = drafts_of(Justice(), edition.content())
    assert 470 <= len(drafts) <= 550
    assert all(draft.native_id and draft.title for draft in drafts)


def test_the_list_is_one_sheet_of_nine(body):
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    assert (len(book.sheet_names), shown) == (9, [SHEET, "Contracting Opportunities Curre"])
    assert len(book.get_sheet_by_name(shown[1]).to_python()) > 2_500
    table, _ = Justice().read(body)
    assert (table.sheet, table.heading_row) == (SHEET, 13)


@pytest.mark.parametrize("seed", SEEDS)
def test_some_numbers_stand_on_rows_that_differ_in_their_place_alone(seed):
    rows = made("justice", seed)
    counts = Counter(row["Action Tracking Number"] for row in rows)
    assert sum(count > 1 for count in counts.values()) >= 2
    shared, _ = counts.most_common(1)[0]
    alike = [row for row in rows if row["Action Tracking Number"] == shared]
    assert len({row["Contract Name"] for row in alike}) == 1
    assert len({row["Place of Performance"] for row in alike}) == len(alike)


def test_the_published_address_redirects():
    reply = replica("justice").answer(Asked("GET", "/media/1381791/dl"), lambda: b"")
    assert (reply.status, reply.headers["Location"]) == (301, "/jmd/media/1381791/dl")


def test_quarters_are_read(body):
    drafts = drafts_of(Justice(), body)
    assert {draft.award.precision for draft in drafts} == {"quarter"}
    assert all(isinstance(draft.award.first, date) for draft in drafts)


@pytest.mark.parametrize("seed", SEEDS)
def test_shelves_are_filled_like_the_real_ones(seed):
    drafts = drafts_of(Justice(), editions("justice", today=TODAY, seed=seed)[-1].content())
    assert apart(shares_of(REAL_SHELVES), shelves(drafts)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    words = ("Bureau", "Contract Type (Pricing)", "Award Type", "NAICS Code", "Competition Approach",
             "Small Business Approach", "Contracting Solution", "Contract Availability", "Length of Contract",
             "Place of Performance", "Acquisition History", "Category", "Product Service Code")  # fmt: skip
    assert differences(real("doj/2026-03-09.xlsx", SHEET, 13), made("justice", seed), *words) == []
