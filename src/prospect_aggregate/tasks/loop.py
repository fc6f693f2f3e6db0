"""The one loop that decides when: due slots, waiting attempts, unsent messages, lost runs."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from prospect_aggregate.collection import health, runs
from prospect_aggregate.collection.models import Run, Schedule, Source
from prospect_aggregate.collection.outcomes import LostError
from prospect_aggregate.collection.slots import next_slot, slots_between
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.tasks import policy, wakeup
from prospect_aggregate.tasks.registry import TaskRegistry

logger = logging.getLogger(__name__)
AT_MOST = 50  # of each kind a tick, oldest first: a backlog drains, the lease is renewed in time
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did."""

    fired: int
    lost: int
    sent: int

    @property
    def more(self) -> bool:
        """Whether as much was done as one tick does, so that more may wait."""
        return max(self.fired, self.lost, self.sent) >= AT_MOST


def tick(tasks: TaskRegistry, *, now: datetime) -> Ticked:
    """Only the holder of the beat's lease calls this. It needs no worker, only the database."""
    fired = sum(fire(row, tasks, now=now) for row in _due(tasks, now))
    fired += sum(knock(source, tasks, now=now) for source in _shut(now))
    lost = sum(recover(run, now=now) for run in _silent(now))
    sent = sum(_send(run, tasks) for run in _unsent(now))
    return Ticked(fired, lost, sent)


def _due(tasks: TaskRegistry, now: datetime) -> list[Schedule]:
    """Rows of tasks that this process knows; the others wait, however many, for one that does."""
    strange: set[str] = set()
    while True:
        rows = list(Schedule.objects.due(now).exclude(task__in=strange)[:AT_MOST])
        found = {row.task for row in rows if not tasks.knows(row.task)}
        if not found:
            return rows
        strange |= found


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
            moved_by="",
            last_at=now,
            missed=slots_between(slot, now, row.cadence_minutes, row.offset_minutes),
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


def knock(source: Source, tasks: TaskRegistry, *, now: datetime) -> bool:
    """Ask for the daily try at a source that is blocked and whose slots are rarer; the day is the reason.

    False when this process does not know the source; the run is sent by this tick, like any that waits.
    """
    try:
        tasks.get_scraper_task(source.key)
    except UnknownNameError:
        return False
    runs.request(source, reason=f"day {now:%Y-%m-%d}", trigger=Run.Trigger.SCHEDULE)
    return True


def _shut(now: datetime) -> list[Source]:
    """Blocked sources that were not tried for a day and will not be by their slots."""
    rare = Schedule.objects.awake(now).filter(kind="collect", cadence_minutes__gt=DAY / timedelta(minutes=1))
    last = Run.objects.telling().filter(source=OuterRef("pk")).order_by("-finished_at")
    newest = Source.objects.filter(key__in=rare.values("source_key")).annotate(
        last_status=Subquery(last.values("status")[:1]), tried_at=Subquery(last.values("finished_at")[:1])
    )
    shut = newest.filter(last_status=Run.Status.BLOCKED, tried_at__lte=now - DAY)
    return list(shut.exclude(runs__status__in=[Run.Status.QUEUED, Run.Status.STARTED])[:AT_MOST])


def recover(run: Run, *, now: datetime) -> bool:
    """End a run whose worker fell silent, and queue its next attempt while the policy allows one."""
    seen = run.heartbeat_at
    assert seen is not None  # noqa: S101  # `silent` selects by it
    error = LostError(f"no sign of life from {run.worker or 'its worker'} since {seen:%H:%M:%S} UTC")
    decision = policy.decide(error, attempt=run.attempt, now=now, site=health.site_of(run))
    return runs.fail(run, error, decision, now=now)


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


def next_due(*, since: datetime, now: datetime, at_most: timedelta) -> timedelta:
    """How long the loop may sleep that took all it may take of what was due at `since`."""
    coming = Schedule.objects.awake(now).filter(next_at__gt=since).order_by("next_at")
    next_at = coming.values_list("next_at", flat=True).first()
    until = next_at - now if next_at else at_most
    return min(max(until, timedelta(0)), at_most)
