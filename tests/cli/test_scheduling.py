"""The schedule's commands: what they change, what they say, and that rows follow."""

from collections.abc import Callable
from datetime import timedelta

import click
import pytest
from click.testing import CliRunner

from prospect_aggregate.celery_app import app
from prospect_aggregate.cli import home
from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection import clock, schedules
from prospect_aggregate.collection.models import Run, Schedule
from prospect_aggregate.collection.schedules import ScheduleChangedError
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.tasks.schedule import slots_in_code

pytestmark = pytest.mark.django_db
Command = Callable[..., str]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Types `prospects schedule …` in this process, whose database is there; what it raises is raised here."""
    monkeypatch.setattr(home, "_is_new", lambda: False)

    def type_it(*words: str) -> str:
        done = CliRunner().invoke(
            prospects, ["schedule", *words], catch_exceptions=False, standalone_mode=False
        )
        return done.output

    return type_it


def row(name: str = "collect dhs") -> Schedule:
    return Schedule.objects.get(name=name)


def test_called_bare_it_lists(command: Command) -> None:
    assert "collect dhs" in command("--limit", "50")
    assert '"name": "check dhs"' in command("--json")


@pytest.mark.parametrize("name", ["collect dhs", "Collect DHS", "dhs", "Homeland Security"])
def test_a_row_is_named_by_its_name_or_its_source(command: Command, name: str) -> None:
    command("--json")
    command("pause", name, "--reason", "moved")
    assert row().paused


def test_an_unknown_name_says_what_comes_near(command: Command) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'collect dhs'"):
        command("resume", "collect dsh")


def test_a_pause_says_until_when(command: Command) -> None:
    until = clock.now() + timedelta(days=9)
    said = command("pause", "dhs", "--until", f"{until:%Y-%m-%dT%H:%M}", "--reason", "moved")
    assert said == f"collect dhs is paused until {until:%Y-%m-%d %H:%M} UTC\n"
    assert row().next_at > until


def test_a_pause_needs_a_reason(command: Command) -> None:
    with pytest.raises(click.MissingParameter):
        command("pause", "dhs")


def test_resumed_it_says_when_it_fires(command: Command) -> None:
    assert "until somebody resumes it" in command("pause", "dhs", "--reason", "moved")
    assert f"the next at {row().next_at:%Y-%m-%d %H:%M}" in command("resume", "dhs")
    assert not row().paused


def test_every_sets_the_cadence_and_code_takes_it_back(command: Command) -> None:
    assert "every 2 h at" in command("every", "dhs", "120")
    assert (row().cadence_minutes, row().edited) == (120, True)
    command("every", "dhs", "code")
    assert schedules.slots_of(row()) == slots_in_code(app.conf.beat_schedule, "collect dhs")
    assert not row().edited


@pytest.mark.parametrize("cadence", ["often", "0", "-5"])
def test_a_cadence_that_makes_no_sense_is_refused(command: Command, cadence: str) -> None:
    with pytest.raises((click.UsageError, ValueError)):
        command("every", "--", "dhs", cadence)
    assert not Schedule.objects.exclude(set_by="").exists()


def test_at_moves_the_next_firing(command: Command) -> None:
    moment = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    said = command("at", "dhs", f"{moment:%Y-%m-%dT%H:%M}")
    assert said.endswith(f"the next at {moment:%Y-%m-%d %H:%M}\n")
    assert (row().next_at, row().edited) == (moment, False)


def test_at_a_time_that_has_passed_is_refused(command: Command) -> None:
    with pytest.raises(ValueError, match="has passed; fire it now instead"):
        command("at", "dhs", "2020-01-01")


def test_a_paused_row_is_not_moved(command: Command) -> None:
    command("pause", "dhs", "--reason", "moved")
    with pytest.raises(ScheduleChangedError, match="resume it first"):
        command("at", "dhs", f"{clock.now() + timedelta(days=1):%Y-%m-%d}")


def test_now_asks_for_a_run_and_leaves_the_slot(command: Command) -> None:
    command("--json")
    before = row().next_at
    said = command("now", "dhs")
    run = Run.objects.get()
    assert said == f"collect dhs: run {run.pk} is asked for; the engine takes it\n"
    assert row().next_at == before
