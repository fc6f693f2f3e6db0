"""The replicas over real loopback HTTP."""

import json
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote, unquote

import pytest

from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.replica import replica, replicas
from prospect_aggregate.sandbox.server import Server, hosts

TODAY = date(2026, 5, 25)
SMALL = 0.05
KEYS = list(replicas())


@pytest.fixture
def server():
    with Server(today=TODAY, scale=SMALL, current=5) as running:
        yield running


def ask(
    server: Server, host: str, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    sent = {"Host": host, **{name.replace("_", "-"): text for name, text in headers.items()}}
    connection.request(method, quote(path, safe="/?=&"), headers=sent)
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply, body


def ask_list(server: Server, key: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    return ask(server, replica(key).host, unquote(replica(key).target), method, **headers)


@pytest.mark.parametrize("key", KEYS)
def test_the_host_header_chooses_the_replica(server, key):
    reply, body = ask_list(server, key)
    assert (reply.status, reply.headers["Content-Type"]) == (200, replica(key).media_type)
    assert body == edition(key, 5, today=TODAY, scale=SMALL).content()


@pytest.mark.parametrize("key", KEYS)
def test_the_host_may_stand_in_front_of_the_path(server, key):
    _, body = ask(server, "127.0.0.1", f"/{replica(key).host}{unquote(replica(key).target)}")
    assert body == edition(key, 5, today=TODAY, scale=SMALL).content()
    assert server.address(key).endswith(f"/{replica(key).host}{replica(key).target}")


def test_an_unknown_host_gets_nothing(server):
    reply, _ = ask(server, "www.example.gov", "/")
    assert reply.status == 421


@pytest.mark.parametrize("key", KEYS)
def test_head_tells_the_length_and_sends_nothing(server, key):
    reply, body = ask_list(server, key, "HEAD")
    assert int(reply.headers["Content-Length"]) == len(edition(key, 5, today=TODAY, scale=SMALL).content())
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


@pytest.mark.parametrize("key", KEYS)
def test_people_have_a_page_with_a_link_to_the_list(server, key):
    reply, body = ask(server, replica(key).host, replica(key).page)
    assert reply.status == 200
    assert quote(replica(key).path).encode() in body


def test_another_path_is_not_found(server):
    reply, _ = ask(server, replica("dhs").host, "/api/forecast/61355/")
    assert reply.status == 404


def test_robots_may_read_everything_else_would_be_a_fault(server):
    _, body = ask(server, replica("dhs").host, "/robots.txt")
    assert body.decode().splitlines() == ["User-agent: *", "Disallow:"]


def test_the_control_address_shows_another_edition(server):
    reply, _ = ask(server, "127.0.0.1", "/_sandbox/edition/dhs/2", "POST")
    assert reply.status == 200
    assert ask_list(server, "dhs")[1] == edition("dhs", 2, today=TODAY, scale=SMALL).content()


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
