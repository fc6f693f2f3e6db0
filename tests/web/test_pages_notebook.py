"""What a reader does with one prospect: at once, with an undo, with and without a script."""

import re
from html import escape, unescape

import pytest
from django.test import Client
from django.urls import reverse

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models import Decision, Note, Person, Tag, Watch
from prospect_aggregate.web.permissions import Role
from tests.given import row
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


def test_what_is_done_on_a_page_keeps_the_way_back_to_its_list(reader: Client, prospect: Prospect) -> None:
    opened = "/prospects/listing/1/?list=q%3Dsupport&n=1"
    there = re.findall(r'name="next" value="(/prospects/[^"]+)"', reader.get(opened).content.decode())
    assert {unescape(address) for address in there} == {opened}
    anew = reader.post(f"/notebook/{prospect.pk}/watch/", {"on": "1", "next": opened}, headers=HTMX)
    assert f'name="next" value="{escape(opened)}"' in anew.content.decode()


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
