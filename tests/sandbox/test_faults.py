"""Each fault, seen from outside over real loopback HTTP, against each replica it can befall."""

from datetime import date
from functools import cache
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from urllib.parse import quote, urlencode

import pytest

from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.faults import FAULTS, SIGN_IN
from prospect_aggregate.sandbox.replica import replica, replicas
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.errors import LayoutChangedError

from .sources import drafts, lines

TODAY = date(2026, 5, 25)
SMALL = 0.05
PATIENCE = 60  # seconds; on a busy machine a list is made slowly
KEYS = list(replicas())
WITH_HEADING_ROW = [key for key in KEYS if FAULTS["moved_heading_row"].applies(replica(key))]
OF_OBJECTS = [key for key in KEYS if key not in WITH_HEADING_ROW]
PAGED = [key for key in KEYS if replica(key).paged]
IN_ORDER = [key for key in KEYS if replica(key).posted is None]
"""An answer to a question comes in no order of its own."""
each_site = pytest.mark.parametrize("key", KEYS, scope="module")  # one after the other: lists are kept
each_workbook = pytest.mark.parametrize("key", WITH_HEADING_ROW, scope="module")
each_list_in_order = pytest.mark.parametrize("key", IN_ORDER, scope="module")
each_list_of_objects = pytest.mark.parametrize("key", OF_OBJECTS, scope="module")


@pytest.fixture(scope="module")
def shared():
    with Server(today=TODAY, scale=SMALL, pause=0.2) as running:
        yield running


@pytest.fixture
def server(shared):
    yield shared
    for key in KEYS:
        shared.mend(key)


def asked(server: Server, key: str, path: str | None = None, method: str | None = None) -> HTTPConnection:
    """Asked as the site has to be: some lists come only to who posts a question."""
    site = replica(key)
    question = site.posted if path is None and method is None else None
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request(
        method or ("POST" if question else "GET"),
        quote(path) if path else site.target,
        question,
        headers={"Host": site.host},
    )
    return connection


def fetch(
    server: Server, key: str, path: str | None = None, method: str | None = None
) -> tuple[HTTPResponse, bytes]:
    connection = asked(server, key, path, method)
    reply = connection.getresponse()
    try:
        return reply, reply.read()
    finally:
        connection.close()


def spoiled(server: Server, key: str, fault: str) -> tuple[HTTPResponse, bytes]:
    server.spoil(key, fault)
    return fetch(server, key)


def top_level(headings: tuple[str, ...]) -> list[str]:
    """A value of several parts, such as `dollar_range`, is one column."""
    return list(dict.fromkeys(heading.partition(".")[0] for heading in headings))


@cache
def content(key: str, number: int = 6) -> bytes:
    return edition(key, number, today=TODAY, scale=SMALL).content()


@each_site
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


@pytest.mark.parametrize("key", PAGED)
def test_the_server_gives_up_on_large_pages_only(server, key):
    server.spoil(key, "large_page_timeout")
    assert [page_of(server, key, size).status for size in (101, 100)] == [504, 200]


def page_of(server: Server, key: str, size: int) -> HTTPResponse:
    site = replica(key)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    target = f"{site.path}?{urlencode({**site.asks, 'range': size})}"
    connection.request("GET", target, headers={"Host": site.host})
    with connection.getresponse() as reply:
        reply.read()
    connection.close()
    return reply


def test_a_list_that_comes_whole_has_no_page_too_large(server):
    with pytest.raises(ValueError, match="cannot befall dhs"):
        server.spoil("dhs", "large_page_timeout")


def test_too_many_requests_says_when_to_come_back(server):
    reply, _ = spoiled(server, "dhs", "too_many_requests")
    assert reply.headers["Retry-After"] == "120"


@each_site
def test_html_as_file_goes_by_the_type_of_the_list(server, key):
    reply, _ = spoiled(server, key, "html_as_file")
    assert reply.headers["Content-Type"] == replica(key).media_type


@each_site
def test_not_found_comes_with_the_whole_list(server, key):
    reply, body = spoiled(server, key, "not_found_with_content")
    assert reply.status == 404
    assert lines(key, body) == lines(key, content(key))


