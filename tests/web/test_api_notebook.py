"""The company profile, fits, and what people keep beside prospects, by program."""

import pytest
from django.contrib.auth import get_user_model

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.permissions import Role
from tests.web.api_client import Program

pytestmark = pytest.mark.django_db
KEY = "/prospects/listing:1"


@pytest.fixture
def program(three_prospects: Run) -> Program:
    return Program()


@pytest.fixture
def other(program: Program) -> Program:
    client = Program(signed_in=False)
    client.client.force_login(get_user_model().objects.create(username="bo", role=Role.ANALYST))
    return client


def set_profile(program: Program, version: int = 0, wants: int = 200, **facts: object) -> dict[str, object]:
    found: dict[str, object] = program.send(
        "PUT", "/profile", {"profile": facts, "version": version}, wants=wants
    )
    return found


def test_the_profile_is_set_whole_and_read_back(program: Program) -> None:
    assert program.get("/profile")["version"] == 0
    said = set_profile(program, naics=["541519"], value_max="5000000.00", eligibilities=["sb"])
    assert (said["version"], said["edited_by"]) == (1, "ana")
    profile = program.get("/profile")["profile"]
    assert (profile["naics"], profile["value_max"], profile["eligibilities"]) == (
        ["541519"],
        "5000000.00",
        ["SB"],
    )


def test_an_edit_of_a_version_that_is_gone_is_a_conflict(program: Program) -> None:
    set_profile(program, keywords=["desk"])
    assert "somebody else" in str(set_profile(program, keywords=["map"], wants=409)["detail"])
    assert set_profile(program, version=1, keywords=["map"])["version"] == 2


def test_a_profile_that_cannot_be_is_told(program: Program) -> None:
    assert "no NAICS code" in str(set_profile(program, naics=["999999"], wants=422)["detail"])
    assert "value" in str(set_profile(program, value_min="9.00", value_max="1.00", wants=422)["detail"])


def keys(program: Program, fit: str) -> set[str]:
    return {it["key"] for it in program.get("/prospects", {"fit": fit})["items"]}


def test_prospects_are_listed_by_fit_and_each_tells_why(program: Program) -> None:
    assert "PUT /profile" in program.get("/prospects", {"fit": "fits"}, wants=422)["detail"]
    assert "PUT /profile" in program.get(f"{KEY}/fit", wants=422)["detail"]
    set_profile(program, keywords=["help desk", "mapping"], vehicles=["NASA SEWP"])
    assert program.get("/prospects", {"fit": "perhaps"}, wants=422)["detail"].startswith("fit is one of")
    listed = {fit: keys(program, fit) for fit in ("fits", "possible", "no")}
    assert listed == {"fits": set(), "possible": {"listing:1", "listing:2"}, "no": {"listing:3 A/1"}}
    for key, said in (("1", "possible"), ("3 A/1", "no")):
        told = program.get(f"/prospects/listing:{key}/fit")
        assert told["fit"] == said
        assert {factor["name"] for factor in told["factors"]} >= {"set_aside", "vehicle", "naics", "keywords"}
    assert told["because"] == ["the agency says: Awarded"]


def test_no_sole_source_can_be_asked_without_a_profile(program: Program) -> None:
    Prospect.objects.filter(native_id="1").update(competition="sole_source")
    assert {it["native_id"] for it in program.get("/prospects", {"competed": True})["items"]} == {
        "2",
        "3 A/1",
    }


def test_watching_is_ones_own(program: Program, other: Program) -> None:
    assert program.send("PUT", f"{KEY}/watch", wants=200) == {"watching": True}
    program.send("PUT", f"{KEY}/watch", wants=200)
    assert [it["key"] for it in program.get("/watched")["items"]] == ["listing:1"]
    assert other.get("/watched")["items"] == []
    assert program.send("DELETE", f"{KEY}/watch", wants=200) == {"watching": False}
    assert program.get("/watched")["items"] == []


