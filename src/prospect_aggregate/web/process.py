"""Who is alive, read from heartbeats when it is asked: nothing that died can have left it green."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min

from prospect_aggregate.collection.models import Lease, Run
from prospect_aggregate.tasks.status import NOT_TAKEN_AFTER
from prospect_aggregate.tasks.table_scheduler import LEASE, LEASE_FOR
from prospect_aggregate.web.moments import span


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
    waiting: int
    running: int

    @property
    def alarm(self) -> str:
        """The one sentence that stands above everything, when nothing is being collected."""
        dead = [sign for sign in (self.worker, self.beat) if sign.shape == "failing"]
        return " ".join(f"{sign.text[:1].upper()}{sign.text[1:]}." for sign in dead)


def process(*, now: datetime) -> Process:
    runs = Run.objects.filter(status=Run.Status.STARTED).aggregate(
        count=Count("pk"), heard=Max("heartbeat_at"), quietest=Min("heartbeat_at")
    )
    waiting = Run.objects.due(now).aggregate(count=Count("pk"), since=Min("queued_at"))
    worker = _worker(runs["heard"], runs["quietest"], waiting["since"], now)
    return Process(worker=worker, beat=_beat(now), waiting=waiting["count"], running=runs["count"])


def _worker(heard: datetime | None, quietest: datetime | None, waits: datetime | None, now: datetime) -> Sign:
    """Idle is no sign of life: only a run in progress proves a worker, only a stuck queue disproves it."""
    if waits and now - waits > NOT_TAKEN_AFTER:
        return Sign(
            "worker", "failing", f"no worker takes runs: the oldest has waited for {span(now - waits)}"
        )
    if quietest and now - quietest > 3 * settings.HEARTBEAT_EVERY:
        return Sign("worker", "late", f"one has been silent for {span(now - quietest)}")
    if heard:
        return Sign("worker", "fresh", f"at work, heard {span(now - heard)} ago")
    last = Run.objects.aggregate(last=Max("finished_at"))["last"]
    return Sign(
        "worker",
        "never",
        f"nothing to do, last run ended {span(now - last)} ago" if last else "nothing to do yet",
    )


def _beat(now: datetime) -> Sign:
    lease = Lease.objects.filter(name=LEASE).exclude(owner="").first()
    if lease is None:
        return Sign("schedule", "failing", "no beat has ever run here: nothing is collected by schedule")
    heard = max(now - (lease.expires_at - LEASE_FOR), timedelta(0))
    if lease.expires_at <= now:
        return Sign("schedule", "failing", f"no beat for {span(heard)}: nothing is collected by schedule")
    return Sign("schedule", "fresh", f"heard {span(heard)} ago")
