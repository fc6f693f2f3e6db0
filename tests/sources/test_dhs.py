"""Homeland Security: what the page's button gives is the list of the endpoint, with fewer columns."""

from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.sources.dhs import (
    HomelandSecurity,
    record_page,
    record_page_of_file,
    set_aside_of_file,
)
from prospect_aggregate.scrapers.table import Table
from tests.test_sources import SAMPLES

DHS = HomelandSecurity()
FILE = (SAMPLES / "dhs.by_hand.csv").read_bytes()


def read(body: bytes) -> tuple[dict[str, ProspectDraft], Table]:
    table, layout = DHS.read(body)
    plan = layout.plan(table, source="it")
    return {
        (draft := DHS.draft(Row(number, cells), plan)).native_id: draft for number, cells in table.rows
    }, table


def test_the_file_has_the_lists_keys_and_facts() -> None:
    listed, _ = read((SAMPLES / "dhs.json").read_bytes())
    downloaded, _ = read(FILE)
    assert len(downloaded) == 4
    for number, draft in downloaded.items():
        fields = ("title", "naics_codes", "set_aside", "value", "solicitation", "phase", "place", "url",
                  "requirement_type", "incumbent_contract", "agency_updated_at")  # fmt: skip
        assert [getattr(draft, name) for name in fields] == [getattr(listed[number], name) for name in fields]


def test_none_and_na_are_words() -> None:
    draft = read(FILE)[0]["F2024010498"]
    assert (draft.set_aside.code, draft.raw["Small Business Program"]) == ("NONE", "None")
    assert (draft.place.state, draft.raw["Place of Performance State"]) == (None, "NA")


def test_full_says_that_it_is_set_aside() -> None:
    assert set_aside_of_file("TBD", "Full").code == "OTHER"
    assert set_aside_of_file("8(a)", "Full").code == "8A"
    assert set_aside_of_file("8(a)", None).code == "8A"
    assert set_aside_of_file("TBD", None).code == "TBD"


def test_an_award_is_a_quarter() -> None:
    award = read(FILE)[0]["F2024010498"].award
    assert (award.precision, award.text, str(award.first)) == ("quarter", "Q2 2027", "2027-01-01")


def test_a_file_of_exactly_a_thousand_rows_is_cut_off() -> None:
    headings, first, *_ = FILE.split(b"\r\n")
    lines = [first.replace(b"F2024010498", b"F2024%06d" % number) for number in range(1000)]
    assert read(b"\r\n".join([headings, *lines[:999]]))[1].partial == []
    assert "exactly 1,000 rows" in read(b"\r\n".join([headings, *lines]))[1].partial[0]


def test_a_records_page_is_told_by_its_number() -> None:
    assert record_page_of_file("*F2023061355") == record_page(61355)
    assert record_page_of_file("F2023-X") is None
