"""Likely pairs by program: the same objects as the command line, and a word on one."""

import pytest

from prospect_aggregate.prospects.models import Pair, Prospect
from prospect_aggregate.prospects.pair_words import pair_object
from prospect_aggregate.web.api.pairs import LikelyPair
from tests.web.api_client import Program
from tests.web.pairs import pair
from tests.web.test_api_prospects import as_printed

__all__ = ["pair"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program()


def test_a_listing_gives_the_objects_of_the_command_line(program: Program, pair: Pair) -> None:
    assert program.get("/pairs")["items"] == as_printed([pair_object(pair)])
    assert program.get("/pairs", {"source": "dhs"}, wants=422)["detail"].startswith("no source named 'dhs'")
    assert program.get("/pairs", {"decided": True})["items"] == []


def test_nothing_of_a_pair_is_lost_on_its_way(pair: Pair) -> None:
    assert set(pair_object(pair)) == set(LikelyPair.model_fields)


def test_a_word_on_a_pair_is_kept_and_can_be_taken_back(program: Program, pair: Pair) -> None:
    said = program.send("POST", f"/pairs/{pair.pk}", {"verdict": "same", "note": "one post"}, wants=200)
    assert (said["verdict"], said["by"], said["note"], said["shown_with"]) == (
        "same", "ana", "one post", said["newer"],
    )  # fmt: skip
    assert program.get("/pairs")["items"] == []
    assert program.get(f"/prospects/{said['newer']}")["solicitation_slip_days"] == 30
    again = program.send("POST", f"/pairs/{pair.pk}", {"verdict": "different"}, wants=200)
    assert (again["verdict"], again["shown_with"], again["note"]) == ("different", None, None)
    assert program.get(f"/prospects/{said['newer']}")["solicitation_slip_days"] == 0


def test_one_purchase_is_listed_once(program: Program, pair: Pair) -> None:
    known = len(program.get("/prospects")["items"])
    program.send("POST", f"/pairs/{pair.pk}", {"verdict": "same"}, wants=200)
    listed = {item["key"] for item in program.get("/prospects")["items"]}
    assert (len(listed), pair.older.key in listed) == (known - 1, False)
    assert program.get(f"/prospects/{pair.older.key}")["key"] == pair.older.key


def test_a_pair_that_would_contradict_another_is_a_conflict(program: Program, pair: Pair) -> None:
    facts = {"kind": "renamed", "run": pair.run, "evidence": pair.evidence, "suggested_at": pair.suggested_at}
    roof = Prospect.objects.get(title="Roof")
    Pair.objects.create(older=roof, newer=pair.newer, verdict="same", under=roof, **facts)
    said = program.send("POST", f"/pairs/{pair.pk}", {"verdict": "same"}, wants=409)
    assert said["detail"].endswith("decide that pair anew first")


def test_an_unknown_pair_and_an_unknown_verdict_are_told(program: Program, pair: Pair) -> None:
    assert program.send("POST", "/pairs/99", {"verdict": "same"}, wants=404)["detail"] == (
        "no pair 99; `GET /pairs` lists them"
    )
    assert "verdict" in program.send("POST", f"/pairs/{pair.pk}", {"verdict": "maybe"}, wants=422)["detail"]
