"""Who is alive, read from signs of life when it is asked: nothing that died can have left it green."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from prospect_aggregate.collection import deliveries, watch
from prospect_aggregate.collection.models import Process as Heard
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.processes import Kind, Signs, signs
from prospect_aggregate.web.alert_words import digests_untold, untold
from prospect_aggregate.web.moments import span

WORDS = {Kind.WORKER: "worker", Kind.BEAT: "schedule", Kind.WEB: "web"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One part of the engine: its shape, what is known of it."""

    name: str
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class Process:
    worker: Sign
    beat: Sign
    disk: str
    """What is left of it, as people write it; empty where nobody tells."""
    waiting: int
    running: int
    alarm: str
    """What is wrong with the engine, in sentences that stand above everything."""
    untold: str
    """Which messages about alerts have not arrived; empty when all have."""


def process(*, now: datetime) -> Process:
    heard = signs(now=now)
    return Process(
        worker=_sign(Kind.WORKER, heard),
        beat=_sign(Kind.BEAT, heard),
        disk=_disk(heard.everybody),
        waiting=Run.objects.due(now).count(),
        running=Run.objects.filter(status=Run.Status.STARTED).count(),
        alarm=" ".join(f"{trouble.text}." for trouble in watch.engine_troubles(now=now, heard=heard)),
        untold="; ".join(filter(None, (untold(deliveries.undelivered()), digests_untold()))),
    )


def _sign(kind: Heard.Kind, heard: Signs) -> Sign:
    if alive := heard.alive[kind]:
        many = f"{len(alive)} heard" if len(alive) > 1 else "heard"
        return Sign(WORDS[kind], "fresh", f"{many} {span(heard.now - alive[0].heard_at)} ago")
    newest = heard.newest[kind]
    if newest is None:
        return Sign(WORDS[kind], "never", "never heard")
    return Sign(WORDS[kind], "failing", f"none for {span(heard.now - newest.heard_at)}")


def _disk(heard: Iterable[Heard]) -> str:
    left = [each.disk_free for each in heard if each.disk_free is not None]
    return f"{min(left) / 2**30:,.0f} GB free" if left else ""
