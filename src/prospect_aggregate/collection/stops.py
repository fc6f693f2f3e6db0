"""The times in which no beat attended to the schedule, and what was missed in them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from prospect_aggregate.collection.models import Schedule, Stop
from prospect_aggregate.collection.slots import slots_between

INSTANT = timedelta(microseconds=1)


def record(began: datetime, ended: datetime, *, known: Callable[[str], bool]) -> Stop | None:
    """Called before the waiting slots are taken; None when no slot of a collection passed.

    Slots of tasks that are not `known` are nobody's to miss.
    """
    waiting = Schedule.objects.due(ended).filter(kind="collect")
    rows = waiting.values_list("task", "next_at", "cadence_minutes", "offset_minutes")
    missed = sum(
        slots_between(max(began, next_at - INSTANT), ended, cadence, offset)
        for task, next_at, cadence, offset in rows
        if known(task)
    )
    return Stop.objects.create(began_at=began, ended_at=ended, slots=missed) if missed else None
