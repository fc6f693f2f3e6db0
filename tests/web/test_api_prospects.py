"""The analyst's operations: the same prospects and changes as the command line, page by page."""

import json
from datetime import date

import pytest

from prospect_aggregate.cli.output import _plain
from prospect_aggregate.prospects.objects import change_object, prospect_object
from prospect_aggregate.prospects.search import Filters, changes_of, search
from tests.agency import Site
from tests.given import LISTING, collected, day, published, row, rows
from tests.web.api_client import Program

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 25)


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def listed(site: Site) -> Site:
    """Five prospects: four dates and one without any."""
    site.serve(published([*rows(2), row(3, solicitation="07/01/2026"), row(4, solicitation="04/01/2026"),
                          row(5, solicitation="TBD", title="Help desk", value="$250K to $500K")]))  # fmt: skip
    collected(at=day("2026-05-18"))
    return site


def as_printed(objects: object) -> object:
    return json.loads(json.dumps(objects, default=_plain))


def test_a_listing_gives_the_objects_of_the_command_line(program: Program, listed: Site) -> None:
    items = program.get("/prospects", {"as_of": "2026-05-25"})["items"]
    printed = as_printed([prospect_object(each, day=DAY) for each in search(Filters(), day=DAY)])
    assert items == printed
    assert [item["native_id"] for item in items] == ["4", "1", "2", "3", "5"]


def test_money_is_a_string_and_dates_are_iso(program: Program, listed: Site) -> None:
    one = program.get("/prospects/listing:1")
    assert (one["value_min"], one["solicitation_to"]) == ("1000000.00", "2026-06-01")
    assert one["first_seen_at"] == "2026-05-18T00:00:00+00:00"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "help"}, ["5"]),
        ({"outlook": "passed"}, ["4"]),
        ({"overdue": "true"}, ["4"]),
        ({"max_value": "600K"}, ["5"]),
        ({"min_value": "1.5M", "solicitation_from": "2026-07-01"}, ["3"]),
        ({"solicitation_from": "2026-07-01", "include_unknown": "true"}, ["3", "5"]),
        ({"source": "Listing", "state": "listed", "text": "purchase 1"}, ["1"]),
        ({"outlook": ["passed", "undated"]}, ["4", "5"]),
        ({"text": "purchase -3", "band": "1M-5M"}, ["4", "1", "2"]),
        ({"quarter": ["FY26Q4", "FY27Q1"]}, ["3"]),
        ({"naics": "5415", "unknown": "naics"}, ["4", "1", "2", "3", "5"]),
        ({"text": '"help desk" OR solicitation:1'}, ["5"]),
    ],
)
def test_filters_narrow_it_down(
    program: Program, listed: Site, asked: dict[str, str], found: list[str]
) -> None:
    items = program.get("/prospects", asked | {"as_of": "2026-05-25"})["items"]
    assert [item["native_id"] for item in items] == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"state": "VA"},
            "state is listed, missing, expired or withdrawn; for the place of performance use place=VA",
        ),
        (
            {"outlook": "soon"},
            "outlook is one of upcoming, passed, dormant, undated, under_way, closed, left",
        ),
        ({"source": "listin"}, "no source named 'listin'; did you mean 'listing'?"),
        ({"min_value": "much"}, "min_value: 'much': write 250000, 250K or 1.5M"),
        ({"stat": "listed"}, "no parameter named 'stat'; did you mean 'state'?"),
        ({"limit": "501"}, "limit: Input should be less than or equal to 500"),
        ({"cursor": "x"}, "cursor: take it from next_cursor of the page before, unchanged"),
    ],
)
def test_a_question_that_cannot_be_is_refused(
    program: Program, listed: Site, asked: dict[str, str], said: str
) -> None:
    assert program.get("/prospects", asked, wants=422)["detail"] == said


def test_pages_show_every_row_once_and_those_without_a_date_last(program: Program, listed: Site) -> None:
    pages = program.pages("/prospects", limit=2)
    assert [[item["native_id"] for item in page] for page in pages] == [["4", "1"], ["2", "3"], ["5"]]


