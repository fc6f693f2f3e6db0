"""The generated schedule: what stock Celery takes, spread over its windows."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from celery.beat import Scheduler
from celery.schedules import crontab
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.tasks.registry import TaskRegistry
from prospect_aggregate.tasks.schedule import cron_of, fitted, generate_beat_schedule, slots_of
from prospect_aggregate.tasks.task_factory import create_scraper_task

CYCLES = [1, 5, 15, 30, 60, 120, 360, 720, 1440, 7 * 1440]


def registry_of(count: int, app: Celery) -> TaskRegistry:
    tasks = TaskRegistry()
    for number in range(count):
        tasks.register_scraper_task(
            f"source {number}", create_scraper_task(f"source {number}", list, app=app)
        )
    return tasks


@pytest.fixture
def app() -> Celery:
    return Celery("test", set_as_current=False)


def test_each_scraper_task_has_an_entry(app: Celery) -> None:
    schedule = generate_beat_schedule(registry_of(3, app))
    assert [entry["task"] for entry in schedule.values()] == [
        f"run_source_{number}_scraper_task" for number in range(3)
    ]


def test_it_is_the_same_at_every_start(app: Celery) -> None:
    tasks = registry_of(20, app)
    assert generate_beat_schedule(tasks) == generate_beat_schedule(tasks)


def test_no_two_tasks_of_a_cadence_share_a_minute(app: Celery) -> None:
    schedule = generate_beat_schedule(registry_of(200, app))
    assert len({slots_of(entry["schedule"]) for entry in schedule.values()}) == 200


def test_tasks_over_all_sources_are_for_people() -> None:
    from prospect_aggregate.celery_app import app as ours

    entries: dict[str, Any] = ours.conf.beat_schedule
    names = {entry["task"] for entry in entries.values()}
    assert not names & {"run_all_scrapers_task", "force_collect_task"}
    assert {"run_dhs_scraper_task", "check_dhs_task"} <= names


def test_celerys_own_scheduler_runs_the_same_dict(app: Celery) -> None:
    tasks = registry_of(3, app)
    app.conf.beat_schedule = generate_beat_schedule(tasks)
    stock = Scheduler(app=app)
    assert {entry.task for entry in stock.schedule.values()} >= {listed.name for listed in tasks}
    assert all(entry.is_due().next > 0 for entry in stock.schedule.values())


@given(st.sampled_from(CYCLES), st.integers(min_value=0))
def test_a_cron_line_says_the_slots_it_was_made_of(cadence: int, start: int) -> None:
    offset = start % cadence
    assert slots_of(cron_of(cadence, offset)) == (cadence, offset)


@given(st.integers(min_value=1, max_value=40 * 1440))
def test_a_source_is_never_collected_more_rarely_than_asked(minutes: int) -> None:
    assert fitted(timedelta(minutes=minutes)) <= minutes


def test_an_interval_of_seconds_is_a_row_too() -> None:
    assert slots_of(timedelta(seconds=1))[0] * 60 == pytest.approx(1)


def test_a_schedule_that_does_not_fire_evenly_cannot_be_a_row() -> None:
    with pytest.raises(ValueError, match="even intervals"):
        slots_of(crontab(minute="0", hour="6,9"))


def test_ten_thousand_entries_take_no_time() -> None:
    """A crontab costs more than a task; there are no more of them than minutes."""
    schedule = generate_beat_schedule(listed(10_000))
    assert len({id(entry["schedule"]) for entry in schedule.values()}) == 1440
    assert len({slots_of(entry["schedule"]) for entry in schedule.values()}) == 1440


def listed(count: int) -> TaskRegistry:
    """Tasks that cost nothing to make."""
    tasks = TaskRegistry()
    for number in range(count):
        task: Any = SimpleNamespace(name=f"run_{number}_task", source_key=str(number))
        tasks.register_scraper_task(str(number), task)
    return tasks
