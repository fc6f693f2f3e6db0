"""Whatever a person changes, by page or by API, leaves a line that says who did what to which thing."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate import review
from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.audit import record
from prospect_aggregate.collection.models import Alert, Run, Schedule
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.prospects.models import Pair, Prospect, Reuse
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web import invitations, keyring, resets, seen
from prospect_aggregate.web.ask import Ask, ask_of
from prospect_aggregate.web.audit import audit_object
from prospect_aggregate.web.decided import decide
from prospect_aggregate.web.digests.choosing import choose
from prospect_aggregate.web.digests.when import When
from prospect_aggregate.web.exports.delimited import FORMULA
from prospect_aggregate.web.feeds.subscribing import subscribe
from prospect_aggregate.web.first_start import link_for
from prospect_aggregate.web.models import (
    ApiToken,
    AuditLine,
    DigestLink,
    Feed,
    Note,
    Person,
    SavedSearch,
    Watch,
)
from prospect_aggregate.web.permissions import Role
from prospect_aggregate.web.tokens import digest_of
from tests.given import a_run
from tests.web.api_client import ROOT, Program
from tests.web.doors import PASSWORD, somebody
from tests.web.pairs import pair
from tests.web.test_permissions import EVERY, UNLISTED, VIEWS, address

__all__ = ["pair"]
pytestmark = pytest.mark.django_db
NEW = "five other words of mine"
Made = Callable[[pytest.FixtureRequest], Any]
Recipe = tuple[str, Callable[[Any], str], dict[str, Any], Made]
"""The act, the address, what is sent, and what must be there before."""


def nothing(_: pytest.FixtureRequest) -> None:
    return None


def fixture(name: str) -> Made:
    return lambda request: request.getfixturevalue(name)


def a_pair(request: pytest.FixtureRequest) -> int:
    return int(request.getfixturevalue("pair").pk)


def a_number_used_again(request: pytest.FixtureRequest) -> int:
    pair = Pair.objects.get(pk=a_pair(request))
    now = timezone.now()
    facts = {"prospect": pair.newer, "run": pair.newer.first_run, "at": now, "differ": ["naics", "value"]}
    return Reuse.objects.create(before="Chairs", after="Paving of a lot", **facts).pk


def a_mark(request: pytest.FixtureRequest) -> int:
    return seen.mark_seen(request.getfixturevalue("person"), Cut(7, frozenset()), now=timezone.now()).pk


def a_held_run(request: pytest.FixtureRequest) -> int:
    return int(request.getfixturevalue("halved").pk)


def a_kept_out_run(request: pytest.FixtureRequest) -> int:
    run: Run = request.getfixturevalue("halved")
    review.keep_out(run, note="half", by="ana", now=timezone.now())
    return run.pk


def a_waiting_run(_: pytest.FixtureRequest) -> int:
    return a_run(scraper_registry.get("dhs")).pk


def an_alert(_: pytest.FixtureRequest) -> int:
    now = timezone.now()
    return alerts.open_alert("dhs", "late", "old", since=now, now=now).pk


def an_alert_in_hand(request: pytest.FixtureRequest) -> int:
    number = an_alert(request)
    alerts.acknowledge(Alert.objects.get(pk=number), by="ana", now=timezone.now())
    return number


def a_row(request: pytest.FixtureRequest) -> int:
    request.getfixturevalue("broker")
    return int(request.getfixturevalue("planned").pk)


def a_paused_row(request: pytest.FixtureRequest) -> int:
    number = a_row(request)
    Schedule.objects.filter(pk=number).update(paused=True)
    return number


def an_engine(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("broker")


def vera(_: pytest.FixtureRequest) -> int:
    return somebody("vera", email="vera@example.com").pk


def a_password(request: pytest.FixtureRequest) -> None:
    mine: Person = request.getfixturevalue("person")
    mine.set_password(PASSWORD)
    mine.save()
    request.getfixturevalue("reader").force_login(mine)


def a_feed(request: pytest.FixtureRequest) -> int:
    return subscribe(_ana(request), all_of_it(), name="Mine", now=timezone.now())[0].pk


def a_revoked_feed(request: pytest.FixtureRequest) -> int:
    number = a_feed(request)
    Feed.objects.update(revoked_at=timezone.now())
    return number


def a_token(request: pytest.FixtureRequest) -> int:
    keyring.make(_ana(request), name="nightly", scope="read", days=30, now=timezone.now())
    return ApiToken.objects.get().pk


def a_revoked_token(request: pytest.FixtureRequest) -> int:
    number = a_token(request)
    ApiToken.objects.update(revoked_at=timezone.now())
    return number


def _ana(request: pytest.FixtureRequest) -> Person:
    mine: Person = request.getfixturevalue("person")
    return mine


def all_of_it() -> Ask:
    return ask_of(QueryDict(""), today=timezone.now().date())


def an_invitation(_: pytest.FixtureRequest) -> int:
    return invitations.invite(Role.VIEWER, by=None, now=timezone.now())[0].pk


def a_link_to_come_in(_: pytest.FixtureRequest) -> str:
    return invitations.invite(Role.VIEWER, by=None, now=timezone.now())[1]


def a_link_for_a_password(request: pytest.FixtureRequest) -> str:
    vera(request)
    return resets.link_for(Person.objects.get(username="vera"), now=timezone.now())


def a_link_to_sign_in(request: pytest.FixtureRequest) -> str:
    vera(request)
    return link_for(Person.objects.get(username="vera"), now=timezone.now())


def mail_and_vera(request: pytest.FixtureRequest) -> None:
    settings: Settings = request.getfixturevalue("settings")
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, "https://prospects.example"
    vera(request)


def prospect_of(request: pytest.FixtureRequest) -> Prospect:
    request.getfixturevalue("three_prospects")
    return Prospect.objects.select_related("source").order_by("pk")[0]


def a_prospect(request: pytest.FixtureRequest) -> int:
    return prospect_of(request).pk


def a_key(request: pytest.FixtureRequest) -> str:
    return prospect_of(request).key


def ana(request: pytest.FixtureRequest) -> Person:
    """Who acts, whether a page or a program asks."""
    return Person.objects.filter(username="ana").first() or request.getfixturevalue("person")


def a_watched_key(request: pytest.FixtureRequest) -> str:
    prospect = prospect_of(request)
    Watch.objects.set(ana(request), prospect, on=True, now=timezone.now())
    return prospect.key


def a_note(request: pytest.FixtureRequest) -> int:
    return Note.objects.write(prospect_of(request), "seen", by=ana(request), now=timezone.now()).pk


def a_decision(request: pytest.FixtureRequest) -> int:
    return decide(prospect_of(request), "go", "ours", by=ana(request), now=timezone.now()).pk


def a_search(request: pytest.FixtureRequest) -> int:
    return SavedSearch.objects.save_as(ana(request), "Cyber", "q=cyber", now=timezone.now()).pk


def a_mailed_digest(request: pytest.FixtureRequest) -> str:
    """The secret of a mail of ana's."""
    now = timezone.now()
    choose(ana(request), When(every="daily"), now=now)
    facts = {"made_at": now, "expires_at": now + timezone.timedelta(days=1)}
    DigestLink.objects.create(person=ana(request), name="digest", digest=digest_of("secret"), **facts)
    return "secret"