def test_pages_show_every_row_once_while_rows_are_written(program: Program, listed: Site) -> None:
    first = program.get("/prospects", {"limit": 3})
    more = [row(number, solicitation="01/01/2026") for number in (10, 11)]
    before = [*rows(2), row(3, solicitation="07/01/2026"), row(4, solicitation="04/01/2026"),
              row(5, solicitation="TBD", title="Help desk", value="$250K to $500K")]  # fmt: skip
    listed.serve(published([*before, *more, row(12, solicitation="TBD")]))
    collected(at=day("2026-05-25"))
    second = program.get("/prospects", {"limit": 500, "cursor": first["next_cursor"]})
    seen = [item["native_id"] for item in first["items"] + second["items"]]
    assert seen == ["4", "1", "2", "3", "12", "5"]


def test_pages_end_among_rows_without_a_date(program: Program, site: Site) -> None:
    site.serve(published([row(number, solicitation="TBD") for number in range(7)]))
    collected()
    pages = program.pages("/prospects", limit=3)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({item["key"] for page in pages for item in page}) == 7


def test_a_cursor_keeps_the_day_of_its_first_page(program: Program, listed: Site) -> None:
    first = program.get("/prospects", {"limit": 2, "as_of": "2026-06-15"})
    second = program.get("/prospects", {"limit": 3, "cursor": first["next_cursor"]})
    assert [item["outlook"] for item in second["items"]] == ["passed", "upcoming", "undated"]


def test_one_prospect_is_found_by_key_and_by_number_alone(program: Program, listed: Site) -> None:
    assert program.get("/prospects/listing:3") == program.get("/prospects/3")


def test_a_number_with_a_slash_is_found(program: Program, site: Site) -> None:
    site.serve(published([row("FY26/0001")]))
    collected()
    assert program.get("/prospects/listing:FY26/0001")["native_id"] == "FY26/0001"
    assert len(program.get("/prospects/listing:FY26%2F0001/changes")["items"]) == 1


def test_an_unknown_prospect_names_the_nearest(program: Program, site: Site) -> None:
    site.serve(published([row("F2026073831"), row("F2026099999")]))
    collected()
    said = program.get("/prospects/listing:F2026073832", wants=404)["detail"]
    assert said == "no prospect 'listing:F2026073832'; did you mean 'listing:F2026073831'?"
    assert "listing" in program.get("/prospects/listin:F2026073831/changes", wants=404)["detail"]


def test_changes_are_those_of_the_command_line_newest_first(program: Program, listed: Site) -> None:
    listed.serve(published([row(1, solicitation="08/01/2026"), *rows(5)[1:]]))
    collected(at=day("2026-05-25"))
    items = program.get("/changes")["items"]
    asked = {"source": None, "key": None, "kind": None, "field": None, "since": None}
    assert items == as_printed([change_object(each) for each in changes_of(**asked)])  # type: ignore[arg-type]
    moved = program.get("/changes", {"key": "listing:1", "field": "solicitation"})["items"]
    assert [(it["old"], it["new"], it["shift_days"]) for it in moved] == [("2026-06-01", "2026-08-01", 61)]


def test_changes_have_pages_and_filters(program: Program, listed: Site) -> None:
    pages = program.pages("/changes", limit=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({item["key"] for page in pages for item in page}) == 5
    assert program.get("/changes", {"since": "2026-05-18T00:00:01"})["items"] == []
    assert "kind is one of listed, changed" in program.get("/changes", {"kind": "moved"}, wants=422)["detail"]
    assert "field is one of title" in program.get("/changes", {"field": "price"}, wants=422)["detail"]


def test_the_changes_of_one_prospect(program: Program, listed: Site) -> None:
    items = program.get("/prospects/listing:2/changes")["items"]
    assert [(item["key"], item["kind"]) for item in items] == [("listing:2", "listed")]


def test_what_the_asker_already_has_is_not_sent_again(program: Program, listed: Site) -> None:
    first = program.client.get("/api/v1/prospects?as_of=2026-05-25")
    again = program.client.get("/api/v1/prospects?as_of=2026-05-25", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_list_is_one_way_round_on_every_database(listed: Site) -> None:
    assert [each.native_id for each in search(Filters(), day=DAY)][-1] == "5"
    assert LISTING.key == "listing"
