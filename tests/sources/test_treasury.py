"""Treasury: the site's answer and the download, read into the same prospects, and the figures of May 2026."""

import json
from collections import Counter
from datetime import date
from html import escape
from pathlib import Path

import httpx2
import pytest

from prospect_aggregate.normalize.vocabularies import CLOSED_PHASES
from prospect_aggregate.scrapers.errors import LayoutChangedError, ScraperError
from prospect_aggregate.scrapers.fetch import Validators
from prospect_aggregate.scrapers.readers import read_html
from prospect_aggregate.scrapers.sources.treasury import Treasury
from tests.sources.copies import SAMPLES, drafts_of, notes_of, polite
from tests.sources.editions import shelves, taken, unread, unread_naics

TREASURY = Treasury()
ANSWER = (SAMPLES / "treasury.json").read_bytes()
DOWNLOAD = (SAMPLES / "treasury.by_hand.xls").read_bytes()


@pytest.fixture
def edition(real: Path) -> bytes:
    return (real / "treasury" / "2026-05-14.xls").read_bytes()


def reversed_columns(download: bytes) -> bytes:
    table = read_html(download, wanted=("Bureau", "ShopCart/req"))
    rows = [table.headings, *(cells for _, cells in table.rows)]
    lines = ("".join(f"<th>{escape(str(cell or ''))}</th>" for cell in reversed(row)) for row in rows)
    return ("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>").encode()


def test_a_record_in_several_arrays_is_read_once() -> None:
    numbers = [draft.native_id for draft in drafts_of(TREASURY, ANSWER)]
    assert numbers == ["TTB-OCIO-9001", "TTB-OCIO-9001-dup", "TFS-9001"]


def test_both_ways_lead_to_the_same_prospects() -> None:
    answered, downloaded = drafts_of(TREASURY, ANSWER), drafts_of(TREASURY, DOWNLOAD)
    for field in ("native_id", "naics_codes", "psc_codes", "value", "award", "phase", "component"):
        assert [getattr(draft, field) for draft in answered] == [
            getattr(draft, field) for draft in downloaded
        ]


@pytest.mark.parametrize("body", [ANSWER, DOWNLOAD], ids=["answer", "download"])
def test_doubles_are_kept_and_noted_and_the_list_dates_itself(body: bytes) -> None:
    table, _ = TREASURY.read(body)
    list(table.rows)
    assert any("TTB-OCIO-9001-dup is called a double" in note for note in table.notes)
    assert TREASURY.edition_date(table) == date(2025, 5, 5)


def test_a_set_aside_whose_kind_is_not_said_is_not_guessed() -> None:
    told, none, _ = drafts_of(TREASURY, DOWNLOAD)
    assert (told.set_aside.code, told.set_aside.text) == ("OTHER", "Small Business Set-aside: Yes")
    assert none.set_aside.code == "NONE"


@pytest.mark.parametrize(
    "body",
    [
        b'{"exceptionMessage": "No such class"}',
        b'{"returnValue": null}',
        b'[{"message": "Invalid class", "errorCode": "INVALID"}]',
        b'{"returnValue": ["text"]}',
        b'{"returnValue": [{"Name": "IRS", "newOppData": [{"Id": "1", "Renamed__c": "x"}]}]}',
    ],
)
def test_an_answer_without_the_list_is_a_layout_change(body: bytes) -> None:
    with pytest.raises(LayoutChangedError):
        drafts_of(TREASURY, body)


@pytest.mark.parametrize("lists", ['"text"', "5", '{"Id": 1}', "[null]", '"[1]"', "true"])
def test_an_answer_of_another_shape_is_refused_and_no_crash(lists: str) -> None:
    with pytest.raises(ScraperError):
        drafts_of(TREASURY, f'{{"returnValue": [{{"newOppData": {lists}}}]}}'.encode())


def test_the_site_is_asked_for_everything() -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> bytes:
        asked.append(request)
        return ANSWER

    with polite(answer) as fetcher:
        assert TREASURY.fetch(fetcher, Validators()).body == ANSWER
    question = json.loads(asked[0].content)
    assert (asked[0].method, question["method"], len(question["params"])) == ("POST", "getData", 10)
    assert not any(question["params"].values())


