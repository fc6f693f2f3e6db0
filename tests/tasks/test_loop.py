"""The one loop that decides when."""

from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from celery.schedules import crontab
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prospect_aggregate.collection import schedules
from prospect_aggregate.collection.models import Run, Schedule, Source
from prospect_aggregate.tasks import loop
from prospect_aggregate.tasks.registry import TaskRegistry
from prospect_aggregate.tasks.table_scheduler import catch_up, seed
from prospect_aggregate.tasks.task_factory import create_scraper_task
from tests.given import LISTING, a_run, a_source, claimed

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(minute=30, second=0, microsecond=0)


@pytest.fixture
def tasks() -> TaskRegistry:
    """One source, and a broker that nobody answers: the loop needs none."""
    registry = TaskRegistry()
    app = Celery("apart", broker="redis+socket:///nowhere.sock", set_as_current=False)
    app.conf.broker_transport_options = {"max_retries": 0}  # as ours: a send fails at once
    registry.register_scraper_task("Listing", create_scraper_task("Listing", LISTING.run, app=app))
    return registry


HOURLY = crontab(minute="0")


def entries(schedule: Any = HOURLY, task: str = "run_listing_scraper_task") -> dict[str, dict[str, Any]]:
    return {"collect listing": {"task": task, "schedule": schedule}}


def seeded(tasks: TaskRegistry, **facts: Any) -> Schedule:
    """The row of the hourly entry, due at NOW unless told otherwise."""
    seed(entries(), tasks, now=NOW)
    Schedule.objects.update(**{"next_at": NOW, **facts})
    return Schedule.objects.get()


def test_a_due_slot_makes_one_run_and_moves_on(tasks: TaskRegistry) -> None:
    row = seeded(tasks)
    assert loop.fire(row, tasks, now=NOW)
    row.refresh_from_db()
    run = Run.objects.get()
    assert (run.request, run.trigger, run.status) == (f"slot {NOW.isoformat()}", "schedule", "queued")
    assert row.next_at == NOW + timedelta(minutes=30)


def test_a_slot_taken_by_another_beat_is_not_fired_again(tasks: TaskRegistry) -> None:
    row = seeded(tasks)
    assert loop.fire(row, tasks, now=NOW)
    assert not loop.fire(row, tasks, now=NOW)
    assert Run.objects.count() == 1


def test_missed_slots_become_one_and_are_counted(tasks: TaskRegistry) -> None:
    row = seeded(tasks, next_at=NOW - timedelta(minutes=210))
    loop.fire(row, tasks, now=NOW)
    row.refresh_from_db()
    assert (Run.objects.count(), row.missed) == (1, 3)
    assert row.next_at > NOW


@pytest.mark.parametrize("pause", [{"paused": True}, {"paused_until": NOW + timedelta(hours=1)}])
def test_a_paused_row_is_not_due(tasks: TaskRegistry, pause: dict[str, Any]) -> None:
    seeded(tasks, **pause)
    assert loop.tick(tasks, now=NOW).fired == 0


def test_a_pause_that_ended_is_over(tasks: TaskRegistry) -> None:
    seeded(tasks, paused_until=NOW - timedelta(hours=1))
    assert loop.tick(tasks, now=NOW).fired == 1


def test_a_row_of_an_unknown_task_is_skipped_and_kept(tasks: TaskRegistry) -> None:
    seeded(tasks, task="run_removed_scraper_task")
    assert loop.tick(tasks, now=NOW).fired == 0
    assert Schedule.objects.get().next_at == NOW


def test_rows_of_unknown_tasks_keep_nobody_waiting(tasks: TaskRegistry) -> None:
    seeded(tasks)
    removed = [strange(f"collect removed {number}") for number in range(2 * loop.AT_MOST)]
    Schedule.objects.bulk_create(removed)
    assert loop.tick(tasks, now=NOW).fired == 1
    assert Schedule.objects.filter(next_at=NOW - timedelta(days=1)).count() == len(removed)


def test_the_loop_sleeps_although_a_row_of_an_unknown_task_is_due(tasks: TaskRegistry) -> None:
    Schedule.objects.bulk_create([strange("collect removed")])
    assert loop.next_due(since=NOW, now=NOW, at_most=timedelta(seconds=3)) == timedelta(seconds=3)


