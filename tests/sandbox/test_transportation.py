"""Transportation's replica: a slice of the gateway under the same host, read and collected by the real source."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
import pytest

from prospect_aggregate.sandbox.editions import edition, editions
from prospect_aggregate.sandbox.server import Server, hosts
from prospect_aggregate.scrapers.sources.transportation import Transportation
from tests.sandbox.proof import TODAY, collected, read

SOURCE = Transportation()
HOST = "ag-dashboard.acquisitiongateway.gov"
SLICE = "range=500&filter%5Bfield_result_id_target_id%5D=20"


@pytest.fixture(scope="module")
def contents() -> list[bytes]:
    return [one.content() for one in editions("transportation", today=TODAY)]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(today=TODAY, keys=["acquisition_gateway", "transportation"]) as running:
        yield running


def ask(server: Server, target: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", target, headers={"Host": HOST})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, body


def export(server: Server, query: str) -> tuple[int, bytes]:
    return ask(server, f"/api/v3.0/export/forecast?{query}")


def items(content: bytes) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = orjson.loads(content)["listing"]["data"]
    return listed


@pytest.mark.parametrize("number", range(6))
def test_each_edition_is_read_whole(contents: list[bytes], number: int) -> None:
    drafts, table = read(SOURCE, contents[number])
    assert abs(len(drafts) - 300) < 40
    assert len({draft.native_id for draft in drafts}) == len(drafts) == len(items(contents[number]))
    assert (table.notes, table.partial) == ([], [])


def test_most_rows_have_a_number_of_their_administration(contents: list[bytes]) -> None:
    numbers = [draft.native_id for draft in read(SOURCE, contents[-1])[0]]
    shape = re.compile(r"FAA_REG_FY\d\d_\d+|[A-Z]+_20\d\d_\d{3,}|20\d\d-\d{3,}|\d+")
    assert [number for number in numbers if not shape.fullmatch(number)] == []
    assert sum("_" in number for number in numbers) > 0.9 * len(numbers)


def test_the_whole_list_holds_the_same_rows(contents: list[bytes]) -> None:
    whole = {item["nid"]: item for item in items(edition("acquisition_gateway", 6, today=TODAY).content())}
    assert all(whole[item["nid"]] == item for item in items(contents[-1]))


def test_two_replicas_share_a_host_and_the_agencys_number_tells_them_apart(
    server: Server, contents: list[bytes]
) -> None:
    assert list(hosts(1, ["acquisition_gateway", "transportation"])) == [HOST]
    assert export(server, SLICE)[1] == contents[-1]
    assert {item["nid"] for item in items(export(server, "range=500")[1])}.isdisjoint(
        item["nid"] for item in items(contents[-1])
    )


def test_a_fault_befalls_the_slice_alone(server: Server) -> None:
    server.spoil("transportation", "server_error")
    assert [export(server, query)[0] for query in (SLICE, "range=25")] == [500, 200]


def test_the_slice_shows_an_edition_of_its_own(server: Server, contents: list[bytes]) -> None:
    server.show("transportation", 2)
    assert export(server, SLICE)[1] == contents[1]


def test_a_shared_host_has_one_robots_txt(server: Server) -> None:
    server.spoil("transportation", "robots_refusal")
    assert b"Disallow: /\n" in ask(server, "/robots.txt")[1]


def test_the_gateway_alone_answers_for_the_slice_too(contents: list[bytes]) -> None:
    with Server(today=TODAY, keys=["acquisition_gateway"]) as server:
        assert len(items(export(server, SLICE)[1])) == len(items(contents[-1]))


def test_it_is_collected_whole_in_a_fresh_home(server: Server, contents: list[bytes], tmp_path: Path) -> None:
    count = len(items(contents[-1]))
    assert collected(server, "transportation", tmp_path) == (
        f"transportation: succeeded, {count} rows: {count} new, 0 changed, 0 gone, 0 rejected (run 1)\n"
    )