def at(path: str) -> Callable[[Any], str]:
    return lambda made: path.format(made)


def a_list() -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", b"a,b\n1,2\n")


WEEKLY = {"every": "weekly", "weekday": 0, "hour": 7, "zone": "America/New_York"}
CHOSEN = {"new_password1": NEW, "new_password2": NEW}
PAGES: dict[str, Recipe] = {
    "sign-in": ("sign in", at("/sign-in/"), {"username": "vera", "password": PASSWORD}, vera),
    "sign-in-link": ("sign in", at("{}"), {}, a_link_to_sign_in),
    "sign-out": ("sign out", at("/sign-out/"), {}, nothing),
    "invitation": (
        "accept invitation", at("{}"),
        {"username": "neil", "password1": NEW, "password2": NEW}, a_link_to_come_in,
    ),
    "forgotten": ("make password link", at("/password/"), {"who": "vera"}, mail_and_vera),
    "reset": ("set password", at("{}"), CHOSEN, a_link_for_a_password),
    "password": ("set password", at("/you/password/"), {"old_password": PASSWORD, **CHOSEN}, a_password),
    "preferences": ("choose looks", at("/you/"), {"theme": "dark"}, nothing),
    "prospects-columns": ("choose columns", at("/prospects/columns/"), {"column": "naics"}, nothing),
    "account": (
        "write e-mail", at("/you/account/"), {"email": "ana@example.com", "password": PASSWORD}, a_password,
    ),
    "sessions": ("end sessions", at("/you/sessions/"), {}, nothing),
    "invite": ("invite", at("/people/invite/"), {"role": "viewer"}, nothing),
    "invitation-take-back": (
        "take back invitation", at("/people/invitations/{}/take-back/"), {}, an_invitation,
    ),
    "address-lift": ("lift lock-out", at("/people/addresses/lift/"), {"address": "127.0.0.1"}, nothing),
    "person-role": ("give role", at("/people/{}/role/"), {"role": "analyst"}, vera),
    "person-switch": ("switch off", at("/people/{}/switch/"), {"on": "no"}, vera),
    "person-lift": ("lift lock-out", at("/people/{}/lift/"), {}, vera),
    "person-sessions": ("end sessions", at("/people/{}/sessions/"), {}, vera),
    "person-password": ("make password link", at("/people/{}/password/"), {}, vera),
    "collect": ("collect", at("/sources/dhs/collect/"), {}, nothing),
    "check": ("check", at("/sources/dhs/check/"), {}, an_engine),
    "upload": ("upload", at("/sources/dhs/upload/"), {"file": a_list}, nothing),
    "collect-all": ("collect all", at("/batches/"), {}, nothing),
    "run-cancel": ("cancel run", at("/runs/{}/cancel/"), {"reason": "not today"}, a_waiting_run),
    "review": ("keep out", at("/runs/{}/review/"), {"verdict": "out", "note": "half"}, a_held_run),
    "review-undo": ("take back ruling", at("/runs/{}/review/undo/"), {}, a_kept_out_run),
    "pair-decide": ("decide pair", at("/pairs/{}/decide/"), {"verdict": "same"}, a_pair),
    "reused-decide": ("decide number", at("/reused/{}/decide/"), {"verdict": "same"}, a_number_used_again),
    "changes-seen": ("mark seen", at("/changes/seen/"), {"cut": "0"}, nothing),
    "changes-undo": ("take back mark", at("/changes/seen/{}/undo/"), {}, a_mark),
    "alert-acknowledge": ("acknowledge alert", at("/alerts/{}/acknowledge/"), {}, an_alert),
    "alert-release": ("release alert", at("/alerts/{}/release/"), {}, an_alert_in_hand),
    "schedule-edit": ("edit schedule", at("/schedule/{}/edit/"), {"every": "1440", "time": "05:00"}, a_row),
    "schedule-at": ("move firing", at("/schedule/{}/at/"), {"at": "soon", "was_next": "now"}, a_row),
    "schedule-code": ("follow code", at("/schedule/{}/code/"), {}, a_row),
    "schedule-pause": ("pause", at("/schedule/{}/pause/"), {"reason": "the site moves"}, a_row),
    "schedule-resume": ("resume", at("/schedule/{}/resume/"), {}, a_paused_row),
    "schedule-now": ("collect", at("/schedule/{}/now/"), {}, a_row),
    "feed-make": ("make feed", at("/feeds/make/"), {"view": "q=cyber"}, nothing),
    "feed-revoke": ("revoke feed", at("/feeds/{}/revoke/"), {}, a_feed),
    "feed-restore": ("restore feed", at("/feeds/{}/restore/"), {}, a_revoked_feed),
    "token-make": (
        "make token", at("/you/tokens/make/"), {"name": "nightly", "scope": "read", "days": "30"}, nothing,
    ),
    "token-revoke": ("revoke token", at("/you/tokens/{}/revoke/"), {}, a_token),
    "token-restore": ("restore token", at("/you/tokens/{}/restore/"), {}, a_revoked_token),
    "company": ("set profile", at("/company/"), {"keywords": "support", "read": "0"}, nothing),
    "notebook-watch": ("watch", at("/notebook/{}/watch/"), {"on": "1"}, a_prospect),
    "selection-watch": ("watch", at("/selection/watch/"), {"chosen": "listing:1"}, a_prospect),
    "selection-decide": (
        "decide", at("/selection/decide/"), {"chosen": "listing:1", "verdict": "go", "reason": "ours"}, a_prospect,
    ),
    "selection-tag": ("tag", at("/selection/tag/"), {"chosen": "listing:1", "name": "cloud"}, a_prospect),
    "notebook-tag": ("tag", at("/notebook/{}/tag/"), {"name": "cloud"}, a_prospect),
    "notebook-note": ("write note", at("/notebook/{}/note/"), {"text": "seen"}, a_prospect),
    "notebook-decide": ("decide", at("/notebook/{}/decide/"), {"verdict": "go", "reason": "ours"}, a_prospect),
    "note-edit": ("edit note", at("/notes/{}/edit/"), {"text": "seen twice"}, a_note),
    "note-undo": ("delete note", at("/notes/{}/undo/"), {"how": "delete"}, a_note),
    "decision-undo": ("take back decision", at("/decisions/{}/undo/"), {}, a_decision),
    "usual": ("choose usual view", at("/usual/"), {"chip": "fit", "on": "0"}, nothing),
    "saved-keep": ("save search", at("/saved/keep/"), {"name": "Cyber", "query": "q=cyber"}, nothing),
    "saved-seen": ("mark search seen", at("/saved/{}/seen/"), {}, a_search),
    "saved-digest": ("leave search out", at("/saved/{}/digest/"), {"on": "0"}, a_search),
    "digest": ("choose digest", at("/you/digest/"), WEEKLY, nothing),
    "digest-off": ("choose digest", at("/digest/off/{}/"), {}, a_mailed_digest),
    "saved-delete": ("delete search", at("/saved/{}/delete/"), {}, a_search),
}  # fmt: skip
OPERATIONS: dict[str, Recipe] = {
    "collect_source": ("collect", at("/sources/dhs/collect"), {"force": True}, nothing),
    "check_source": ("check", at("/sources/dhs/check"), {}, an_engine),
    "upload_list": ("upload", at("/sources/dhs/upload"), {"file": a_list}, nothing),
    "collect_all": ("collect all", at("/batches"), {}, nothing),
    "cancel_run": ("cancel run", at("/runs/{}/cancel"), {"reason": "not today"}, a_waiting_run),
    "accept_run": ("let in", at("/runs/{}/accept"), {"reason": "other", "note": "right"}, a_held_run),
    "dismiss_run": ("keep out", at("/runs/{}/dismiss"), {"note": "half"}, a_held_run),
    "undo_ruling": ("take back ruling", at("/runs/{}/undo"), {}, a_kept_out_run),
    "decide_pair": ("decide pair", at("/pairs/{}"), {"verdict": "different"}, a_pair),
    "decide_reused": ("decide number", at("/reused/{}"), {"verdict": "another"}, a_number_used_again),
    "mark_seen": ("mark seen", at("/changes/seen"), {"cut": "0"}, nothing),
    "undo_seen": ("take back mark", at("/changes/seen/{}/undo"), {}, a_mark),
    "acknowledge_alert": ("acknowledge alert", at("/alerts/{}/acknowledge"), {}, an_alert),
    "release_alert": ("release alert", at("/alerts/{}/release"), {}, an_alert_in_hand),
    "edit_schedule": ("pause", at("/schedule/collect dhs"), {"paused": True, "reason": "it moves"}, a_row),
    "run_schedule": ("collect", at("/schedule/collect dhs/run"), {}, a_row),
    "edit_person": ("give role", at("/people/vera"), {"role": "analyst"}, vera),
    "end_sessions": ("end sessions", at("/people/vera/sessions"), {}, vera),
    "invite_person": ("invite", at("/invitations"), {"role": "viewer"}, nothing),
    "take_back_invitation": ("take back invitation", at("/invitations/{}"), {}, an_invitation),
    "restore_feed": ("restore feed", at("/feeds/{}/restore"), {}, a_revoked_feed),
    "make_feed": ("make feed", at("/feeds"), {"view": "q=cyber"}, nothing),
    "revoke_feed": ("revoke feed", at("/feeds/{}/revoke"), {}, a_feed),
    "revoke_token": ("revoke token", at("/tokens/{}/revoke"), {}, a_token),
    "set_profile": (
        "set profile",
        at("/profile"),
        {"profile": {"keywords": ["support"]}, "version": 0},
        nothing,
    ),
    "watch": ("watch", at("/prospects/{}/watch"), {}, a_key),
    "unwatch": ("unwatch", at("/prospects/{}/watch"), {}, a_watched_key),
    "set_tags": ("tag", at("/prospects/{}/tags"), {"tags": ["cloud"]}, a_key),
    "write_note": ("write note", at("/prospects/{}/notes"), {"text": "seen"}, a_key),
    "edit_note": ("edit note", at("/notes/{}"), {"text": "seen twice"}, a_note),
    "delete_note": ("delete note", at("/notes/{}"), {}, a_note),
    "decide": ("decide", at("/prospects/{}/decisions"), {"verdict": "go", "reason": "ours"}, a_key),
    "take_back_decision": ("take back decision", at("/decisions/{}"), {}, a_decision),
    "save_search": ("save search", at("/searches"), {"name": "Cyber", "query": "q=cyber"}, nothing),
    "see_search": ("mark search seen", at("/searches/{}/seen"), {}, a_search),
    "edit_search": ("leave search out", at("/searches/{}"), {"digest": False}, a_search),
    "choose_digest": ("choose digest", at("/digest"), WEEKLY, nothing),
    "delete_search": ("delete search", at("/searches/{}"), {}, a_search),
}
SIGNED_OUT = {"sign-in", "sign-in-link", "invitation", "forgotten", "reset", "digest-off"}


