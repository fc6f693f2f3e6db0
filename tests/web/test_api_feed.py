"""What a program has not seen: groups, mark, undo; the same as on the page."""

from collections.abc import Callable

import pytest

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.prospects.objects import change_object
from tests.given import row, rows
from tests.web.api_client import Program
from tests.web.test_api_prospects import as_printed

pytestmark = pytest.mark.django_db
Lists = Callable[..., Run]


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def moved(lists: Lists) -> Run:
    lists(*rows(14), at="2026-05-04")
    later = [row(number, solicitation="08/31/2026") for number in range(1, 13)]
    return lists(*later, row(13, value="$5M to $10M"), row(14), row(15), at="2026-05-11")


def test_groups_are_those_of_the_page(program: Program, moved: Run) -> None:
    told = program.get("/changes/unseen")
    assert [(it["group"], it["count"], len(it["lines"]), it["more"]) for it in told["groups"]] == [
        ("needs_a_look", 1, 1, 0), ("new", 1, 1, 0), ("moved_later", 12, 1, 0), ("small_edits", 14, 0, 0),
    ]  # fmt: skip
    assert (told["count"], told["mark"]) == (14, None)
    (line,) = told["groups"][2]["lines"]
    assert (line["count"], len(line["changes"])) == (12, 10)
    assert line["sentence"].endswith("moved 12 solicitation dates by 91 d later, one revision")
    value = Change.objects.select_related("prospect__source").get(field="value")
    assert told["groups"][0]["lines"][0]["changes"] == as_printed([change_object(value)])


def test_a_line_opens_to_all_of_its_changes(program: Program, moved: Run) -> None:
    line = program.get("/changes/unseen", {"group": "moved_later"})["groups"][0]["lines"][0]["line"]
    (group,) = program.get("/changes/unseen", {"line": line})["groups"]
    assert len(group["lines"]) == group["count"] == 12
    (small,) = program.get("/changes/unseen", {"group": "small_edits"})["groups"]
    assert [line["count"] for line in small["lines"]] == [14]


def test_seen_is_marked_and_undone(program: Program, moved: Run) -> None:
    told = program.get("/changes/unseen")
    mark = program.send("POST", "/changes/seen", {"cut": told["cut"]}, wants=200)
    now = program.get("/changes/unseen")
    assert (now["count"], now["groups"], now["mark"]) == (0, [], mark["id"])
    undone = program.send("POST", f"/changes/seen/{mark['id']}/undo", wants=200)
    assert undone["undone_at"]
    assert program.get("/changes/unseen") == told


def test_what_makes_no_sense_is_told(program: Program, lists: Lists, moved: Run) -> None:
    assert (
        "take it from the listing" in program.send("POST", "/changes/seen", {"cut": "x"}, wants=422)["detail"]
    )
    assert program.send("POST", "/changes/seen/7/undo", wants=404)["detail"] == "you have no mark 7"
    assert program.get("/changes/unseen", {"group": "x"}, wants=422)["detail"].startswith(
        "group is one of needs"
    )
    assert program.get("/changes/unseen", {"scope": "x"}, wants=422)["detail"] == "scope is one of all"
    first = program.send("POST", "/changes/seen", {"cut": program.get("/changes/unseen")["cut"]}, wants=200)
    lists(*rows(16), at="2026-05-18")
    last = program.send("POST", "/changes/seen", {"cut": program.get("/changes/unseen")["cut"]}, wants=200)
    refused = program.send("POST", f"/changes/seen/{first['id']}/undo", wants=409)["detail"]
    assert refused == f"you marked seen again since; undo mark {last['id']} first"


def test_a_slip_ledger_is_that_of_the_page(program: Program, lists: Lists, moved: Run) -> None:
    lists(row(1, solicitation="TBD"), *rows(15)[1:], at="2026-05-18")
    told = program.get("/prospects/listing:1/slip")
    assert (told["moves"], told["total_days"], told["total_at_least"]) == (1, 91, False)
    shown = [
        (it["kind"], it["shift_days"], it["bulk"], it["total_days"], it["text"]) for it in told["promises"]
    ]
    assert shown == [
        ("first", None, False, 0, None), ("later", 91, True, 91, None), ("removed", None, False, 91, "TBD"),
    ]  # fmt: skip
    assert program.get("/prospects/listing:1/slip", {"x": 1}, wants=422)["detail"].startswith(
        "no parameter named"
    )
    assert program.get("/prospects/listing:99/slip", wants=404)