def test_a_class_that_is_gone_is_kept_as_an_answer_and_read_as_a_layout_change() -> None:
    refused = b'[{"message": "Invalid class", "errorCode": "INVALID"}]'
    with polite(lambda _: refused, status=400) as fetcher:
        fetched = TREASURY.fetch(fetcher, Validators())
    with pytest.raises(LayoutChangedError, match="returnValue"):
        drafts_of(TREASURY, fetched.body)


def test_a_check_looks_at_the_page_for_the_address_takes_questions_only() -> None:
    with polite(lambda request: f"<html>{request.url.path}</html>".encode()) as fetcher:
        assert TREASURY.probe(fetcher).final_url == TREASURY.url


def test_columns_in_another_order_give_the_same() -> None:
    assert drafts_of(TREASURY, reversed_columns(DOWNLOAD)) == drafts_of(TREASURY, DOWNLOAD)


@pytest.mark.parametrize(
    ("body", "heading"),
    [(DOWNLOAD, "ShopCart/req"), (ANSWER, "sbfAcquisitionPhase__c")],
    ids=["download", "answer"],
)
def test_a_renamed_heading_is_refused_by_name(body: bytes, heading: str) -> None:
    with pytest.raises(LayoutChangedError, match=f"Treasury: heading '{heading}' is missing"):
        drafts_of(TREASURY, body.replace(heading.encode(), b"Something else"))


def test_fields_are_known_under_both_names_that_programs_give_them() -> None:
    other = ANSWER.replace(b"sbfFiscalYear_QtrforAward__c", b"sbfProjectedAwardFY_Qtr__c")
    other = other.replace(b"sbfEstimatedTotalContractValue__c", b"sbfTotalContractValue__c")
    assert [draft.award for draft in drafts_of(TREASURY, other)] == [
        draft.award for draft in drafts_of(TREASURY, ANSWER)
    ]


def test_the_download_of_2025_has_no_descriptions() -> None:
    older = DOWNLOAD.replace(b"<th>Description</th>", b"<th></th>")
    assert {draft.description for draft in drafts_of(TREASURY, older)} == {None}


def test_every_row_of_the_real_download_is_a_prospect(edition: bytes) -> None:
    drafts = drafts_of(TREASURY, edition)
    assert (len(drafts), len({draft.native_id for draft in drafts})) == (202, 202)
    assert [note for note in notes_of(TREASURY, edition) if "-dup" in note] != []


def test_phases_of_the_real_download(edition: bytes) -> None:
    phases = Counter(draft.phase.code for draft in drafts_of(TREASURY, edition))
    assert sum(phases[code] for code in CLOSED_PHASES) == 27
    assert phases["solicitation"] + phases["evaluation"] == 20


def test_what_the_real_download_publishes_is_read(edition: bytes) -> None:
    for draft in drafts_of(TREASURY, edition):
        assert draft.value.basis
        assert draft.naics_codes
        assert draft.psc_codes
        assert draft.set_aside.code
        assert draft.award.precision == "quarter"
        assert draft.place.state or draft.place.country == "DEU"
        assert draft.title
        assert draft.title_derived


def test_the_real_download_is_old_and_says_so(edition: bytes) -> None:
    table, _ = TREASURY.read(edition)
    list(table.rows)
    assert TREASURY.edition_date(table) == date(2025, 5, 5)


def test_the_real_download_holds_after_its_columns_move(edition: bytes) -> None:
    assert drafts_of(TREASURY, reversed_columns(edition)) == drafts_of(TREASURY, edition)


@pytest.mark.django_db
def test_shelves_of_the_real_edition(real: Path) -> None:
    run = taken("treasury", real / "treasury" / "2026-05-14.xls")
    assert (run.rows, run.new, run.rejected) == (202, 202, 0)
    assert shelves("treasury") == {"upcoming": 31, "passed": 8, "dormant": 116, "closed": 27, "under_way": 20}


@pytest.mark.django_db
def test_nothing_that_the_real_edition_publishes_stays_unread(real: Path) -> None:
    taken("treasury", real / "treasury" / "2026-05-14.xls")
    assert not unread("treasury", "value", "solicitation", "award", "set_aside", "competition")
    assert not unread_naics("treasury", "NAICS")
