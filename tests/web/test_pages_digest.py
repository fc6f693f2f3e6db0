"""The page of one's digest, its API and command, and the end of it from a mail."""

import json
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.cli import home as cli_home
from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection.models import Run
from prospect_aggregate.web import roster
from prospect_aggregate.web.digests.choosing import choose
from prospect_aggregate.web.digests.when import When
from prospect_aggregate.web.models import Digest, DigestLink, Person, SavedSearch
from prospect_aggregate.web.permissions import Role
from prospect_aggregate.web.tokens import digest_of
from tests.given import row, rows
from tests.web.api_client import Program
from tests.web.doors import somebody

pytestmark = pytest.mark.django_db
WEEKLY = {"every": "weekly", "weekday": "2", "hour": "6", "zone": "America/Chicago"}
SECRET = "of-one-mail"
OFF = f"/digest/off/{SECRET}/"


@pytest.fixture
def mails(settings: Settings) -> None:
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, "https://prospects.example"


@pytest.fixture
def mailed(person: Person) -> Person:
    """Whose daily digest went out just now."""
    now = timezone.now()
    choose(person, When(every="daily"), now=now)
    facts = {"made_at": now, "expires_at": now + timedelta(days=1)}
    DigestLink.objects.create(person=person, name="digest", digest=digest_of(SECRET), **facts)
    return person


def page(client: Client, path: str = "/you/digest/") -> str:
    return unescape(client.get(path).content.decode())


def chosen(person: Person) -> str:
    return Digest.objects.of(person).when.words


def test_it_is_off_until_it_is_chosen(reader: Client, person: Person) -> None:
    assert "Your digest: off" in page(reader)
    assert "data-own-zone" in page(reader)
    assert not Digest.objects.exists()
    reader.post("/you/digest/", WEEKLY)
    assert "data-own-zone" not in page(reader)
    assert "Your digest: every Wednesday at 06:00, America/Chicago" in page(reader)
    assert "Next <time" in page(reader)


def test_a_zone_that_there_is_not_is_said_and_nothing_is_chosen(reader: Client, person: Person) -> None:
    answer = reader.post("/you/digest/", {**WEEKLY, "zone": "Mars/Olympus"})
    assert "there is no time zone 'Mars/Olympus'" in unescape(answer.content.decode())
    assert chosen(person) == "off"


def test_without_mail_or_an_address_the_page_says_so(
    reader: Client, person: Person, settings: Settings
) -> None:
    assert "No mail can go out: it is not set up here." in page(reader)
    assert "Nothing can be mailed to you" in page(reader)
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, "https://prospects.example"
    roster.write_email(person, "ana@example.com")
    assert "No mail can go out" not in page(reader)
    assert "Nothing can be mailed to you" not in page(reader)


def test_one_that_has_not_gone_out_is_shown_to_its_owner_and_to_operators(
    reader: Client, mailed: Person
) -> None:
    now = timezone.now()
    Digest.objects.update(slot=now, try_at=now, tries=2, error="the mail server says: full")
    assert "has not gone out (the mail server says: full). Tried 2 times" in page(reader)
    assert "mail did not take 1 digest: the mail server says: full" in page(reader, "/sources/")


def test_a_saved_search_is_in_the_digest_until_it_is_taken_out(reader: Client, person: Person) -> None:
    kept = SavedSearch.objects.save_as(person, "Cyber", "q=cyber", now=timezone.now())
    assert ">Cyber</a>" in page(reader)
    reader.post(f"/saved/{kept.pk}/digest/", {"on": "0"})
    assert "none is in it" in page(reader)
    assert 'aria-pressed="false">Off' in page(reader, "/saved/")
    reader.post(f"/saved/{kept.pk}/digest/", {"on": "1"})
    assert ">Cyber</a>" in page(reader)


def test_nobody_switches_what_is_somebody_elses(reader: Client) -> None:
    other = SavedSearch.objects.save_as(somebody("vera"), "Hers", "", now=timezone.now())
    assert reader.post(f"/saved/{other.pk}/digest/", {"on": "0"}).status_code == 404
    other.refresh_from_db()
    assert other.digest