@each_site
def test_the_sign_in_page_is_reached_by_a_redirect(server, key):
    reply, _ = spoiled(server, key, "sign_in")
    assert (reply.status, reply.headers["Location"]) == (302, SIGN_IN)
    page, body = fetch(server, key, SIGN_IN)
    assert page.status == 200
    assert b'type="password"' in body


@each_site
def test_a_truncated_list_breaks_off_in_the_middle(server, key):
    server.spoil(key, "truncated")
    with pytest.raises(IncompleteRead) as caught:
        fetch(server, key)
    assert abs(len(caught.value.partial) - (caught.value.expected or 0)) <= 1


@each_site
def test_a_slow_drip_takes_its_time(server, key):
    server.spoil(key, "slow_drip")
    connection = asked(server, key)
    reply = connection.getresponse()
    assert len(reply.read1(1_000_000)) == 1024
    connection.close()


@each_workbook
def test_a_heading_row_moves_in_a_workbook(server, key):
    body = spoiled(server, key, "moved_heading_row")[1]
    healthy, moved = lines(key, content(key)), lines(key, body)
    assert moved == healthy._replace(heading_row=healthy.heading_row + 3)
    assert drafts(key, body) == drafts(key, content(key))


@each_list_of_objects
def test_a_list_of_objects_has_no_heading_row_to_move(server, key):
    with pytest.raises(ValueError, match=f"cannot befall {key}"):
        server.spoil(key, "moved_heading_row")


@each_site
def test_columns_are_reordered_with_their_cells(server, key):
    body = spoiled(server, key, "reordered_columns")[1]
    turned, healthy = (top_level(lines(key, each).headings) for each in (body, content(key)))
    assert (sorted(turned), turned != healthy) == (sorted(healthy), True)
    declared = list(edition(key, 6, today=TODAY, scale=SMALL).listing().headings)
    assert turned == healthy[::-1] or healthy != declared  # a format may add columns in places of its own
    assert drafts(key, body) == drafts(key, content(key))


@each_site
def test_a_required_heading_is_renamed_and_its_cells_stay(server, key):
    (old, new), body = replica(key).renamed, spoiled(server, key, "renamed_heading")[1]
    healthy = lines(key, content(key))
    headings = tuple(new if heading == old else heading for heading in healthy.headings)
    assert lines(key, body) == healthy._replace(headings=headings)
    with pytest.raises(LayoutChangedError, match=f"heading {old!r} is missing"):
        drafts(key, body)


@each_site
def test_half_the_rows_are_missing(server, key):
    healthy = drafts(key, content(key))
    half = drafts(key, spoiled(server, key, "half_rows")[1])
    assert all(draft in healthy for draft in half)
    assert len(half) / len(healthy) == pytest.approx(0.5, abs=0.1)


@each_list_in_order
def test_what_is_missing_is_every_other_row(server, key):
    half = lines(key, spoiled(server, key, "half_rows")[1])
    assert half.rows == lines(key, content(key)).rows[::2]


@each_site
def test_an_empty_list_has_no_row(server, key):
    assert lines(key, spoiled(server, key, "empty_list")[1]).rows == []


@each_workbook
def test_an_empty_workbook_has_its_headings_still(server, key):
    body = spoiled(server, key, "empty_list")[1]
    assert lines(key, body) == lines(key, content(key))._replace(rows=[])
    assert drafts(key, body) == []


@each_site
def test_a_stale_edition_comes_under_todays_date(server, key):
    today, fresh = fetch(server, key)
    reply, body = spoiled(server, key, "stale_edition")
    assert lines(key, body) == lines(key, content(key, 1))
    assert body != fresh
    assert reply.headers["Last-Modified"] == today.headers["Last-Modified"]


@each_site
def test_robots_are_refused_and_the_list_is_still_there(server, key):
    server.spoil(key, "robots_refusal")
    assert b"Disallow: /\n" in fetch(server, key, "/robots.txt")[1]
    assert fetch(server, key)[0].status == 200


@each_site
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
