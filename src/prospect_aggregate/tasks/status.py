"""What an operator asks first: who is alive, what waits, which source needs a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from prospect_aggregate.collection import clock, deliveries, held, watch
from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.collection.processes import Kind, Signs, signs
from prospect_aggregate.prospects.models import Pair

WELL = ("fresh", "disabled", "never")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact; a trouble is one that waits for a person."""

    text: str
    trouble: bool = False


def status_lines() -> Iterator[Line]:
    """Worked out now, from the database alone: nothing that died can have left it green."""
    now = clock.now()
    heard = signs(now=now)
    yield from (Line(trouble.text, trouble=True) for trouble in watch.engine_troubles(now=now, heard=heard))
    yield from _processes(heard)
    yield _queue(now)
    yield from _untold()
    if pairs := Pair.objects.waiting().count():
        yield Line(f"{pairs} likely pair{'s' * (pairs > 1)} of prospects to look at: `prospects pairs`")
    for source in Source.objects.all():
        health = health_of(source, now=now)
        why = f": {health.reason}" if health.reason else ""
        yield Line(f"{source.key} is {health.state}{why}", trouble=health.state not in WELL)
    yield from map(_held, held.waiting())


def _held(run: Run) -> Line:
    since = f"{run.finished_at:%Y-%m-%d %H:%M} UTC"
    text = f"{run.source}: the edition of run {run.pk} is held since {since}; `prospects review {run.source}`"
    return Line(text, trouble=True)


def _processes(heard: Signs) -> Iterator[Line]:
    for kind in (Kind.WORKER, Kind.BEAT, Kind.WEB):
        if alive := heard.alive[kind]:
            seconds = (heard.now - alive[0].heard_at).total_seconds()
            yield Line(f"{len(alive)} {kind} alive, heard {seconds:.0f} s ago")


def _queue(now: datetime) -> Line:
    started = Run.objects.filter(status=Run.Status.STARTED).count()
    return Line(f"{started} runs in progress, {Run.objects.due(now).count()} waiting")


def _untold() -> Iterator[Line]:
    for message in deliveries.undelivered():
        told = f"{message.channel} did not take the alert of {message.alert} ({message.error})"
        yield Line(told, trouble=True)
