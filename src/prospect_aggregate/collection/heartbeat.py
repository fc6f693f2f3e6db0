"""The sign of life of a run, from a thread of its own, and the watch over it: ended elsewhere, too much memory."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error, connection

from prospect_aggregate.collection import clock, leases, memory
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.outcomes import MemoryLimitError
from prospect_aggregate.collection.runlog import RunLog
from prospect_aggregate.collection.runs import owner

logger = logging.getLogger(__name__)
LOOKS_EVERY = 1.0  # seconds between two looks at memory and at the run's status
MOVING = ("fetch", "read", "draft")  # stages whose counts move; later ones may hold the run's row for a while
KILLED_AFTER = 3.0  # seconds from SIGTERM to SIGKILL: inside one long SQL statement the former is not heard

Interrupt = Callable[[signal.Signals], None]
"""Ends whatever works for the run, by a signal to its process."""


class Heartbeat:
    """While entered, says every few seconds that the run lives; ends its work when the run is over already.

    Parsing may be busy, the pulse is not. Without `interrupt` the work goes on to its next conditional update.
    """

    def __init__(
        self,
        log: RunLog,
        *,
        too_much: Callable[[MemoryLimitError], object],
        interrupt: Interrupt | None = None,
    ) -> None:
        self._log, self._run = log, log.run
        self._too_much, self._interrupt = too_much, interrupt
        self._over = threading.Event()
        self._said = time.monotonic()
        self._counted = (log.run.rows, log.run.bytes)
        self._thread = threading.Thread(
            target=self._watch, name=f"heartbeat of run {log.run.pk}", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        try:
            while not self._over.wait(LOOKS_EVERY):
                if self._must_end():
                    self._end()
                    return
        finally:
            connection.close()

    def _must_end(self) -> bool:
        try:
            self._say()
            self._log.write()
            return self._is_too_large() or self._was_ended()
        except Error as error:  # the next look tries again; a database that stays away makes the run lost
            logger.warning("run %s: heartbeat not written: %s", self._run.pk, error)
            return False

    def _say(self) -> None:
        """Every few seconds; and at a look in which the counts moved, for whoever watches them."""
        run = self._run
        counted = (run.rows, run.bytes)
        due = time.monotonic() - self._said >= settings.HEARTBEAT_EVERY.total_seconds()
        if not due and (counted == self._counted or run.stage not in MOVING):
            return
        now = clock.now()
        Run.objects.filter(pk=run.pk, status=Run.Status.STARTED).update(
            heartbeat_at=now, stage=run.stage, rows=counted[0], bytes=counted[1]
        )
        self._counted = counted
        if due:
            leases.renew_all(owner(run), ttl=settings.LOST_AFTER, now=now)
            self._said = time.monotonic()

    def _is_too_large(self) -> bool:
        used = memory.used()
        if used <= settings.MEMORY_LIMIT:
            return False
        said = f"it took {used / 2**20:,.0f} MB of memory, more than the {settings.MEMORY_LIMIT / 2**20:,.0f} allowed"
        self._too_much(MemoryLimitError(said))
        return True

    def _was_ended(self) -> bool:
        """By a person who cancelled it, or by a beat that took it for lost.

        The work itself ends its run a moment before it leaves; it says so in the run before it writes it.
        """
        status = Run.objects.filter(pk=self._run.pk).values_list("status", flat=True).first()
        return status is not None and status != Run.Status.STARTED and not self._run.ended

    def _end(self) -> None:
        if self._interrupt is None:
            return
        logger.warning("run %s is over; its work is ended", self._run.pk)
        self._interrupt(signal.SIGTERM)
        if not self._over.wait(KILLED_AFTER):
            self._interrupt(signal.SIGKILL)