def sent(given: dict[str, Any], made: Any) -> dict[str, Any]:
    """What is known only when it is sent: a file, the time of a row."""
    ready = {name: value() if callable(value) else value for name, value in given.items()}
    if "was_next" in ready:
        row = Schedule.objects.get(pk=made)
        later = row.next_at + timezone.timedelta(minutes=1)
        ready |= {"was_next": row.next_at.isoformat(), "at": later.isoformat()}
    return ready


def test_every_page_that_takes_a_form_is_in_the_table() -> None:
    """A page that only shows something answers 405."""
    taking = {name for name in VIEWS if administrator().post(_anywhere(name)).status_code != 405}
    assert taking == set(PAGES)


def administrator() -> Client:
    client = Client()
    client.force_login(somebody(f"admin{Person.objects.count()}", Role.ADMINISTRATOR))
    return client


def _anywhere(name: str) -> str:
    by_token = {"sign-in-link": "/sign-in/x/", "invitation": "/invitation/x/", "reset": "/password/x/",
                "feed": "/feeds/x/atom.xml", "digest-off": "/digest/off/x/"}  # fmt: skip
    return by_token.get(name) or address(name)


def test_every_operation_that_writes_is_in_the_table() -> None:
    writing = {name for name, (method, *_) in EVERY.items() if method != "GET"}
    assert writing - UNLISTED == set(OPERATIONS)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_changes_leaves_a_line(name: str, reader: Client, request: pytest.FixtureRequest) -> None:
    act, path, given, make = PAGES[name]
    made = make(request)
    client = Client() if name in SIGNED_OUT else reader
    before = AuditLine.objects.count()
    answer = client.post(path(made), sent(given, made))
    assert answer.status_code in (200, 302), answer.content
    lines = AuditLine.objects.all()[: AuditLine.objects.count() - before]
    told = [line for line in lines if line.act == act]
    assert len(told) == 1, list(lines)
    assert told[0].through == "page"
    assert told[0].address == "127.0.0.1"
    assert told[0].thing
    assert told[0].by == {"sign-in": "vera", "sign-in-link": "vera", "invitation": "neil", "reset": "vera",
                          "forgotten": ""}.get(name, "ana")  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_an_operation_changes_leaves_a_line(name: str, request: pytest.FixtureRequest) -> None:
    act, path, given, make = OPERATIONS[name]
    made, program = make(request), Program()
    before = AuditLine.objects.count()
    if name == "upload_list":
        answer = program.client.post(ROOT + path(made), sent(given, made))
    else:
        method = getattr(program.client, EVERY[name][0].lower())
        answer = method(ROOT + path(made), given, content_type="application/json")
    assert answer.status_code in ((201,) if name == "make_feed" else (200, 202)), answer.content
    line = AuditLine.objects.all()[0]
    assert AuditLine.objects.count() == before + 1
    assert (line.act, line.by, line.through) == (act, "ana", "api")


