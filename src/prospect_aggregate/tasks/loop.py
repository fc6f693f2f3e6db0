"""The one loop that decides when: due slots, waiting attempts, unsent messages, lost runs."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import Run, Schedule, Source
from prospect_aggregate.collection.outcomes import LostError
from prospect_aggregate.collection.slots import next_slot, slots_between
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.tasks import policy, wakeup
from prospect_aggregate.tasks.registry import TaskRegistry

logger = logging.getLogger(__name__)
AT_MOST = 50  # of each kind a tick, oldest first: a backlog drains, the lease is renewed in time


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did."""

    fired: int
    lost: int
    sent: int


def tick(tasks: TaskRegistry, *, now: datetime) -> Ticked:
    """Only the holder of the beat's lease calls this. It needs no worker, only the database."""
    fired = sum(fire(row, tasks, now=now) for row in Schedule.objects.due(now)[:AT_MOST])
    lost = sum(recover(run, now=now) for run in _silent(now))
    sent = sum(_send(run, tasks) for run in _unsent(now))
    return Ticked(fired, lost, sent)


def fire(row: Schedule, tasks: TaskRegistry, *, now: datetime) -> bool:
    """Take one due slot: move the row on by compare-and-set, record the run with it, publish after the commit.

    False when another beat took it, or this process does not know the task (a rolling deploy must not switch
    sources off).
    """
    try:
        task = tasks.get_task(row.task)
    except UnknownNameError:
        return False
    slot = row.next_at
    with transaction.atomic():
        moved = Schedule.objects.filter(pk=row.pk, next_at=slot, paused=False).update(
            next_at=next_slot(now, row.cadence_minutes, row.offset_minutes),
            last_at=now,
            missed=slots_between(slot, now, row.cadence_minutes),
        )
        if not moved:
            return False
        if row.kind != "collect":
            transaction.on_commit(lambda: wakeup.publish(task))
            return True
        source = Source.objects.named(row.source_key, getattr(task, "source_name", row.source_key))
        run = runs.request(source, reason=f"slot {slot.isoformat()}", trigger=Run.Trigger.SCHEDULE)
        wakeup.wake(run, task)
    return True


def recover(run: Run, *, now: datetime) -> bool:
    """End a run whose worker fell silent, and queue its next attempt while the policy allows one."""
    seen = run.heartbeat_at
    assert seen is not None  # noqa: S101  # `silent` selects by it
    error = LostError(f"no sign of life from {run.worker or 'its worker'} since {seen:%H:%M:%S} UTC")
    return runs.fail(run, error, policy.decide(error, attempt=run.attempt, now=now), now=now)


def _silent(now: datetime) -> list[Run]:
    return list(
        Run.objects.silent(now - settings.LOST_AFTER)
        .select_related("source")
        .order_by("heartbeat_at")[:AT_MOST]
    )


def _unsent(now: datetime) -> list[Run]:
    waiting = Run.objects.due(now).unsent(now - settings.RESEND_AFTER)
    return list(waiting.select_related("source").order_by("queued_at")[:AT_MOST])


def _send(run: Run, tasks: TaskRegistry) -> bool:
    try:
        task = tasks.get_scraper_task(run.source.key)
    except UnknownNameError:  # a process that knows the source will send it
        return False
    return wakeup.send(run.pk, task)


def next_due(*, now: datetime, at_most: timedelta) -> timedelta:
    """How long the loop may sleep."""
    row = Schedule.objects.awake(now).order_by("next_at").first()
    until = row.next_at - now if row else at_most
    return min(max(until, timedelta(0)), at_most)
