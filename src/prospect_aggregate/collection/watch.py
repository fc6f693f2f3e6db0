"""What is wrong with the engine and its sources, worked out when somebody looks; and the look that tells people."""

import logging
import os
import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from prospect_aggregate.collection import alerts, clock, deliveries, leases
from prospect_aggregate.collection.health import each_condition
from prospect_aggregate.collection.models import Alert, Process, Run
from prospect_aggregate.collection.processes import Kind, Signs, signs

logger = logging.getLogger(__name__)
NOT_TAKEN_AFTER = timedelta(minutes=5)
RESTART = timedelta(seconds=60)  # a process that is away for so long was not just started anew
LOOKS_EVERY = timedelta(seconds=10)
FRESHNESS_EVERY = timedelta(seconds=60)  # limits are hours; whoever looked, the next look waits for so long
NEEDED = {
    Kind.WORKER: "nothing is being collected",
    Kind.BEAT: "nothing is collected by schedule",
    Kind.WEB: "nobody can look at the pages",
}
"""What it means when none of a kind is alive."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with the engine, in a sentence, and since when."""

    cause: str
    text: str
    since: datetime
    told_after: timedelta = timedelta(0)
    """How long it must have lasted before anybody is told."""


def engine_troubles(*, now: datetime, heard: Signs | None = None) -> list[Trouble]:
    """From signs of life and the clock alone: nothing that died can have left it well."""
    heard = heard or signs(now=now)
    return [*_dead(heard), *_queue(heard), *_disk(heard), *_reported(heard)]


def _dead(heard: Signs) -> Iterator[Trouble]:
    """Also a kind that was never started here, but for the pages: a cluster may have them elsewhere or not at all."""
    for kind, meaning in NEEDED.items():
        newest = heard.newest[kind]
        if heard.alive[kind] or (newest is None and kind == Kind.WEB):
            continue
        since = newest.heard_at if newest else heard.first_at
        yield Trouble(f"no_{kind}", f"{_lack(kind, newest)}; {meaning}", since, RESTART)


def _lack(kind: Process.Kind, newest: Process | None) -> str:
    if newest is None:
        return f"No {kind} was ever heard here"
    how = "stopped" if newest.ended_at else "has not been heard since"
    return f"The last {kind} {how} {_clock(newest.heard_at)}"


def _queue(heard: Signs) -> Iterator[Trouble]:
    waiting = Run.objects.due(heard.now)
    oldest = Run.objects.waiting_since(heard.now)
    if oldest and oldest <= heard.now - NOT_TAKEN_AFTER and heard.alive[Kind.WORKER]:
        text = f"{waiting.count()} runs wait since {_clock(oldest)}: no worker takes them"
        yield Trouble("queue", text, oldest + NOT_TAKEN_AFTER)


def _disk(heard: Signs) -> Iterator[Trouble]:
    told = [each for each in heard.everybody if each.disk_free is not None]
    least = min(told, key=lambda each: each.disk_free or 0, default=None)
    if least and (least.disk_free or 0) < settings.DISK_LEAST:
        left = (least.disk_free or 0) / 2**20
        yield Trouble("disk", f"The disk of the archive has only {left:,.0f} MB left", least.heard_at)


def _reported(heard: Signs) -> Iterator[Trouble]:
    """What living processes say of themselves and of what they stand on; each cause once."""
    said: dict[str, Trouble] = {}
    for process in heard.everybody:
        for cause, text in process.troubles.items():
            said.setdefault(cause, Trouble(cause, text, process.heard_at))
    yield from said.values()


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def look(*, now: datetime | None = None) -> None:
    """Open alerts for what is wrong, close those that are over, send what is due: by one process at a time."""
    now = now or clock.now()
    if leases.take("watch", f"{socket.gethostname()}:{os.getpid()}", ttl=LOOKS_EVERY, now=now):
        _engine(now)
    if leases.take("watch over freshness", f"{uuid.uuid4()}", ttl=FRESHNESS_EVERY, now=now):
        _late_sources(now)
    deliveries.send_due(now=now)


def _engine(now: datetime) -> None:
    found = {trouble.cause: trouble for trouble in engine_troubles(now=now)}
    for alert in Alert.objects.open().filter(subject=alerts.ENGINE):
        if alert.cause not in found:
            alerts.close(alert, now=now)
    for trouble in found.values():
        if trouble.since <= now - trouble.told_after:
            alerts.open_alert(alerts.ENGINE, trouble.cause, trouble.text, since=trouble.since, now=now)


def _late_sources(now: datetime) -> None:
    """No run tells that a source became late: only the clock does."""
    told = {alert.subject: alert for alert in Alert.objects.open().filter(cause=alerts.LATE)}
    for condition in each_condition(now=now):
        source, health = condition.source, condition.health
        if health.state == alerts.LATE:
            since = health.since or now
            alerts.open_alert(source.key, alerts.LATE, health.reason, since=since, now=now)
        elif source.key in told:
            alerts.close(told[source.key], now=now)
