"""Transportation: one department, three layouts, two numberings."""

import pytest

from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.fetch import NOTHING_KNOWN
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.sources.transportation import OWN_FILE, Transportation
from prospect_aggregate.scrapers.table import Table
from tests.agency import Site
from tests.sources.gateway import Gateway, fetcher, item, items, page, pages
from tests.test_sources import SAMPLES

DOT = Transportation()
DEPARTMENT = "Department of Transportation"


def read(body: bytes) -> tuple[list[ProspectDraft], Table, Layout]:
    table, layout = DOT.read(body)
    plan = layout.plan(table, source="it")
    return [DOT.draft(Row(number, cells), plan) for number, cells in table.rows], table, layout


def sample(name: str) -> bytes:
    return (SAMPLES / f"transportation.{name}").read_bytes()


def numbers(body: bytes) -> list[str]:
    return [draft.native_id for draft in read(body)[0]]


def test_the_slice_of_its_agency_is_asked_for(site: Site) -> None:
    gateway = Gateway(site, items(3, field_result_id=DEPARTMENT))
    with fetcher(site) as polite:
        body = DOT.fetch(polite, NOTHING_KNOWN).body
    assert all(asked["filter[field_result_id_target_id]"] == ["20"] for asked in gateway.questions())
    assert len(numbers(body)) == 3


def test_a_gateway_that_ignores_the_slice_brings_nobody_elses_rows() -> None:
    whole = pages(page([*items(2), item(3, field_result_id=DEPARTMENT), item(4, field_result_id="")], "4"))
    drafts, table, _ = read(whole)
    assert [draft.native_id for draft in drafts] == ["3"]
    assert table.notes == ["left out: rows of Department of Labor, 2", "left out: rows of no agency, 1"]


def test_a_row_is_known_by_the_agencys_number_else_by_the_gateways() -> None:
    assert numbers(sample("json")) == ["FHWA_2026_102", "2026-004", "48310003"]


def test_one_number_published_both_ways_is_one_prospect() -> None:
    assert set(numbers(sample("json"))) & set(numbers(sample("own_file.csv"))) == {"2026-004"}


def test_the_gateways_download_has_its_pages_numbers() -> None:
    assert numbers(sample("by_hand.csv")) == ["FAA_REG_FY26_146", "2026-004"]


def test_a_row_without_a_number_is_known_by_its_words() -> None:
    body = sample("own_file.csv")
    changed = body.replace(b"Road 11 overlay", b"ROAD 11 - OVERLAY").replace(b"$250,000", b"$300,000")
    assert numbers(changed) == numbers(body)
    assert numbers(body.replace(b"Road 11", b"Road 12"))[1] != numbers(body)[1]


def test_its_own_file_shows_no_absence() -> None:
    _, table, layout = read(sample("own_file.csv"))
    assert layout == OWN_FILE
    assert len(table.partial) == 1


def test_a_renamed_heading_of_its_own_file_is_named() -> None:
    with pytest.raises(LayoutChangedError, match="'RFP Quarter' is missing"):
        read(sample("own_file.csv").replace(b"RFP Quarter", b"Release Qtr"))


def test_a_code_that_a_spreadsheet_bent_is_read() -> None:
    assert read(sample("own_file.csv"))[0][1].naics_codes == ("237310",)
