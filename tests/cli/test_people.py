"""Commands on people, and that whatever a command changes stands in the audit log."""

import getpass
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate import review
from prospect_aggregate.cli import home as cli_home
from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.audit import Act, kept_by
from prospect_aggregate.collection.models import Schedule
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web.models import AuditLine, Person
from prospect_aggregate.web.permissions import Role
from tests.agency import Site
from tests.given import a_run, collected, day, published, row
from tests.test_replay import SHOUTING, accepted
from tests.web import held
from tests.web.broker import Broker
from tests.web.conftest import broker, dhs, halved
from tests.web.doors import PASSWORD, somebody
from tests.web.pairs import pair

__all__ = ["broker", "dhs", "halved", "pair"]
pytestmark = pytest.mark.django_db

LOOKING = {
    "sources", "runs", "tasks", "status", "batches", "log", "review", "pairs", "quality", "coverage", "search", "show",
    "changes", "alerts", "people", "audit", "agencies", "export",
}  # fmt: skip
OUTSIDE = {"up", "migrate", "sandbox", "new-source", "replay"}
"""They start things, make tables, write files, play an agency; `replay --accept` has a test of its own."""
Ready = Callable[[pytest.FixtureRequest], str]


@pytest.fixture(autouse=True)
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_home, "_is_new", lambda: False)


def command(*words: str) -> Result:
    return CliRunner().invoke(prospects, words)


def nothing(_: pytest.FixtureRequest) -> str:
    return ""


def a_held_run(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("halved").pk)


def a_kept_out_run(request: pytest.FixtureRequest) -> str:
    run = request.getfixturevalue("halved")
    review.keep_out(run, note="half", by="ana", now=timezone.now())
    return str(run.pk)


def a_pair(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("pair").pk)


def a_waiting_run(_: pytest.FixtureRequest) -> str:
    return str(a_run(scraper_registry.get("dhs")).pk)


def an_alert(_: pytest.FixtureRequest) -> str:
    now = timezone.now()
    return str(alerts.open_alert("dhs", "late", "old", since=now, now=now).pk)


def a_paused_row(_: pytest.FixtureRequest) -> str:
    command("schedule")
    Schedule.objects.filter(name="collect dhs").update(paused=True)
    return ""


def an_engine(request: pytest.FixtureRequest) -> str:
    request.getfixturevalue("broker")
    return ""


def an_agency(request: pytest.FixtureRequest) -> str:
    held.serve(request.getfixturevalue("dhs"), list(held.rows()[:5]))
    return ""


def vera(_: pytest.FixtureRequest) -> str:
    return somebody("vera").username


def a_profile(request: pytest.FixtureRequest) -> str:
    file: Path = request.getfixturevalue("tmp_path") / "profile.json"
    file.write_text('{"keywords": ["support"]}')
    return str(file)


CHANGING: dict[str, tuple[str, Ready]] = {
    "collect dhs": ("collect", an_agency),
    "check dhs": ("check", an_agency),
    "accept {} --reason other --note right": ("let in", a_held_run),
    "dismiss {} --note half": ("keep out", a_held_run),
    "undo {}": ("take back ruling", a_kept_out_run),
    "pair {} same": ("decide pair", a_pair),
    "cancel {}": ("cancel run", a_waiting_run),
    "acknowledge {}": ("acknowledge alert", an_alert),
    "schedule pause dhs --reason moved": ("pause", nothing),
    "schedule resume dhs": ("resume", a_paused_row),
    "schedule every dhs 60": ("edit schedule", nothing),
    "schedule every dhs code": ("follow code", nothing),
    "schedule at dhs 2027-01-01": ("move firing", nothing),
    "schedule now dhs": ("collect", an_engine),
    "invite --role analyst": ("invite", nothing),
    "digest {} --every daily": ("choose digest", vera),
    "person {} --role analyst": ("give role", vera),
    "person {} --off": ("switch off", vera),
    "person {} --lift": ("lift lock-out", vera),
    "sign-in-link": ("make sign-in link", nothing),
    "profile --set {}": ("set profile", a_profile),
}


def test_every_command_looks_or_changes_or_is_about_something_else() -> None:
    assert set(prospects.commands) == LOOKING | OUTSIDE | {words.split()[0] for words in CHANGING}
    schedule = prospects.commands["schedule"]
    assert isinstance(schedule, click.Group)
    assert set(schedule.commands) == {words.split()[1] for words in CHANGING if words.startswith("schedule")}


@pytest.mark.parametrize("words", CHANGING)
def test_what_a_command_changes_leaves_a_line(words: str, request: pytest.FixtureRequest) -> None:
    act, ready = CHANGING[words]
    made = ready(request)
    before = AuditLine.objects.count()
    done = command(*words.format(made).split())
    assert done.exit_code == 0, (done.output, done.exception)
    line = AuditLine.objects.all()[0]
    assert AuditLine.objects.count() == before + 1
    assert (line.act, line.by, line.through, line.address) == (act, getpass.getuser(), "command", "")


def test_a_replay_that_is_applied_leaves_a_line(site: Site) -> None:
    site.serve(published([row(1)]))
    collected(at=day("2026-05-01"))
    acts: list[Act] = []
    with kept_by(acts.append):
        run = accepted(SHOUTING)
    assert [(act.name, act.thing) for act in acts] == [("apply replay", str(run.pk))]


def test_looking_leaves_no_line() -> None:
    for name in ("sources", "runs", "people", "audit", "agencies", "schedule"):
        assert command(name, "--json").exit_code == 0
    assert not AuditLine.objects.exists()


def test_people_are_listed_and_given_roles() -> None:
    somebody("vera")
    assert command("person", "VERA", "--role", "operator").stdout == "vera: operator\n"
    (listed,) = json.loads(command("people", "--json").stdout)
    assert (listed["name"], listed["role"], listed["active"]) == ("vera", "operator", True)


def test_who_is_invited_by_command_comes_in(settings: Settings) -> None:
    settings.ADDRESS = "https://prospects.example"
    link = command("invite", "--role", "administrator").stdout.strip()
    assert link.startswith("https://prospects.example/invitation/")
    chosen = {"username": "neil", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post(link.removeprefix(settings.ADDRESS), chosen).status_code == 302
    assert Person.objects.get().role == Role.ADMINISTRATOR


def test_the_last_administrator_stays_one_and_a_name_is_told_that_comes_near() -> None:
    somebody("admin", Role.ADMINISTRATOR)
    assert "is the last administrator" in str(command("person", "admin", "--off").exception)
    assert "nobody is called 'amin'" in str(command("person", "amin", "--off").exception)


def test_the_log_is_narrowed_down_and_printed_whole(broker: Broker, tmp_path: Path) -> None:
    command("schedule", "pause", "dhs", "--reason", "the site moves")
    command("invite")
    (line,) = json.loads(command("audit", "--act", "pause", "--json").stdout)
    assert (line["kind"], line["thing"], line["after"]["reason"]) == (
        "schedule", "collect dhs", "the site moves",
    )  # fmt: skip
    assert len(json.loads(command("audit", "--through", "command", "--json").stdout)) == 2
    assert "Nobody did that" in command("audit", "--by", "nobody").stderr
