"""What people do to the schedule; every act is a conditional update that the beat may race."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q

from prospect_aggregate.collection import audit
from prospect_aggregate.collection.models import Schedule, Source
from prospect_aggregate.collection.slots import next_slot
from prospect_aggregate.scrapers.catalog import UnknownNameError, nearest

LONGEST_REASON = 200  # characters, as the column
MOST_CADENCE = 366 * 24 * 60  # minutes
FARTHEST = timedelta(days=366)


class ScheduleChangedError(Exception):
    """Somebody else changed the row since it was shown; look again before deciding."""


@dataclass(frozen=True, slots=True)
class Slots:
    """When a task fires: `cadence` minutes apart, `offset` minutes after Monday 00:00 UTC."""

    cadence: float
    offset: float

    def after(self, moment: datetime, count: int = 5) -> list[datetime]:
        """The next firings, for a person to look at before saving."""
        first = next_slot(moment, self.cadence, self.offset)
        return [first + timedelta(minutes=self.cadence) * number for number in range(count)]

    def every(self, cadence: float) -> "Slots":
        """Another cadence with this offset, as far as it fits: sources stay spread."""
        return Slots(cadence, self.offset % cadence if cadence > 0 else 0)


@dataclass(frozen=True, slots=True)
class Firing:
    """What fires when."""

    at: datetime
    row: Schedule


def row_named(name: str) -> Schedule:
    """By its own name, or the collections of a source by its key or display name. Raises UnknownNameError."""
    called = Source.objects.filter(name__iexact=name).values("key")
    of_source = Schedule.objects.filter(Q(source_key__iexact=name) | Q(source_key__in=called), kind="collect")
    found = Schedule.objects.filter(name__iexact=name).first() or of_source.first()
    if found is None:
        known = list(Schedule.objects.values_list("name", flat=True))
        raise UnknownNameError(f"no row of the schedule named {name!r}; {nearest(name, known)}")
    return found


def slots_of(row: Schedule) -> Slots:
    return Slots(row.cadence_minutes, row.offset_minutes)


def next_firings(count: int, *, now: datetime, known: Callable[[str], bool]) -> list[Firing]:
    """Of all rows together whose task is `known`, soonest first."""
    awake = Schedule.objects.awake(now).order_by("next_at", "pk").iterator(chunk_size=100)
    soonest = islice((row for row in awake if known(row.task)), count)
    merged = heapq.merge(*(_firings(row) for row in soonest), key=lambda firing: (firing.at, firing.row.pk))
    return list(islice(merged, count))


def _firings(row: Schedule) -> Iterator[Firing]:
    at = row.next_at
    while True:
        yield Firing(at, row)
        at = next_slot(at, row.cadence_minutes, row.offset_minutes)


def pause(row: Schedule, *, until: datetime | None, reason: str, by: str, now: datetime) -> None:
    """No more firings until then, or until somebody resumes; refused without a reason.

    A pause with an end moves the next slot behind it, so that the loop has nothing to wake up for.
    Raises ScheduleChangedError when it is paused already.
    """
    _check_pause(until, reason, now)
    facts: dict[str, object] = {"pause_reason": reason.strip(), "paused_by": by, "moved_by": ""}
    if until is None:
        facts |= {"paused": True, "paused_until": None}
    else:
        facts |= {"paused_until": until, "next_at": next_slot(until, row.cadence_minutes, row.offset_minutes)}
    with transaction.atomic():
        if (
            not Schedule.objects.filter(pk=row.pk)
            .exclude(pk__in=Schedule.objects.asleep(now))
            .update(**facts)
        ):
            raise ScheduleChangedError(f"{row.name} is paused already")
        audit.record("pause", "schedule", row.name, after={"until": until, "reason": reason.strip()})


def _check_pause(until: datetime | None, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise ValueError("say why: the reason is shown wherever the source appears")
    if len(reason.strip()) > LONGEST_REASON:
        raise ValueError(f"the reason is too long: use up to {LONGEST_REASON} characters")
    if until is not None and until <= now:
        raise ValueError("the pause would end in the past")


def resume(row: Schedule, *, now: datetime) -> None:
    """Fires again from its next slot on; what was missed is not made up. Raises ScheduleChangedError when awake."""
    facts = {
        "paused": False,
        "paused_until": None,
        "pause_reason": "",
        "paused_by": "",
        "next_at": next_slot(now, row.cadence_minutes, row.offset_minutes),
    }
    was = {"until": row.paused_until, "reason": row.pause_reason, "by": row.paused_by}
    with transaction.atomic():
        if not Schedule.objects.asleep(now).filter(pk=row.pk).update(**facts):
            raise ScheduleChangedError(f"{row.name} is not paused")
        audit.record("resume", "schedule", row.name, before=was, after={"next_at": facts["next_at"]})


def run_at(row: Schedule, moment: datetime, *, by: str, now: datetime) -> None:
    """The next firing at that moment, once; after it the slots go on as before.

    `row` is the row as it was shown; raises ScheduleChangedError when it has fired, was moved or paused since, and
    ValueError for a moment that cannot be meant.
    """
    if moment <= now:
        raise ValueError(f"{moment:%Y-%m-%d %H:%M} UTC has passed; fire it now instead")
    if moment > now + FARTHEST:
        raise ValueError(f"{moment:%Y-%m-%d} is more than a year ahead")
    if row.asleep(now):
        raise ScheduleChangedError(f"{row.name} is paused; resume it first")
    unchanged = Schedule.objects.awake(now).filter(pk=row.pk, next_at=row.next_at)
    with transaction.atomic():
        if not unchanged.update(next_at=moment, moved_by=by):
            raise ScheduleChangedError(f"{row.name} has fired or was changed since; this is how it is now")
        was, is_now = {"next_at": row.next_at}, {"next_at": moment}
        audit.record("move firing", "schedule", row.name, before=was, after=is_now)


def edit(row: Schedule, slots: Slots, *, by: str, now: datetime) -> None:
    """Other slots from now on; the edit wins over the code until it is taken back.

    `row` is the row as it was shown; raises ScheduleChangedError when it is another by now, and ValueError for
    slots that nobody can mean.
    """
    _check_slots(slots)
    _put(row, slots, "edit schedule", now=now, set_by=by)


def _check_slots(slots: Slots) -> None:
    if not 1 <= slots.cadence <= MOST_CADENCE:
        raise ValueError(f"a cadence of {slots.cadence:g} minutes: use 1 minute to 366 days")
    if not 0 <= slots.offset < slots.cadence:
        raise ValueError(f"an offset of {slots.offset:g} minutes: use 0 up to the cadence")


def follow_code(row: Schedule, slots: Slots, *, now: datetime) -> None:
    """Back to the slots that the code gives."""
    _put(row, slots, "follow code", now=now, set_by="", seeded_cadence=slots.cadence)


def _put(row: Schedule, slots: Slots, act: str, *, now: datetime, **facts: object) -> None:
    """A firing that somebody moved by hand is one of the new slots again."""
    start = max(now, row.paused_until or now)
    unchanged = Schedule.objects.filter(
        pk=row.pk, cadence_minutes=row.cadence_minutes, offset_minutes=row.offset_minutes
    )
    with transaction.atomic():
        moved = unchanged.update(
            cadence_minutes=slots.cadence,
            offset_minutes=slots.offset,
            next_at=next_slot(start, slots.cadence, slots.offset),
            moved_by="",
            **facts,
        )
        if not moved:
            raise ScheduleChangedError(f"{row.name} was edited by somebody else; this is how it is now")
        audit.record(act, "schedule", row.name, before=asdict(slots_of(row)), after=asdict(slots))
