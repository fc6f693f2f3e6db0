"""The replicas over real loopback HTTP."""

import json
import re
from datetime import date
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote, unquote, urlsplit

import pytest

from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.replica import HTML, Asked, replica, replicas
from prospect_aggregate.sandbox.server import Server, hosts

TODAY = date(2026, 5, 25)
SMALL = 0.05
PATIENCE = 60  # seconds; on a busy machine a list is made slowly
KEYS = list(replicas())


def links(page: bytes) -> list[str]:
    """As a person's browser would ask for them."""
    return [unquote(urlsplit(link).path) for link in re.findall(r'href="([^"]+)"', page.decode())]


def linked(key: str) -> bool:
    """Whether the page is more than a frame that a browser's program fills."""
    reply = replica(key).answer(Asked("GET", replica(key).page, day=TODAY), lambda: b"")
    return bool(links(reply.body))


WITH_LINKS = [key for key in KEYS if linked(key)]
ASKED_BY_GET = [key for key in KEYS if replica(key).posted is None]


@cache
def content(key: str, number: int = 5) -> bytes:
    return edition(key, number, today=TODAY, scale=SMALL).content()


@pytest.fixture
def server():
    with Server(today=TODAY, scale=SMALL, current=5) as running:
        yield running


def ask(
    server: Server, host: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    sent = {"Host": host, **{name.replace("_", "-"): text for name, text in headers.items()}}
    connection.request(method, quote(path, safe="/?=&"), body, headers=sent)
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply, content


def ask_list(
    server: Server, key: str, method: str | None = None, **headers: str
) -> tuple[HTTPResponse, bytes]:
    """By POST where a GET brings no list."""
    site, target = replica(key), unquote(replica(key).target)
    if method is None and site.posted is not None:
        return ask(server, site.host, target, "POST", site.posted, **headers)
    return ask(server, site.host, target, method or "GET", **headers)


@pytest.mark.parametrize("key", KEYS)
def test_the_host_header_chooses_the_replica(server, key):
    reply, body = ask_list(server, key)
    assert (reply.status, reply.headers["Content-Type"]) == (200, replica(key).media_type)
    assert body == content(key)


@pytest.mark.parametrize("key", KEYS)
def test_the_host_may_stand_in_front_of_the_path(server, key):
    site = replica(key)
    path, method = f"/{site.host}{unquote(site.target)}", "GET" if site.posted is None else "POST"
    _, body = ask(server, "127.0.0.1", path, method, site.posted)
    assert body == content(key)
    assert server.address(key).endswith(f"/{replica(key).host}{replica(key).target}")


def test_an_unknown_host_gets_nothing(server):
    reply, _ = ask(server, "www.example.gov", "/")
    assert reply.status == 421


@pytest.mark.parametrize("key", ASKED_BY_GET)
def test_head_tells_the_length_and_sends_nothing(server, key):
    reply, body = ask_list(server, key, "HEAD")
    assert int(reply.headers["Content-Length"]) == len(content(key))
    assert body == b""


@pytest.mark.parametrize("header", ["If_None_Match", "If_Modified_Since"])
def test_commerce_answers_304_to_who_has_the_edition(server, header):
    reply, _ = ask_list(server, "commerce")
    known = reply.headers["ETag" if header == "If_None_Match" else "Last-Modified"]
    again, body = ask_list(server, "commerce", **{header: known})
    assert (again.status, body) == (304, b"")


def test_the_next_edition_has_another_tag(server):
    before, _ = ask_list(server, "commerce")
    server.show("commerce", 6)
    after, _ = ask_list(server, "commerce", If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert after.headers["ETag"] != before.headers["ETag"]


def test_dhs_sends_no_validators(server):
    reply, _ = ask_list(server, "dhs")
    assert "ETag" not in reply.headers


@pytest.mark.parametrize("key", WITH_LINKS)
def test_people_have_a_page_with_a_link_to_the_list(server, key):
    reply, page = ask(server, replica(key).host, replica(key).page)
    assert reply.status == 200
    assert replica(key).path in links(page) or content(key) in [
        ask(server, replica(key).host, link)[1] for link in links(page)
    ]


@pytest.mark.parametrize("key", KEYS)
def test_people_have_a_page(server, key):
    reply, page = ask(server, replica(key).host, replica(key).page)
    assert (reply.status, reply.headers["Content-Type"]) == (200, HTML)
    assert b"<title>" in page


def test_another_path_is_not_found(server):
    reply, _ = ask(server, replica("dhs").host, "/api/forecast/61355/")
    assert reply.status == 404


def test_robots_may_read_everything_else_would_be_a_fault(server):
    _, body = ask(server, replica("dhs").host, "/robots.txt")
    assert body.decode().splitlines() == ["User-agent: *", "Disallow:"]


def test_the_control_address_shows_another_edition(server):
    reply, _ = ask(server, "127.0.0.1", "/_sandbox/edition/dhs/2", "POST")
    assert reply.status == 200
    assert ask_list(server, "dhs")[1] == content("dhs", 2)


def test_the_control_address_makes_and_mends_a_fault(server):
    ask(server, "127.0.0.1", "/_sandbox/fault/dhs/server_error", "POST")
    assert ask_list(server, "dhs")[0].status == 500
    ask(server, "127.0.0.1", "/_sandbox/fault/dhs/none", "POST")
    assert ask_list(server, "dhs")[0].status == 200


def test_the_control_address_tells_the_state(server):
    ask_list(server, "dhs")
    state = {site["key"]: site for site in json.loads(ask(server, "127.0.0.1", "/_sandbox")[1])}
    assert state["dhs"] == {
        "key": "dhs", "host": "apfs-cloud.dhs.gov", "edition": 5, "day": "2026-05-18", "fault": None, "asked": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", ["fault/dhs/earthquake", "fault/dsh/server_error", "edition/dhs/0", "edition/dhs/x", "x"]
)
def test_the_control_address_names_what_it_does_not_know(server, words):
    reply, body = ask(server, "127.0.0.1", f"/_sandbox/{words}", "POST")
    assert reply.status == 404
    assert body


def test_hosts_lead_from_the_real_names_to_the_loopback():
    assert hosts(8123)["apfs-cloud.dhs.gov"] == "http://127.0.0.1:8123"


def test_only_the_chosen_replicas_are_served():
    with Server(today=TODAY, scale=SMALL, keys=["dhs"]) as server:
        assert list(server.hosts) == ["apfs-cloud.dhs.gov"]
        assert ask(server, replica("commerce").host, "/")[0].status == 421
