"""The shared gateway: pages, their traps, and the files that its button gives."""

from typing import Any

import pytest

from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import AskLessError, BlockedError, LayoutChangedError
from prospect_aggregate.scrapers.fetch import NOTHING_KNOWN
from prospect_aggregate.scrapers.sources.acquisition_gateway import AcquisitionGateway
from prospect_aggregate.scrapers.table import Table
from tests.agency import Site
from tests.sources.gateway import Gateway, fetcher, item, items, page, pages
from tests.test_sources import SAMPLES

GATEWAY = AcquisitionGateway()


def read(body: bytes) -> tuple[list[ProspectDraft], Table]:
    table, layout = GATEWAY.read(body)
    plan = layout.plan(table, source="it")
    return [GATEWAY.draft(Row(number, cells), plan) for number, cells in table.rows], table


def fetched(site: Site) -> bytes:
    with fetcher(site) as polite:
        return GATEWAY.fetch(polite, NOTHING_KNOWN).body


def one(**render: Any) -> ProspectDraft:
    return read(pages(page([item(1, **render)], "1")))[0][0]


def test_the_first_page_is_asked_for_without_a_number(site: Site) -> None:
    gateway = Gateway(site, items(1200))
    drafts, table = read(fetched(site))
    assert [asked.get("page") for asked in gateway.questions()] == [None, ["1"], ["2"], ["3"]]
    assert {asked["range"][0] for asked in gateway.questions()} == {"500"}
    assert (len(drafts), table.partial, table.notes) == (1200, [], [])


def test_a_page_that_comes_twice_loses_and_doubles_nothing(site: Site) -> None:
    gateway = Gateway(site, items(1200))
    gateway.repeats_its_first = True
    drafts, table = read(fetched(site))
    assert [draft.native_id for draft in drafts] == [str(nid) for nid in range(1, 1201)]
    assert table.notes == ["500 records came on more than one page; each is read once"]


def test_a_gateway_that_gives_up_is_asked_for_smaller_pages(site: Site) -> None:
    gateway = Gateway(site, items(300))
    gateway.too_large = 250
    assert len(read(fetched(site))[0]) == 300
    assert [asked["range"][0] for asked in gateway.questions()] == ["500", "250", *["100"] * 4]


def test_a_gateway_that_never_answers_is_tried_again_later(site: Site) -> None:
    Gateway(site, items(3)).too_large = 1
    with pytest.raises(AskLessError, match="HTTP 504"):
        fetched(site)


def test_it_is_asked_as_its_own_page_asks(site: Site) -> None:
    Gateway(site, items(1))
    fetched(site)
    path, headers = site.asked[0]
    assert path == "/api/v3.0/export/forecast?range=500"
    assert (headers["Accept"], headers["Origin"]) == ("application/json", "https://acquisitiongateway.gov")
    assert headers["Referer"] == "https://acquisitiongateway.gov/"


def test_a_probe_asks_for_one_small_page(site: Site) -> None:
    gateway = Gateway(site, items(30))
    with fetcher(site) as polite:
        assert GATEWAY.probe(polite).status == 200
    assert [asked["range"] for asked in gateway.questions()] == [["25"]]


def test_the_sites_shell_instead_of_a_page_is_blocked(site: Site) -> None:
    site.serve(b"<!doctype html><html><title>Acquisition Gateway</title><app-root></app-root></html>")
    with pytest.raises(BlockedError, match="a page instead of JSON"):
        fetched(site)


def test_fewer_records_than_told_are_not_the_whole_list(site: Site) -> None:
    Gateway(site, items(700), total="7,650")
    drafts, table = read(fetched(site))
    assert len(drafts) == 700
    assert table.partial == ["700 of 7,650 records came; the others were not served"]


def test_a_single_page_that_a_person_saved_is_a_part() -> None:
    _, table = read(pages(page(items(2), "7650"))[1:-1])
    assert table.partial == ["2 of 7,650 records came; the others were not served"]


def test_a_list_and_an_object_of_items_are_the_same() -> None:
    listed, _ = read(pages(page(items(2), "2")))
    keyed, _ = read(pages(page({str(each["nid"]): each for each in items(2)}, "2")))
    assert keyed == listed


def test_a_rank_that_moves_changes_no_row() -> None:
    before, after = item(1), {**item(1), "rank": {"updated": {"value": 99}}}
    assert read(pages(page([before], "1")))[0] == read(pages(page([after], "1")))[0]


def test_transportations_rows_are_left_to_it_and_counted() -> None:
    others = items(2, field_result_id="Department of Transportation")
    drafts, table = read(pages(page([*others, item(3)], "3")))
    assert [draft.native_id for draft in drafts] == ["3"]
    assert table.notes == ["left out: rows of Department of Transportation, 2"]


@pytest.mark.parametrize("broken", [[], {"error": "no"}, {"listing": {"total": "5"}}, {"listing": []}])
def test_a_page_without_a_listing_is_refused(broken: object) -> None:
    with pytest.raises(LayoutChangedError, match=r"no listing\.data"):
        read(pages(broken))


