"""What the feed of changes says of prospects on which the team has decided."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.decided import decide
from prospect_aggregate.web.models import Decision, Person
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


def feed(reader: Client) -> str:
    return unescape(reader.get("/changes/?group=moved_later").content.decode())


def test_the_feed_of_changes_says_what_moved_since_a_decision(
    reader: Client, decided: Prospect, lists: Lists
) -> None:
    later = "08/03/2026"
    lists(row(1, solicitation=later), row(2, solicitation=later), at="2026-05-08")
    assert feed(reader).count(DECIDED) == 1
    items = Program().get("/changes/unseen", {"group": "moved_later"})["groups"][0]["lines"]
    said = {each["changes"][0]["key"]: each["decided"] for each in items}
    assert said["listing:1"].startswith(DECIDED)
    assert said["listing:2"] is None


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
    assert DECIDED not in feed(reader)


def test_a_decision_that_was_taken_back_is_not_told(reader: Client, decided: Prospect, lists: Lists) -> None:
    act(reader, "decision-undo", Decision.objects.get().pk)
    lists(row(1, solicitation="08/03/2026"), row(2), at="2026-05-08")
    assert DECIDED not in feed(reader)


def test_what_was_decided_later_counts(reader: Client, decided: Prospect, lists: Lists) -> None:
    lists(row(1, solicitation="08/03/2026"), row(2), at="2026-05-08")
    act(reader, "notebook-decide", decided.pk, verdict="no_go", reason="too late for us")
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
