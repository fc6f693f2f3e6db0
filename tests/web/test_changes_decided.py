"""What the feed of changes says of prospects on which the team has decided."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.decided import decide
from prospect_aggregate.web.models import Decision, Person, Watch
from prospect_aggregate.web.seen import Unseen
from prospect_aggregate.web.unseen import unseen_objects
from tests.given import row
from tests.web.api_client import Program
from tests.web.test_pages_notebook import act
from tests.web.test_pages_prospects import Lists

pytestmark = pytest.mark.django_db
DECIDED = "since you decided Go on"


@pytest.fixture
def decided(reader: Client, lists: Lists) -> Prospect:
    """Number 1, for which the team goes; of number 2 nobody decided."""
    lists(row(1), row(2), at="2026-05-01")
    one = Prospect.objects.get(native_id="1")
    act(reader, "notebook-decide", one.pk, verdict="go", reason="ours")
    return one


def feed(reader: Client, group: str = "moved_later") -> str:
    return unescape(reader.get(f"/changes/?group={group}").content.decode())


def test_the_feed_of_changes_says_what_moved_since_a_decision(
    reader: Client, decided: Prospect, lists: Lists
) -> None:
    later = "08/03/2026"
    lists(row(1, solicitation=later), row(2, solicitation=later), at="2026-05-08")
    assert feed(reader, "needs_a_look").count(DECIDED) == 1
    assert DECIDED not in feed(reader, "moved_later")
    groups = Program().get("/changes/unseen")["groups"]
    said = {
        each["group"]: (line["changes"][0]["key"], line["decided"])
        for each in groups
        for line in each["lines"]
    }
    assert said["needs_a_look"][0] == "listing:1"
    assert said["needs_a_look"][1].startswith(DECIDED)
    assert said["moved_later"] == ("listing:2", None)


def test_a_small_edit_of_what_a_decision_hangs_on_needs_a_look_wherever_changes_are_told(
    reader: Client, person: Person, decided: Prospect, lists: Lists
) -> None:
    """From planning to market research: nothing to anybody else."""
    both = {"phase": "Market Research"}
    lists(row(1, **both), row(2, **both), at="2026-05-08")
    assert DECIDED in feed(reader, "needs_a_look")
    unseen = Unseen.by(person, now=timezone.now())
    assert unseen.count() == 1
    assert [(it["key"], it["group"]) for it in unseen_objects(person, now=unseen.now)] == [
        ("listing:1", "needs_a_look")
    ]


def test_what_changed_before_it_was_decided_was_decided_on(
    reader: Client, decided: Prospect, lists: Lists
) -> None:
    lists(row(1, solicitation="08/03/2026"), row(2), at="2026-05-08")
    act(reader, "notebook-decide", decided.pk, verdict="no_go", reason="too late for us")
    lists(row(1, solicitation="09/03/2026"), row(2), at="2026-05-15")
    told = feed(reader, "needs_a_look")
    assert told.count("since you decided No-go") == 1
    assert "+31 d" in told
    assert "+63 d" in feed(reader, "moved_later")


def test_a_watched_prospect_that_is_first_seen_is_new(reader: Client, person: Person, lists: Lists) -> None:
    lists(row(1), at="2026-05-01")
    lists(row(1), row(2, title="Help desk"), at="2026-05-08")
    Watch.objects.set(person, Prospect.objects.get(native_id="2"), on=True, now=timezone.now())
    assert "Help desk" in feed(reader, "new")
    assert "Help desk" not in feed(reader, "needs_a_look")
    assert Unseen.by(person, now=timezone.now()).count() == 1


def test_what_a_decision_does_not_hang_on_is_not_said_of_it(
    reader: Client, decided: Prospect, lists: Lists
) -> None:
    lists(row(1, title="Another name of it"), row(2), at="2026-05-08")
    content = reader.get("/changes/?group=small_edits").content.decode()
    assert "Another name of it" in content
    assert DECIDED not in content


def test_what_moved_and_moved_back_is_as_it_was_decided(
    reader: Client, decided: Prospect, lists: Lists
) -> None:
    for at, solicitation in (("2026-05-08", "08/03/2026"), ("2026-05-15", "06/01/2026")):
        lists(row(1, solicitation=solicitation), row(2), at=at)
    assert "+63 d" in feed(reader)
    assert DECIDED not in feed(reader) + feed(reader, "needs_a_look")


def test_a_decision_that_was_taken_back_is_not_told(reader: Client, decided: Prospect, lists: Lists) -> None:
    act(reader, "decision-undo", Decision.objects.get().pk)
    lists(row(1, solicitation="08/03/2026"), row(2), at="2026-05-08")
    assert "+63 d" in feed(reader)
    assert DECIDED not in feed(reader)


def test_what_was_decided_later_counts(reader: Client, decided: Prospect, lists: Lists) -> None:
    lists(row(1, solicitation="08/03/2026"), row(2), at="2026-05-08")
    act(reader, "notebook-decide", decided.pk, verdict="no_go", reason="too late for us")
    assert "+63 d" in feed(reader)
    assert "since you decided" not in feed(reader)


def test_decisions_of_many_lines_cost_one_question(
    reader: Client, lists: Lists, django_assert_max_num_queries: Any
) -> None:
    lists(*(row(number) for number in range(1, 9)), at="2026-05-01")
    for each in Prospect.objects.all():
        decide(each, "go", "ours", by=Person.objects.get(), now=timezone.now())
    lists(*(row(number, value="$5M to $10M") for number in range(1, 9)), at="2026-05-08")
    with django_assert_max_num_queries(30):
        assert reader.get("/changes/").content.decode().count(DECIDED) == 8