def test_the_loop_wakes_for_the_next_slot(tasks: TaskRegistry) -> None:
    seeded(tasks, next_at=NOW + timedelta(seconds=2))
    sleep = loop.next_due(since=NOW, now=NOW + timedelta(seconds=1), at_most=timedelta(seconds=3))
    assert sleep == timedelta(seconds=1)


def test_a_slot_that_came_during_a_tick_is_taken_at_once(tasks: TaskRegistry) -> None:
    seeded(tasks, next_at=NOW + timedelta(seconds=1))
    sleep = loop.next_due(since=NOW, now=NOW + timedelta(seconds=2), at_most=timedelta(seconds=3))
    assert sleep == timedelta(0)


def test_a_firing_moved_by_hand_comes_once_and_the_slots_go_on(tasks: TaskRegistry) -> None:
    row = seeded(tasks)
    schedules.run_at(row, NOW + timedelta(minutes=10), by="ana", now=NOW)
    assert loop.tick(tasks, now=NOW + timedelta(minutes=9)).fired == 0
    assert loop.tick(tasks, now=NOW + timedelta(minutes=10)).fired == 1
    row.refresh_from_db()
    assert (row.next_at, row.moved_by, row.missed) == (NOW + timedelta(minutes=30), "", 0)


def test_ten_thousand_rows_cost_a_tick_no_more_statements_than_one(
    tasks: TaskRegistry, django_assert_num_queries: Any
) -> None:
    seeded(tasks, next_at=NOW + timedelta(hours=1))
    with CaptureQueriesContext(connection) as few:
        loop.tick(tasks, now=NOW)
    coming = [strange(f"collect {number}", next_at=NOW + timedelta(hours=1)) for number in range(10_000)]
    Schedule.objects.bulk_create(coming)
    with django_assert_num_queries(len(few)):
        loop.tick(tasks, now=NOW)


def strange(name: str, **facts: Any) -> Schedule:
    """A row of a task that this process does not know, due since yesterday unless told otherwise."""
    slots = {"cadence_minutes": 1440, "offset_minutes": 0, "seeded_cadence": 1440}
    facts = {"next_at": NOW - timedelta(days=1), "kind": "collect", **slots, **facts}
    return Schedule(name=name, task=f"{name} task", source_key="removed", **facts)


def test_a_silent_run_is_lost_and_queued_again(tasks: TaskRegistry) -> None:
    run = claimed(a_run())
    Run.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    assert loop.tick(tasks, now=timezone.now()).lost == 1
    run.refresh_from_db()
    assert (run.status, run.error_kind) == ("lost", "lost")
    assert Run.objects.get(attempt=2).status == "queued"


def test_a_run_that_gives_signs_of_life_is_left_alone(tasks: TaskRegistry) -> None:
    claimed(a_run())
    assert loop.tick(tasks, now=timezone.now() + timedelta(seconds=55)).lost == 0


def test_a_run_lost_again_and_again_is_given_up(tasks: TaskRegistry) -> None:
    a_run()
    for attempt in range(1, 5):
        run = Run.objects.get(attempt=attempt)
        Run.objects.filter(pk=run.pk).update(
            status="started", heartbeat_at=timezone.now() - timedelta(hours=1)
        )
        loop.tick(tasks, now=timezone.now())
    assert Run.objects.filter(status="lost").count() == 4
    assert not Run.objects.filter(status="queued").exists()


def test_a_message_nobody_took_is_sent_again_after_a_minute(tasks: TaskRegistry) -> None:
    a_run()
    now = timezone.now()
    assert [loop._unsent(now + timedelta(seconds=wait)) != [] for wait in (0,)] == [True]
    loop.tick(tasks, now=now)
    assert loop._unsent(now + timedelta(seconds=30)) == []
    assert len(loop._unsent(now + timedelta(seconds=61))) == 1


def test_an_attempt_waits_for_its_time(tasks: TaskRegistry) -> None:
    a_run(not_before=NOW + timedelta(minutes=5))
    assert loop._unsent(NOW) == []
    assert len(loop._unsent(NOW + timedelta(minutes=5))) == 1