def test_a_line_says_what_was_and_what_is(reader: Client) -> None:
    number = somebody("vera").pk
    reader.post(f"/people/{number}/role/", {"role": "operator"})
    line = AuditLine.objects.all()[0]
    assert (line.kind, line.thing) == ("person", "vera")
    assert (line.before, line.after) == ({"role": "viewer"}, {"role": "operator"})


def test_what_is_refused_leaves_no_line(reader: Client, person: Person, planned: Schedule) -> None:
    reader.post(f"/people/{person.pk}/role/", {"role": "viewer"})
    reader.post(f"/schedule/{planned.pk}/pause/", {"reason": ""})
    reader.post(f"/schedule/{planned.pk}/resume/")
    assert [line.act for line in AuditLine.objects.all()] == []


def test_the_act_and_its_line_come_together_or_not_at_all(
    reader: Client, planned: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(AuditLine, "save", full)
    with pytest.raises(OSError, match="no room"):
        reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "the site moves"})
    planned.refresh_from_db()
    assert not planned.paused


def test_the_engine_acts_for_nobody() -> None:
    record("collect", "run", 1)
    assert not AuditLine.objects.exists()


def test_what_no_door_told_leaves_a_line_that_names_the_address(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever adds a page and forgets to tell."""
    monkeypatch.setattr("prospect_aggregate.web.views.people.audit.record", lambda *_, **__: None)
    reader.post("/you/", {"theme": "dark"})
    line = AuditLine.objects.all()[0]
    assert (line.act, line.by, line.through) == ("preferences", "ana", "page")


def test_no_secret_stands_in_the_log(reader: Client, request: pytest.FixtureRequest) -> None:
    secrets = []
    for name in ("invitation", "reset", "sign-in-link", "password", "account", "sign-in"):
        _, path, given, make = PAGES[name]
        Person.objects.filter(username__in=["vera", "neil"]).delete()
        made = make(request)
        secrets += [made.split("/")[2]] if isinstance(made, str) else []
        (Client() if name in SIGNED_OUT else reader).post(path(made), given)
    invited = reader.post("/people/invite/", {"role": "viewer"}).content.decode()
    secrets += [invited.split("/invitation/")[1].split("/")[0], NEW, PASSWORD]
    log = str(list(AuditLine.objects.values()))
    assert len(secrets) == 6
    assert [secret for secret in secrets if secret in log] == []


def test_no_address_of_a_feed_and_no_token_stands_in_the_log(reader: Client) -> None:
    feed = reader.post("/feeds/make/", {"name": "Mine"}).content.decode()
    token = reader.post(
        "/you/tokens/make/", {"name": "nightly", "scope": "write", "days": "30"}
    ).content.decode()
    secrets = [*re.findall(r"/feeds/([\w-]{43})/", feed), *re.findall(r"jps_[\w-]{43}", token)]
    log = str(list(AuditLine.objects.values()))
    assert len(set(secrets)) == 2
    assert [secret for secret in secrets if secret in log] == []


def test_a_lock_is_told_once_by_the_name_of_its_account(reader: Client) -> None:
    somebody("vera")
    for _ in range(8):
        Client().post("/sign-in/", {"username": "vera", "password": "no"})
    (line,) = AuditLine.objects.filter(act="lock out")
    assert (line.thing, line.by) == ("vera", "")


def test_the_page_narrows_down_and_shows_before_and_after(reader: Client) -> None:
    reader.post(f"/people/{somebody('vera').pk}/role/", {"role": "operator"})
    page = reader.get("/audit/?act=give+role&by=ana").content.decode()
    assert "<strong>1</strong> act of " in page
    assert "role: viewer → operator" in page
    assert "Nobody did that." in reader.get("/audit/?by=nobody").content.decode()


def test_a_spreadsheet_runs_nothing_of_the_log(reader: Client, planned: Schedule) -> None:
    reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "x"})
    AuditLine.objects.update(thing='=HYPERLINK("http://evil.example")')
    answer = reader.get("/audit/?format=csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    head, *lines = csv.reader(io.StringIO(text))
    assert head == list(audit_object(AuditLine()))
    assert {line[head.index("thing")][:2] for line in lines} == {"'="}


def test_the_log_as_csv_is_named_by_its_day_and_says_what_was_and_is_as_json(reader: Client) -> None:
    reader.post("/you/", {"theme": "dark"})
    answer = reader.get("/audit/?format=csv")
    assert f"audit-{timezone.now():%Y-%m-%d}.csv" in answer["Content-Disposition"]
    (line,) = csv.DictReader(io.StringIO(answer.getvalue().decode()))  # type: ignore[attr-defined]
    assert json.loads(line["after"])["theme"] == "dark"
    assert line["address"] == "127.0.0.1"


def test_a_list_is_written_as_people_write_one(reader: Client) -> None:
    reader.post("/company/", {"naics": "541519, 5416", "read": "0"})
    assert "naics: 541519, 5416" in reader.get("/audit/?kind=company").content.decode()


@pytest.mark.parametrize("sign", FORMULA)
def test_no_cell_of_the_log_is_a_formula(sign: str, reader: Client, person: Person) -> None:
    record("sign in", "person", f"{sign}1+1")
    AuditLine.objects.create(by=f"{sign}1+1", act="pause", through="page", thing=f"{sign}1+1")
    text = reader.get("/audit/?format=csv").getvalue().decode()  # type: ignore[attr-defined]
    cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
    assert f"'{sign}1+1" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


def test_a_program_reads_the_log_in_pages_and_by_filters() -> None:
    program = Program()
    for _ in range(5):
        program.send("POST", "/invitations", {"role": "viewer"})
    pages = program.pages("/audit", act="invite", limit=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert program.get("/audit", {"through": "command"})["items"] == []
    assert program.get("/audit", {"through": "mouse"}, wants=422)["detail"].startswith("through is one of")
    assert program.get("/audit", {"since": "2999-01-01"})["items"] == []


def test_the_last_administrator_is_a_conflict_for_a_program_too() -> None:
    said = Program().send("PATCH", "/people/ana", {"role": "viewer"}, wants=409)
    assert said["detail"] == "ana is the last administrator; make somebody else one first"


def test_a_program_sees_people_and_is_told_who_comes_near() -> None:
    program = Program()
    (ana,) = program.get("/people")["items"]
    assert (ana["name"], ana["role"], ana["sessions"]) == ("ana", "administrator", 1)
    assert "manage-people" in ana["permissions"]
    assert program.send("PATCH", "/people/anna", {}, wants=404)["detail"].startswith(
        "nobody is called 'anna'"
    )
    assert program.send("POST", "/invitations", {"role": "viewer", "email": "x"}, wants=422)["detail"] == (
        "email: 'x' is no e-mail address"
    )