def test_opening_the_link_of_a_mail_ends_nothing_and_its_button_does(mailed: Person) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert "End the digest" in page(stranger, OFF)
    assert chosen(mailed) == "every day at 07:00, UTC"
    answer = stranger.post(OFF)
    assert (answer.status_code, b"is mailed no digest any more" in answer.content) == (200, True)
    assert chosen(mailed) == "off"


def test_a_mailbox_ends_it_by_one_click_and_may_do_so_again(mailed: Person) -> None:
    """RFC 8058: no cookie, no token, no redirect."""
    for _ in range(2):
        answer = Client(enforce_csrf_checks=True).post(OFF, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert chosen(mailed) == "off"


def test_a_link_of_a_former_address_or_of_who_was_switched_off_ends_nothing(mailed: Person) -> None:
    assert Client().post("/digest/off/another/").status_code == 410
    roster.write_email(mailed, "new@example.com")
    assert Client().post(OFF).status_code == 410
    DigestLink.objects.update(revoked_at=None)
    somebody("other", Role.ADMINISTRATOR)
    roster.switch_off(mailed)
    assert Client().post(OFF).status_code == 410
    assert chosen(mailed) == "every day at 07:00, UTC"


def test_a_link_opens_nothing_else(mailed: Person) -> None:
    stranger = Client()
    stranger.post(OFF)
    assert stranger.get("/prospects/").status_code == 302
    assert stranger.get("/you/digest/").status_code == 302


def test_a_program_reads_and_chooses() -> None:
    program = Program()
    assert program.get("/digest")["every"] == "off"
    told = program.send("PUT", "/digest", {**WEEKLY, "weekday": 2, "hour": 6}, wants=200)
    assert (told["every"], told["zone"], told["weekday"]) == ("weekly", "America/Chicago", 2)
    assert told["next_at"]
    said = program.send("PUT", "/digest", {"every": "daily", "zone": "x"}, wants=422)
    assert said["detail"].startswith("there is no time zone 'x'")
    assert program.get("/digest") == told


def test_a_program_takes_a_search_out() -> None:
    program = Program()
    kept = program.send("POST", "/searches", {"name": "Cyber", "query": "q=cyber"}, wants=200)
    assert program.get("/digest")["searches"] == ["Cyber"]
    assert not program.send("PATCH", f"/searches/{kept['id']}", {"digest": False}, wants=200)["digest"]
    assert program.get("/digest")["searches"] == []


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_home, "_is_new", lambda: False)


def command(*words: str) -> Result:
    return CliRunner().invoke(prospects, words)


@pytest.mark.usefixtures("migrated")
def test_a_command_shows_and_chooses_what_the_api_tells(person: Person) -> None:
    assert (
        command("digest", "ana", "--every", "weekly", "--weekday", "wednesday", "--hour", "6").exit_code == 0
    )
    (told,) = json.loads(command("digest", "ana", "--json").stdout)
    assert told == Program().get("/digest")
    assert chosen(person) == "every Wednesday at 06:00, UTC"
    command("digest", "ana", "--every", "off")
    assert chosen(person) == "off"


@pytest.mark.usefixtures("migrated")
def test_what_somebody_has_not_seen_is_the_same_by_command_and_api(
    person: Person, lists: Callable[..., Run]
) -> None:
    lists(*rows(5), at="2026-05-04")
    lists(row(1, title="Edited"), row(2, value="$5M to $9M"), *rows(5)[2:], row(6), at="2026-05-11")
    told = Program().get("/changes/unseen")
    listed = json.loads(command("changes", "--unseen-by", "ana", "--json").stdout)
    assert len(listed) == told["count"] == 2
    groups = [group for group in told["groups"] if group["group"] != "small_edits"]
    by_api = [
        (group["group"], change) for group in groups for line in group["lines"] for change in line["changes"]
    ]
    assert [(change.pop("group"), change) for change in listed] == by_api
    assert command("changes", "--unseen-by", "ana", "--kind", "listed").exit_code == 2