def test_the_oldest_wait_least(tasks: TaskRegistry) -> None:
    first, second = a_run(), a_run()
    Run.objects.filter(pk=second.pk).update(queued_at=NOW - timedelta(days=1))
    assert loop._unsent(timezone.now()) == [second, first]


def test_a_new_entry_becomes_a_row(tasks: TaskRegistry) -> None:
    seed(entries(), tasks, now=NOW)
    row = Schedule.objects.get()
    assert (row.task, row.source_key, row.kind, row.cadence_minutes) == (
        "run_listing_scraper_task",
        "listing",
        "collect",
        60,
    )


def test_an_unedited_row_follows_the_code(tasks: TaskRegistry) -> None:
    seed(entries(), tasks, now=NOW)
    seed(entries(crontab(minute="0", hour="6")), tasks, now=NOW)
    assert Schedule.objects.get().cadence_minutes == 1440


def test_an_edited_row_stays_as_edited(tasks: TaskRegistry) -> None:
    seed(entries(), tasks, now=NOW)
    Schedule.objects.update(cadence_minutes=30)
    seed(entries(crontab(minute="0", hour="6")), tasks, now=NOW)
    assert Schedule.objects.get().cadence_minutes == 30


def test_a_row_that_follows_the_code_stays_paused_until_its_time(tasks: TaskRegistry) -> None:
    row, until = seeded(tasks), NOW + timedelta(days=3)
    schedules.pause(row, until=until, reason="moved", by="ana", now=NOW)
    seed(entries(crontab(minute="0", hour="6")), tasks, now=NOW)
    row = Schedule.objects.get()
    assert (row.cadence_minutes, row.paused_until, row.next_at > until) == (1440, until, True)


def test_a_firing_moved_by_hand_survives_a_start(tasks: TaskRegistry) -> None:
    """Although the source was never collected, and its code has other slots now."""
    row, moment = seeded(tasks), NOW + timedelta(days=2)
    schedules.run_at(row, moment, by="ana", now=NOW)
    seed(entries(crontab(minute="0", hour="6")), tasks, now=NOW)
    catch_up(tasks, now=NOW)
    assert Schedule.objects.get().next_at == moment


def test_ten_thousand_entries_are_seeded_in_few_statements(tasks: TaskRegistry) -> None:
    many = {f"collect {number}": {"task": f"task {number}", "schedule": HOURLY} for number in range(10_000)}
    with CaptureQueriesContext(connection) as first:
        seed(many, tasks, now=NOW)
    with CaptureQueriesContext(connection) as again:
        seed(many, tasks, now=NOW)
    assert Schedule.objects.count() == 10_000
    assert (len(first) < 500, len(again) < 5) == (True, True)  # SQLite takes 999 values in one statement


def test_a_source_that_this_process_does_not_know_is_not_caught_up(tasks: TaskRegistry) -> None:
    row = strange("collect removed", next_at=NOW + timedelta(hours=1))
    row.save()
    catch_up(tasks, now=NOW)
    assert Schedule.objects.get().next_at == NOW + timedelta(hours=1)


def test_a_source_never_collected_is_due_within_a_minute(tasks: TaskRegistry) -> None:
    seeded(tasks, next_at=NOW + timedelta(hours=1))
    catch_up(tasks, now=NOW)
    assert NOW <= Schedule.objects.get().next_at <= NOW + timedelta(seconds=60)


def test_a_fresh_source_waits_for_its_slot(tasks: TaskRegistry) -> None:
    seeded(tasks, next_at=NOW + timedelta(hours=1))
    Source.objects.filter(pk=a_source().pk).update(last_good_at=NOW - timedelta(hours=1))
    catch_up(tasks, now=NOW)
    assert Schedule.objects.get().next_at == NOW + timedelta(hours=1)


def test_a_late_source_that_was_just_tried_is_not_tried_at_every_start(tasks: TaskRegistry) -> None:
    seeded(tasks, next_at=NOW + timedelta(minutes=20), last_at=NOW - timedelta(minutes=40))
    catch_up(tasks, now=NOW)
    assert Schedule.objects.get().next_at == NOW + timedelta(minutes=20)
