"""The signs of life of worker and beat, and their watch over the others."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

from prospect_aggregate.collection import watch
from prospect_aggregate.collection.ping import Pinger
from prospect_aggregate.collection.processes import Kind, Presence
from prospect_aggregate.tasks.wakeup import NOT_TAKEN

LOOP_HANGS_AFTER = 20.0  # seconds without a tick
BROKER_SECONDS = 2
TOLD_AFTER = 30.0  # seconds without an answer: a broker that restarts is no trouble

_presences: list[Presence] = []


@worker_ready.connect
def begin_worker(sender: Any, **_: Any) -> None:
    """In the worker's own process, whose pool processes come and go; its loop says by a timer that it turns."""
    loop = Loop()
    sender.timer.call_repeatedly(2.0, loop.turned)
    presence = Presence(Kind.WORKER, look=watch.look, alive=loop.turns)
    _presences.append(presence)
    presence.start()


@worker_shutting_down.connect
def end_worker(**_: Any) -> None:
    while _presences:
        _presences.pop().stop()


class Loop:
    """Whether a loop still turns."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def turned(self) -> None:
        self._last = time.monotonic()

    def turns(self) -> bool:
        return time.monotonic() - self._last < LOOP_HANGS_AFTER


def presence_of_beat(app: Celery, loop: Loop) -> Presence:
    """It also asks the broker, as no message may be under way, and reports to the outside monitor."""
    pinger, broker = Pinger(), BrokerLook(app)

    def look() -> None:
        watch.look()
        if loop.turns():
            pinger.ping()

    return Presence(Kind.BEAT, look=look, troubles=broker.troubles, alive=loop.turns)


class BrokerLook:
    """Whether the broker answers, and since when it does not."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._silent_since: float | None = None

    def troubles(self) -> Mapping[str, str]:
        if self._answers():
            self._silent_since = None
            return {}
        self._silent_since = self._silent_since or time.time()
        if time.time() - self._silent_since < TOLD_AFTER:
            return {}
        since = datetime.fromtimestamp(self._silent_since, UTC)
        return {
            "broker": f"The broker has not answered since {since:%Y-%m-%d %H:%M:%S} UTC; runs wait in the database"
        }

    def _answers(self) -> bool:
        try:
            with self._app.connection_for_write(connect_timeout=BROKER_SECONDS) as connection:
                connection.ensure_connection(max_retries=0, timeout=BROKER_SECONDS)
                return True
        except NOT_TAKEN:
            return False