def test_tags_are_set_as_a_whole(program: Program) -> None:
    assert program.send("PUT", f"{KEY}/tags", {"tags": ["Cloud", " b  c"]}, wants=200) == {
        "tags": ["b c", "cloud"]
    }
    assert program.send("PUT", f"{KEY}/tags", {"tags": ["cloud"]}, wants=200) == {"tags": ["cloud"]}
    assert program.send("PUT", f"{KEY}/tags", {"tags": [""]}, wants=422)["detail"].startswith("a tag has")
    assert program.get(f"{KEY}/tags") == {"tags": ["cloud"]}


def test_only_its_author_changes_a_note(program: Program, other: Program) -> None:
    note = program.send("POST", f"{KEY}/notes", {"text": "call them"}, wants=200)
    address = f"/notes/{note['id']}"
    assert (
        other.send("PUT", address, {"text": "mine"}, wants=409)["detail"]
        == "it is gone already, or not yours"
    )
    assert program.send("PUT", address, {"text": "called"}, wants=200)["text"] == "called"
    assert [it["text"] for it in other.get(f"{KEY}/notes")["items"]] == ["called"]
    other.send("DELETE", address, wants=409)
    program.send("DELETE", address, wants=200)
    assert program.get(f"{KEY}/notes")["items"] == []
    assert "no note" in program.send("DELETE", address, wants=404)["detail"]


def test_a_decision_tells_what_moved_since(program: Program, other: Program) -> None:
    made = program.send("POST", f"{KEY}/decisions", {"verdict": "go", "reason": "ours"}, wants=200)
    assert (made["moved"], made["kept"]["value"]) == ([], "1000000.00/2000000.00")
    Prospect.objects.filter(native_id="1").update(set_aside="8A")
    (now,) = program.get(f"{KEY}/decisions")["items"]
    assert now["moved"] == [{"field": "set_aside", "old": "not published", "new": "8(a)"}]
    other.send("DELETE", f"/decisions/{made['id']}", wants=409)
    program.send("DELETE", f"/decisions/{made['id']}", wants=200)
    assert program.get(f"{KEY}/decisions")["items"] == []


def test_searches_are_ones_own(program: Program, other: Program) -> None:
    kept = program.send("POST", "/searches", {"name": "Desks", "query": "shelf=closed&page=3&x=1"}, wants=200)
    assert (kept["query"], kept["count"], kept["new"]) == ("shelf=closed", 1, 0)
    assert [it["name"] for it in program.get("/searches")["items"]] == ["Desks"]
    assert other.get("/searches")["items"] == []
    assert "of yours" in other.send("DELETE", f"/searches/{kept['id']}", wants=404)["detail"]
    assert program.send("POST", f"/searches/{kept['id']}/seen", wants=200)["new"] == 0
    program.send("DELETE", f"/searches/{kept['id']}", wants=200)
    assert program.get("/searches")["items"] == []


@pytest.mark.parametrize("text", ["a" * 6_000, "\x00"])
def test_a_note_that_cannot_be_kept_is_told(program: Program, text: str) -> None:
    assert program.send("POST", f"{KEY}/notes", {"text": text}, wants=422)["detail"]


def test_numbers_out_of_any_range_are_no_mistake_of_ours(program: Program) -> None:
    huge = 10**30
    program.send("DELETE", f"/notes/{huge}", wants=404)
    program.send("DELETE", f"/decisions/{huge}", wants=404)
    program.send("POST", f"/searches/{huge}/seen", wants=404)
    set_profile(program, version=huge, keywords=["desk"], wants=422)
    for version in (-1, 7):
        set_profile(program, version=version, keywords=["desk"], wants=409)


def test_an_address_that_makes_no_sense_is_kept_as_the_whole_list(program: Program) -> None:
    for query in ("&a" * 2_000, "source=%00&shelf=none", "\x00", "fit=perhaps&page=x"):
        kept = program.send("POST", "/searches", {"name": "Odd", "query": query}, wants=200)
        assert kept["query"] == ""


def test_halves_of_letters_are_refused(program: Program) -> None:
    broken = {"verdict": "go", "reason": "ours \ud800"}
    assert "surrogate" in program.send("POST", f"{KEY}/decisions", broken, wants=400)["detail"]
    said = program.send("POST", f"{KEY}/decisions", {"verdict": "go", "reason": "ours \x00"}, wants=200)
    assert said["reason"] == "ours"
