"""What a reader does with one prospect: at once, with an undo, with and without a script."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.decided import decide
from prospect_aggregate.web.models import Decision, Note, Person, Tag, Watch
from prospect_aggregate.web.permissions import Role
from tests.given import row
from tests.web.api_client import Program
from tests.web.test_pages_prospects import Lists

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def prospect(three_prospects: Run) -> Prospect:
    return Prospect.objects.get(native_id="1")


@pytest.fixture
def colleague(db: None) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("bo", role=Role.ANALYST))
    return client


def act(client: Client, does: str, number: int, **fields: str) -> str:
    """As a browser without script: the page that follows."""
    answer = client.post(reverse(does, args=[number]), fields, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_watching_is_ones_own_and_can_be_undone(
    reader: Client, colleague: Client, prospect: Prospect
) -> None:
    content = act(reader, "notebook-watch", prospect.pk, on="1")
    assert "You watch this." in content
    assert "★ Watching" in content
    assert "★ Watching" not in colleague.get("/prospects/listing/1/").content.decode()
    assert "Undo" not in reader.get("/prospects/listing/1/").content.decode()
    act(reader, "notebook-watch", prospect.pk, on="0")
    assert not Watch.objects.exists()


def test_with_a_script_only_the_part_comes_back(reader: Client, prospect: Prospect) -> None:
    answer = reader.post(reverse("notebook-watch", args=[prospect.pk]), {"on": "1"}, headers=HTMX)
    content = answer.content.decode()
    assert content.lstrip().startswith('<section id="notebook"')
    assert (
        'id="notebook-acts" class="actions" hx-target="#notebook" hx-swap="outerHTML" hx-swap-oob="true"'
        in content
    )


def test_a_tag_is_the_teams(reader: Client, colleague: Client, prospect: Prospect) -> None:
    act(reader, "notebook-tag", prospect.pk, name="  Partner   NEEDED ")
    assert "partner needed" in act(colleague, "notebook-tag", prospect.pk, name="partner needed")
    assert Tag.objects.get().by.username == "ana"
    act(colleague, "notebook-tag", prospect.pk, name="partner needed", off="1")
    assert not Tag.objects.exists()


def test_a_note_is_changed_deleted_and_brought_back_by_its_author_alone(
    reader: Client, colleague: Client, prospect: Prospect
) -> None:
    act(reader, "notebook-note", prospect.pk, text="Called <b>them</b>.")
    note = Note.objects.get()
    assert "&lt;b&gt;them" in reader.get("/prospects/listing/1/").content.decode()
    assert "not yours" in act(colleague, "note-edit", note.pk, text="mine now")
    assert "not yours" in act(colleague, "note-edit", note.pk, delete="1")
    act(reader, "note-edit", note.pk, text="Called again.")
    assert Note.objects.get().text == "Called again."
    act(reader, "note-undo", note.pk, how="unwrite")
    assert Note.objects.get().text == "Called <b>them</b>."
    act(reader, "note-edit", note.pk, delete="1")
    assert not Note.objects.standing().exists()
    act(reader, "note-undo", note.pk, how="restore")
    assert Note.objects.standing().count() == 1


def test_a_decision_remembers_the_prospect_and_tells_what_moved_since(
    reader: Client, lists: Lists, prospect: Prospect
) -> None:
    content = act(reader, "notebook-decide", prospect.pk, verdict="go", reason="we know them")
    assert "Decided: Go." in content
    assert "Nothing it hangs on has moved since." in content
    moved = row(1, title="Help desk", solicitation="08/20/2026", value="$5M to $9M")
    lists(moved, row(2), row("3 A/1"), at="2026-05-10")
    content = unescape(reader.get("/prospects/listing/1/").content.decode())
    told = content.split("Since your decision on")[1].split("</ul>")[0]
    assert "Value <del>$1M–2M</del> → <ins>$5M–9M</ins>" in told
    assert "Solicitation <del>20 Jun</del> → <ins>20 Aug</ins>" in told
    assert "Title" not in told


def test_a_later_decision_holds_until_it_is_taken_back(
    reader: Client, colleague: Client, prospect: Prospect
) -> None:
    act(reader, "notebook-decide", prospect.pk, verdict="go", reason="we know them")
    act(colleague, "notebook-decide", prospect.pk, verdict="no_go", reason="too large")
    latest = Decision.objects.on(prospect)[0]
    assert (latest.verdict, latest.by.username) == ("no_go", "bo")
    assert "not yours" in act(reader, "decision-undo", latest.pk)
    act(colleague, "decision-undo", latest.pk)
    assert Decision.objects.on(prospect)[0].verdict == "go"


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("notebook-decide", {"verdict": "go"}, "Say why"),
        ("notebook-decide", {"verdict": "perhaps", "reason": "x"}, "Decide one of"),
        ("notebook-tag", {"name": "  "}, "A tag has"),
        ("notebook-note", {"text": " \n"}, "A note has"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    reader: Client, prospect: Prospect, name: str, fields: dict[str, str], told: str
) -> None:
    assert told in act(reader, name, prospect.pk, **fields)
    assert told in reader.post(reverse(name, args=[prospect.pk]), fields, headers=HTMX).content.decode()
    assert not any(kind.objects.exists() for kind in (Decision, Tag, Note))


def test_an_act_leads_back_to_its_prospect_and_nowhere_else(reader: Client, prospect: Prospect) -> None:
    address = reverse("notebook-watch", args=[prospect.pk])
    there = "/prospects/listing/1/?list=shelf%3Dpassed&n=1"
    assert reader.post(address, {"on": "1", "next": there})["Location"] == f"{there}#notebook"
    elsewhere = reader.post(address, {"on": "1", "next": "https://example.com/"})["Location"]
    assert elsewhere == "/prospects/listing/1/#notebook"


def test_an_act_is_a_post_with_its_token(person: Person, prospect: Prospect) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    address = reverse("notebook-decide", args=[prospect.pk])
    assert careful.get(address).status_code == 405
    assert careful.post(address, {"verdict": "go", "reason": "x"}).status_code == 403


# What a decision hangs on, in the feed of changes.

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
