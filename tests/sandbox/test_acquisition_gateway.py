"""The shared gateway's replica: its traps page by page, read by the real source and collected from a sandbox."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
import pytest

from prospect_aggregate.sandbox.editions import edition, editions
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.sources.acquisition_gateway import AcquisitionGateway
from tests.sandbox.proof import TODAY, collected, read

SOURCE = AcquisitionGateway()
HOST = "ag-dashboard.acquisitiongateway.gov"
EXPORT = "/api/v3.0/export/forecast"


@pytest.fixture(scope="module")
def contents() -> list[bytes]:
    return [one.content() for one in editions("acquisition_gateway", today=TODAY)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(today=TODAY) as running:
        yield running


def ask(server: Server, target: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", target, headers={"Host": HOST})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, body


def listing(server: Server, query: str, path: str = EXPORT) -> dict[str, Any]:
    shown: dict[str, Any] = orjson.loads(ask(server, f"{path}?{query}")[1])["listing"]
    return shown


def items(content: bytes) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = orjson.loads(content)["listing"]["data"]
    return listed


def agency(item: dict[str, Any]) -> str:
    return str(item["render"]["field_result_id"])


@pytest.mark.parametrize("number", range(6))
def test_each_edition_is_read_whole(contents: list[bytes], number: int) -> None:
    listed = items(contents[number])
    others = sum(agency(item) == "Department of Transportation" for item in listed)
    drafts, table = read(SOURCE, contents[number])
    assert abs(len(listed) - 2900) < 200
    assert len({draft.native_id for draft in drafts}) == len(drafts) == len(listed) - others
    assert table.notes == [f"left out: rows of Department of Transportation, {others}"]
    assert table.partial == []


def test_cells_are_as_empty_as_those_counted(contents: list[bytes]) -> None:
    drafts, _ = read(SOURCE, contents[-1])
    empty = {
        "NAICS": sum(not draft.naics_codes for draft in drafts),
        "value": sum(draft.value.text is None for draft in drafts),
        "solicitation": sum(draft.solicitation.text is None for draft in drafts),
    }
    counted = {"NAICS": 95, "value": 632, "solicitation": 1513}
    for name, count in counted.items():
        assert empty[name] / len(drafts) == pytest.approx(count / 2897, abs=0.05), name


def test_what_is_told_of_values_dates_phases_and_set_asides_is_read(contents: list[bytes]) -> None:
    drafts, _ = read(SOURCE, contents[-1])
    assert [draft for draft in drafts if draft.value.text and not draft.value.basis] == []
    assert [draft for draft in drafts if draft.award.text and not draft.award.precision] == []
    assert [draft for draft in drafts if draft.solicitation.text and not draft.solicitation.precision] == []
    assert [draft for draft in drafts if not draft.phase.code] == []
    assert [draft for draft in drafts if draft.set_aside.text and not draft.set_aside.code] == []


def test_texts_come_with_markup(contents: list[bytes]) -> None:
    rendered = orjson.dumps([item["render"] for item in items(contents[-1])])
    for mark in (
        b"<p>",
        b"&nbsp;",
        b"&amp;",
        b"field--name-name",
        b"administrative-area",
        b"<time datetime=",
    ):
        assert mark in rendered


def test_the_rank_moves_though_nothing_was_edited(contents: list[bytes]) -> None:
    before, after = ({item["nid"]: item for item in items(content)} for content in contents[-2:])
    same = [nid for nid in before.keys() & after.keys() if before[nid]["render"] == after[nid]["render"]]
    assert len(same) > 2000
    assert all(before[nid]["rank"] != after[nid]["rank"] for nid in same)


def test_page_1_is_the_first_page_again(server: Server) -> None:
    first, again, second = (listing(server, f"range=100{page}") for page in ("", "&page=1", "&page=2"))
    assert again == first
    assert not set(second["data"]) & {str(item["nid"]) for item in first["data"]}


def test_items_come_as_a_list_or_as_an_object_by_number(server: Server) -> None:
    first, second = (listing(server, f"range=100{page}")["data"] for page in ("", "&page=2"))
    assert (type(first), type(second)) == (list, dict)
    assert all(number == str(item["nid"]) for number, item in second.items())


def test_the_total_is_a_text_and_counts_all_pages(server: Server, contents: list[bytes]) -> None:
    page = listing(server, "range=100")
    assert (page["count"], page["total"]) == (100, str(len(items(contents[-1]))))


def test_after_the_last_page_nothing_comes(server: Server) -> None:
    assert listing(server, "range=500&page=99")["count"] == 0


@pytest.mark.parametrize(("size", "status"), [(999, 200), (1000, 504), (3000, 504)])
def test_too_large_a_page_is_too_slow(server: Server, size: int, status: int) -> None:
    assert ask(server, f"{EXPORT}?range={size}")[0] == status


def test_a_page_has_25_items_unless_more_are_asked_for(server: Server) -> None:
    assert listing(server, "_format=json", "/api/v3.0/resources/forecast")["count"] == 25


def test_an_agency_is_asked_for_by_its_number(server: Server) -> None:
    page = listing(server, "range=999&filter%5Bfield_result_id_target_id%5D=17")
    assert {agency(item) for item in page["data"]} == {"Nuclear Regulatory Commission"}
    assert page["total"] == str(page["count"])


def test_it_is_collected_whole_in_a_fresh_home(server: Server, contents: list[bytes], tmp_path: Path) -> None:
    count = len(read(SOURCE, contents[-1])[0])
    assert collected(server, "acquisition_gateway", tmp_path) == (
        f"acquisition_gateway: succeeded, {count:,} rows: {count:,} new, 0 changed, 0 gone, 0 rejected (run 1)\n"
    )


def test_the_same_seed_gives_the_same_bytes(contents: list[bytes]) -> None:
    assert edition("acquisition_gateway", 6, today=TODAY).content() == contents[-1]
