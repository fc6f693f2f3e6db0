"""What an operator asks first: who is alive, what waits, which source needs a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from prospect_aggregate.collection import leases
from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.tasks.table_scheduler import LEASE

NOT_TAKEN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact; a trouble is one that waits for a person."""

    text: str
    trouble: bool = False


def status_lines() -> Iterator[Line]:
    """Worked out now, from the database alone: nothing that died can have left it green."""
    now = timezone.now()
    yield _beat(now)
    yield _queue(now)
    for source in Source.objects.all():
        health = health_of(source, now=now)
        why = f": {health.reason}" if health.reason else ""
        yield Line(
            f"{source.key} is {health.state}{why}", trouble=health.state not in ("fresh", "disabled", "never")
        )


def _beat(now: datetime) -> Line:
    owner = leases.holder(LEASE, now=now)
    if owner is None:
        return Line(
            "no beat is running: nothing is collected by schedule; start `prospects up`", trouble=True
        )
    return Line(f"beat runs as {owner}")


def _queue(now: datetime) -> Line:
    waiting = Run.objects.due(now)
    stuck = waiting.filter(queued_at__lte=now - NOT_TAKEN_AFTER).count()
    if stuck:
        return Line(f"{stuck} runs have waited for more than 5 minutes: no worker takes them", trouble=True)
    started = Run.objects.filter(status=Run.Status.STARTED).count()
    return Line(f"{started} runs in progress, {waiting.count()} waiting")
