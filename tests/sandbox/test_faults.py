"""Each fault, seen from outside over real loopback HTTP, against each replica it can befall."""

import json
from datetime import date
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from io import BytesIO
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.faults import FAULTS, SIGN_IN
from prospect_aggregate.sandbox.replica import replica, replicas
from prospect_aggregate.sandbox.server import Server

TODAY = date(2026, 5, 25)
SMALL = 0.05
KEYS = list(replicas())
Grid = list[list[object]]


@pytest.fixture(scope="module")
def shared():
    with Server(today=TODAY, scale=SMALL, pause=0.2) as running:
        yield running


@pytest.fixture
def server(shared):
    yield shared
    for key in KEYS:
        shared.mend(key)


def fetch(
    server: Server, key: str, path: str | None = None, method: str = "GET"
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(
        method, quote(path) if path else replica(key).target, headers={"Host": replica(key).host}
    )
    reply = connection.getresponse()
    try:
        return reply, reply.read()
    finally:
        connection.close()


def spoiled(server: Server, key: str, fault: str) -> tuple[HTTPResponse, bytes]:
    server.spoil(key, fault)
    return fetch(server, key)


def grid(key: str, content: bytes) -> Grid:
    """The list as lines of cells, headings first among them, whatever its format."""
    if replica(key).extension == "json":
        listed = json.loads(content)
        rows = listed if isinstance(listed, list) else [each["render"] for each in listed["listing"]["data"]]
        return [list(rows[0]) if rows else [], *(list(row.values()) for row in rows)]
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def healthy(key: str) -> Grid:
    return grid(key, edition(key, 6, today=TODAY, scale=SMALL).content())


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("block_page", 403, b"Just a moment"),
        ("gateway_timeout", 504, b"Time-out"),
        ("server_error", 500, b"Internal"),
        ("too_many_requests", 429, b"Too many"),
        ("html_as_file", 200, b"<!DOCTYPE html>"),
    ],
)
def test_a_page_comes_instead_of_the_list(server, key, fault, status, words):
    reply, body = spoiled(server, key, fault)
    assert reply.status == status
    assert words in body


def test_too_many_requests_says_when_to_come_back(server):
    reply, _ = spoiled(server, "dhs", "too_many_requests")
    assert reply.headers["Retry-After"] == "120"


@pytest.mark.parametrize("key", KEYS)
def test_html_as_file_goes_by_the_type_of_the_list(server, key):
    reply, _ = spoiled(server, key, "html_as_file")
    assert reply.headers["Content-Type"] == replica(key).media_type


@pytest.mark.parametrize("key", KEYS)
def test_not_found_comes_with_the_whole_list(server, key):
    reply, body = spoiled(server, key, "not_found_with_content")
    assert reply.status == 404
    assert grid(key, body) == healthy(key)


@pytest.mark.parametrize("key", KEYS)
def test_the_sign_in_page_is_reached_by_a_redirect(server, key):
    reply, _ = spoiled(server, key, "sign_in")
    assert (reply.status, reply.headers["Location"]) == (302, SIGN_IN)
    page, body = fetch(server, key, SIGN_IN)
    assert page.status == 200
    assert b'type="password"' in body


@pytest.mark.parametrize("key", KEYS)
def test_a_truncated_list_breaks_off_in_the_middle(server, key):
    server.spoil(key, "truncated")
    with pytest.raises(IncompleteRead) as caught:
        fetch(server, key)
    assert abs(len(caught.value.partial) - (caught.value.expected or 0)) <= 1


@pytest.mark.parametrize("key", KEYS)
def test_a_slow_drip_takes_its_time(server, key):
    server.spoil(key, "slow_drip")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", replica(key).target, headers={"Host": replica(key).host})
    reply = connection.getresponse()
    assert len(reply.read1(1_000_000)) == 1024
    connection.close()


def test_a_heading_row_moves_in_a_workbook(server):
    moved = grid("commerce", spoiled(server, "commerce", "moved_heading_row")[1])
    assert moved[5] == healthy("commerce")[2]
    assert moved[6:] == healthy("commerce")[3:]


def test_a_list_of_objects_has_no_heading_row_to_move(server):
    with pytest.raises(ValueError, match="cannot befall dhs"):
        server.spoil("dhs", "moved_heading_row")


@pytest.mark.parametrize("key", KEYS)
def test_columns_are_reordered_with_their_cells(server, key):
    turned = grid(key, spoiled(server, key, "reordered_columns")[1])
    first = len(replica(key).preamble)
    assert [line[::-1] for line in turned[first:]] == healthy(key)[first:]


@pytest.mark.parametrize("key", KEYS)
def test_a_required_heading_is_renamed_and_its_cells_stay(server, key):
    old, new = replica(key).renamed
    lines, first = grid(key, spoiled(server, key, "renamed_heading")[1]), len(replica(key).preamble)
    assert lines[first] == [new if heading == old else heading for heading in healthy(key)[first]]
    assert lines[first + 1 :] == healthy(key)[first + 1 :]


@pytest.mark.parametrize("key", KEYS)
def test_half_the_rows_are_missing(server, key):
    first = len(replica(key).preamble) + 1
    assert grid(key, spoiled(server, key, "half_rows")[1])[first:] == healthy(key)[first::2]


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_list_has_no_row(server, key):
    assert len(grid(key, spoiled(server, key, "empty_list")[1])) == len(replica(key).preamble) + 1


@pytest.mark.parametrize("key", KEYS)
def test_a_stale_edition_comes_under_todays_date(server, key):
    today, _ = fetch(server, key)
    reply, body = spoiled(server, key, "stale_edition")
    assert body == edition(key, 1, today=TODAY, scale=SMALL).content()
    assert reply.headers["Last-Modified"] == today.headers["Last-Modified"]


@pytest.mark.parametrize("key", KEYS)
def test_robots_are_refused_and_the_list_is_still_there(server, key):
    server.spoil(key, "robots_refusal")
    assert b"Disallow: /\n" in fetch(server, key, "/robots.txt")[1]
    assert fetch(server, key)[0].status == 200


@pytest.mark.parametrize("key", KEYS)
def test_each_fault_that_applies_leaves_the_server_well(server, key):
    for fault in FAULTS.values():
        if fault.applies(replica(key)):
            server.spoil(key, fault.name)
            fetch(server, key, method="HEAD")
    server.mend(key)
    assert fetch(server, key)[0].status == 200


def test_an_unknown_fault_is_named(server):
    with pytest.raises(LookupError, match="no fault 'flood'"):
        server.spoil("dhs", "flood")