def test_an_item_without_its_texts_is_refused() -> None:
    with pytest.raises(LayoutChangedError, match="no 'render'"):
        read(pages(page([{"nid": 1, "title": "moved up"}], "1")))


def test_a_renamed_field_is_named() -> None:
    renamed = item(1)
    renamed["render"]["field_award_state"] = renamed["render"].pop("field_award_status")
    with pytest.raises(LayoutChangedError, match="'field_award_status' is missing"):
        read(pages(page([renamed], "1")))


def test_a_new_field_is_kept_and_noted() -> None:
    table, layout = GATEWAY.read(pages(page([item(1, field_novelty="x")], "1")))
    assert "field_novelty" in layout.plan(table, source="it").notes[0]


def test_an_award_is_a_quarter_a_year_or_unread() -> None:
    quarter = one(field_estimated_award_fy="2026", field_estimated_award_fy_qtr="4th (July 1 - September 30)")
    year = one(field_estimated_award_fy="2026")
    contradicted = one(
        field_estimated_award_fy="2026", field_estimated_award_fy_qtr="3rd (January 1 - March 31)"
    )
    assert [it.award.precision for it in (quarter, year, contradicted)] == ["quarter", "year", None]


PHASES = {
    "Acquisition Planning": "planning", "Market Research": "market_research", "Market Research ": "market_research",
    "Drafting Solicitation": "drafting", "Draft Solicitation": "drafting", "Solicitation Issued": "solicitation",
    "Evaluation Stage": "evaluation", "Awarded": "awarded", "Cancelled": "cancelled",
    "Exercise of Option": "option_exercise", "Option Ended-Closed Out": "closed",
}  # fmt: skip
SET_ASIDES = {
    "Small Business Set Aside - Total": "SBA", "Set-Aside Small Business - Partial": "SBP", "Small Business": "SBA",
    "SB Set Aside-Total": "SBA", "Other Than Small Business": "NONE", "Other Than SB": "NONE", "WOSB": "WOSB",
    "8(a) Competitive": "8A", "8(a) Sole Source": "8AN", "Buy Indian": "BICiv", "EDWOSB": "EDWOSB",
    "HUBZone": "HZC", "HUBZone Sole Source": "HZS", "To Be Determined": "TBD", "TBD": "TBD", "": None,
}  # fmt: skip


@pytest.mark.parametrize(("published", "code"), PHASES.items())
def test_every_phase_is_read(published: str, code: str) -> None:
    assert one(field_award_status=published).phase.code == code


@pytest.mark.parametrize(("published", "code"), SET_ASIDES.items())
def test_every_set_aside_is_read(published: str, code: str | None) -> None:
    assert one(field_acquisition_strategy=published).set_aside.code == code


BANDS = (
    "Below $150K", "$150K - $249K", "$250K - $499K", "$500K - $999K", "$1M - $1.9M", "$2M - $4.9M", "$5M - $9.9M",
    "$10M - $19M", "$20M - $49M", "$50M - $99M", "$100M - $249M", "$150K - $250K", "$251K - $500K",
)  # fmt: skip


@pytest.mark.parametrize("band", BANDS)
def test_every_band_is_read(band: str) -> None:
    assert one(field_estimated_contract_v_max=band).value.max


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", ["by_hand", "by_hand_2026-09"])
def test_the_download_has_the_pages_keys(name: str) -> None:
    paged = {draft.native_id: draft for draft in read(sample("acquisition_gateway.json"))[0]}
    downloaded = {draft.native_id: draft for draft in read(sample(f"acquisition_gateway.{name}.csv"))[0]}
    both = paged.keys() & downloaded.keys()
    assert both == {"48210017", "48210018"}
    assert all(paged[nid].agency == downloaded[nid].agency for nid in both)
    assert all(paged[nid].award.first == downloaded[nid].award.first for nid in both)


def test_a_download_of_exactly_three_thousand_rows_is_cut_off() -> None:
    headings, first, *_ = sample("acquisition_gateway.by_hand.csv").split(b"\r\n")
    lines = [first.replace(b"48210017", b"%d" % nid) for nid in range(3001)]
    assert read(b"\r\n".join([headings, *lines[:2999]]))[1].partial == []
    assert "exactly 3,000 rows" in read(b"\r\n".join([headings, *lines[:3000]]))[1].partial[0]
    assert read(b"\r\n".join([headings, *lines]))[1].partial == []


def test_a_malformed_line_of_the_download_is_not_skipped() -> None:
    table, _ = GATEWAY.read(sample("acquisition_gateway.by_hand.csv") + b'"1","2"\r\n')
    *_, (_, last) = table.rows
    assert getattr(last, "reason", "") == "2 cells under 44 headings"


def test_an_ultimate_completion_is_no_award() -> None:
    draft = read(sample("acquisition_gateway.by_hand.csv"))[0][2]
    assert (draft.award.first, str(draft.incumbent_ends.last)) == (None, "2025-12-31")
