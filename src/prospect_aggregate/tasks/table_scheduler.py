"""Celery's beat over the schedule table: many may run, the one that holds the lease fires."""

import logging
import os
import socket
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from django.db import Error, close_old_connections
from django.utils import timezone

from prospect_aggregate.collection import leases
from prospect_aggregate.collection.models import Schedule, Source
from prospect_aggregate.collection.slots import next_slot
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.loop import next_due, tick
from prospect_aggregate.tasks.presence import Loop, presence_of_beat
from prospect_aggregate.tasks.registry import TaskRegistry, task_registry
from prospect_aggregate.tasks.schedule import slots_of

logger = logging.getLogger(__name__)
LEASE = "beat"
LEASE_FOR = timedelta(seconds=15)
LONGEST_SLEEP = timedelta(seconds=3)  # an edit, a new run and a dead leader are seen within this
CATCH_UP = timedelta(seconds=60)  # sources that were never collected, or are late, are spread over this


class TableScheduler(Scheduler):
    """Slots and their claims live in the database; nothing of the schedule lives in this process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.leading = False
        self._loop = Loop()
        super().__init__(*args, **kwargs)
        self._presence = presence_of_beat(self.app, self._loop)
        self._presence.start()

    def setup_schedule(self) -> None:
        now = timezone.now()
        for registered in scraper_registry:  # known by name before the first collection
            Source.objects.of(registered)
        seed(self.app.conf.beat_schedule, task_registry, now=now)
        catch_up(now=now)

    @property
    def schedule(self) -> dict[str, ScheduleEntry]:  # type: ignore[override]  # a variable, say the stubs; a property, says Celery
        """Celery's own entries: none, the table has them all."""
        return {}

    def tick(self, *args: Any, **kwargs: Any) -> float:  # noqa: ARG002
        """Seconds until the next tick. A database that is away costs ticks, not the process."""
        close_old_connections()
        self._loop.turned()
        try:
            return self._tick(timezone.now()).total_seconds()
        except Error as error:
            logger.warning("beat: the database does not answer: %s", error)
            return LONGEST_SLEEP.total_seconds()

    def _tick(self, now: datetime) -> timedelta:
        if not self._lead(now):
            return LONGEST_SLEEP
        did = tick(task_registry, now=now)
        if did.fired or did.lost or did.sent:
            logger.info("beat: %s fired, %s found lost, %s sent", did.fired, did.lost, did.sent)
        return next_due(now=timezone.now(), at_most=LONGEST_SLEEP)

    def _lead(self, now: datetime) -> bool:
        leading = leases.take(LEASE, self.owner, ttl=LEASE_FOR, now=now)
        if leading != self.leading:
            logger.info("beat: %s", "this one fires" if leading else "another one fires")
        self.leading = leading
        return leading

    def sync(self) -> None:
        """Nothing is kept here that would have to be written back."""

    def close(self) -> None:
        self._presence.stop()
        leases.release(LEASE, self.owner, now=timezone.now())


def seed(entries: Mapping[str, Mapping[str, Any]], tasks: TaskRegistry, *, now: datetime) -> None:
    """Bring the table up to the generated schedule.

    A row nobody edited follows the code; an edited one stays; a row whose task this process does not know is left.
    """
    rows = {row.name: row for row in Schedule.objects.all()}
    new = [_new_row(name, entry, tasks, now) for name, entry in entries.items() if name not in rows]
    Schedule.objects.bulk_create(new, ignore_conflicts=True)
    for name, entry in entries.items():
        if name in rows:
            _follow(rows[name], entry, now)


def _new_row(name: str, entry: Mapping[str, Any], tasks: TaskRegistry, now: datetime) -> Schedule:
    cadence, offset = slots_of(entry["schedule"])
    source, kind = _belongs(entry["task"], tasks)
    return Schedule(
        name=name,
        task=entry["task"],
        source_key=source,
        kind=kind,
        cadence_minutes=cadence,
        offset_minutes=offset,
        seeded_cadence=cadence,
        next_at=next_slot(now, cadence, offset),
    )


def _belongs(task: str, tasks: TaskRegistry) -> tuple[str, str]:
    """The source's key and the kind of a task; an entry that somebody added for a task of theirs has neither."""
    for listed in tasks:
        if listed.name == task:
            return listed.source or "", listed.kind
    return "", "other"


def _follow(row: Schedule, entry: Mapping[str, Any], now: datetime) -> None:
    cadence, offset = slots_of(entry["schedule"])
    if row.edited or (row.cadence_minutes, row.offset_minutes) == (cadence, offset):
        return
    Schedule.objects.filter(pk=row.pk, cadence_minutes=row.seeded_cadence).update(
        cadence_minutes=cadence,
        offset_minutes=offset,
        seeded_cadence=cadence,
        next_at=next_slot(now, cadence, offset),
    )


def catch_up(*, now: datetime) -> None:
    """Sources without a good edition in their cadence are due within a minute, unless they were tried in it.

    So a new home is filled at once, and one that was down collects each source once.
    """
    sources = {source.key: source for source in Source.objects.all()}
    for row in Schedule.objects.awake(now).filter(kind="collect", next_at__gt=now + CATCH_UP):
        source = sources.get(row.source_key)
        cadence = timedelta(minutes=row.cadence_minutes)
        tried = row.last_at and now - row.last_at < cadence
        if not _seen_since(now - cadence, source) and not tried:
            Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=now + _spread(row.name))


def _seen_since(moment: datetime, source: Source | None) -> bool:
    return source is not None and source.last_good_at is not None and source.last_good_at >= moment


def _spread(name: str) -> timedelta:
    """The same part of the minute for the same name."""
    return CATCH_UP * (blake2b(name.encode(), digest_size=2).digest()[0] / 256)
