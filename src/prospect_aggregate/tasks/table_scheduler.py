"""Celery's beat over the schedule table: many may run, the one that holds the lease fires."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from django.db import Error, close_old_connections, transaction

from prospect_aggregate.collection import clock, memory
from prospect_aggregate.collection.models import Schedule, Source
from prospect_aggregate.collection.outcomes import one_line
from prospect_aggregate.collection.slots import next_slot
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.leading import Candidate
from prospect_aggregate.tasks.loop import next_due, tick
from prospect_aggregate.tasks.presence import Loop, presence_of_beat
from prospect_aggregate.tasks.registry import TaskRegistry, task_registry
from prospect_aggregate.tasks.schedule import slots_of

logger = logging.getLogger(__name__)
LONGEST_SLEEP = timedelta(seconds=3)  # an edit, a new run and a dead leader are seen within this
CATCH_UP = timedelta(seconds=60)  # sources that were never collected, or are late, are spread over this
AT_A_TIME = 500  # rows in one statement, or in memory


class TableScheduler(Scheduler):
    """Slots and their claims live in the database; nothing of the schedule lives in this process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._candidate = Candidate(task_registry)
        self._loop = Loop()
        self._is_prepared = False
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Not called on a scheduler that Celery makes only to print what it is."""
        self._presence = presence_of_beat(self.app, self._loop)
        self._presence.start()

    def _prepare(self) -> None:
        """Before the first tick, once the database answers: the table has what is registered."""
        if self._is_prepared:
            return
        now = clock.now()
        Source.objects.know(scraper_registry)  # by name before the first collection
        seed(self.app.conf.beat_schedule, task_registry, now=now)
        catch_up(task_registry, now=now)
        memory.trim()  # thousands of rows passed through
        self._is_prepared = True

    @property
    def schedule(self) -> dict[str, ScheduleEntry]:  # type: ignore[override]  # a variable, say the stubs; a property, says Celery
        """Celery's own entries: none, the table has them all."""
        return {}

    def tick(self, *args: Any, **kwargs: Any) -> float:  # noqa: ARG002
        """Seconds until the next tick. A database that is away costs ticks, not the process."""
        close_old_connections()
        self._loop.turned()
        try:
            self._prepare()
            return turn(self._candidate, task_registry).total_seconds()
        except Error as error:
            logger.warning("beat: the database does not answer: %s", one_line(error))
            return LONGEST_SLEEP.total_seconds()

    def sync(self) -> None:
        """Nothing is kept here that would have to be written back."""

    def close(self) -> None:
        self._presence.stop()
        with suppress(Error):  # without a database there is nothing to step back from
            self._candidate.step_back(now=clock.now())


def turn(candidate: Candidate, tasks: TaskRegistry) -> timedelta:
    """One tick of one beat, and how long it may sleep after it."""
    now = clock.now()
    if not candidate.take(now=now):
        return LONGEST_SLEEP
    did = tick(tasks, now=now)
    if did.fired or did.lost or did.sent:
        logger.info("beat: %s fired, %s found lost, %s sent", did.fired, did.lost, did.sent)
    clock.follow()
    return timedelta(0) if did.more else next_due(since=now, now=clock.now(), at_most=LONGEST_SLEEP)


def seed(entries: Mapping[str, Mapping[str, Any]], tasks: TaskRegistry, *, now: datetime) -> None:
    """Bring the table up to the generated schedule.

    A row nobody edited follows the code; an edited one stays; a row whose task this process does not know is left.
    """
    unseen, other = dict(entries), dict[str, Mapping[str, Any]]()
    rows = Schedule.objects.values_list("name", "cadence_minutes", "offset_minutes")
    for name, *slots in rows.iterator(chunk_size=AT_A_TIME):
        entry = unseen.pop(name, None)
        if entry and slots_of(entry["schedule"]) != tuple(slots):
            other[name] = entry
    with transaction.atomic():
        for names in _batches(unseen):
            new = [_new_row(name, unseen[name], tasks, now) for name in names]
            Schedule.objects.bulk_create(new, ignore_conflicts=True)
        for names in _batches(other):
            for row in Schedule.objects.filter(name__in=names):
                _follow(row, slots_of(other[row.name]["schedule"]), now)


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(names)
    while batch := list(islice(waiting, AT_A_TIME)):
        yield batch


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
    if not tasks.knows(task):
        return "", "other"
    listed = tasks.listed(task)
    return listed.source or "", listed.kind


def _follow(row: Schedule, slots: tuple[float, float], now: datetime) -> None:
    """A pause stays, and so does a firing that somebody moved by hand."""
    if row.edited:
        return
    cadence, offset = slots
    facts: dict[str, Any] = {"cadence_minutes": cadence, "offset_minutes": offset, "seeded_cadence": cadence}
    if not row.moved_by:
        facts["next_at"] = next_slot(max(now, row.paused_until or now), cadence, offset)
    unchanged = Schedule.objects.filter(pk=row.pk, cadence_minutes=row.seeded_cadence, moved_by=row.moved_by)
    unchanged.update(**facts)


def catch_up(tasks: TaskRegistry, *, now: datetime) -> None:
    """Sources without a good edition in their cadence are due within a minute, unless they were tried in it.

    So a new home is filled at once, and one that was down collects each source once. What somebody moved by hand, and
    sources that this process does not know, stay.
    """
    seen = dict(Source.objects.values_list("key", "last_good_at"))
    waiting = Schedule.objects.awake(now).filter(kind="collect", moved_by="", next_at__gt=now + CATCH_UP)
    rows = (row for row in waiting.iterator(chunk_size=AT_A_TIME) if tasks.knows(row.task))
    late = [(row.name, row.next_at) for row in rows if _is_late(row, seen.get(row.source_key), now)]
    with transaction.atomic():
        for name, next_at in late:
            Schedule.objects.filter(name=name, next_at=next_at).update(next_at=now + _spread(name))


def _is_late(row: Schedule, seen: datetime | None, now: datetime) -> bool:
    since = now - timedelta(minutes=row.cadence_minutes)
    return all(moment is None or moment < since for moment in (seen, row.last_at))


def _spread(name: str) -> timedelta:
    """The same part of the minute for the same name."""
    return CATCH_UP * (blake2b(name.encode(), digest_size=2).digest()[0] / 256)
