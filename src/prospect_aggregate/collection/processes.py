"""Who is alive: every process says so by itself, and nobody else says it for it."""

import logging
import os
import shutil
import socket
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import Error

from prospect_aggregate.collection import clock, duties, forks
from prospect_aggregate.collection.models import Process
from prospect_aggregate.collection.outcomes import one_line

logger = logging.getLogger(__name__)
SIGN_EVERY = 5.0  # seconds
SILENT_AFTER = timedelta(seconds=30)  # six signs missed
FORGOTTEN_AFTER = timedelta(days=7)

Kind = Process.Kind
Troubles = Callable[[], Mapping[str, str]]
"""What a process knows to be wrong: cause → sentence."""


class Presence:
    """Says from a thread of its own that this process lives, how it is, and looks after the others (`look`).

    Duties have threads beside it.
    """

    def __init__(
        self,
        kind: Process.Kind,
        *,
        look: Callable[[], object],
        troubles: Troubles = dict,
        alive: Callable[[], bool] = lambda: True,
    ) -> None:
        """`alive` tells whether the process does its work: a thread goes on while a loop hangs."""
        self.kind, self._look, self._troubles, self._alive = kind, look, troubles, alive
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._over = threading.Event()
        self._duties = duties.Duties()
        self._thread = threading.Thread(target=self._live, name=f"presence of {kind}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Says goodbye, so that nobody looks for the dead."""
        self._over.set()
        self._thread.join(timeout=SIGN_EVERY)

    def _live(self) -> None:
        self._each(self._begin)
        while not self._over.wait(SIGN_EVERY):
            self._each(self._say)
            self._duties.begin()
        self._each(self._end)

    def _each(self, act: Callable[[datetime], object]) -> None:
        """A database that is away costs one sign, not the thread."""
        try:
            with forks.none():
                act(clock.now())
        except Error as error:
            logger.warning("%s: no sign of life written: %s", self.kind, one_line(error))

    def _begin(self, now: datetime) -> None:
        Process.objects.filter(heard_at__lt=now - FORGOTTEN_AFTER).delete()
        Process.objects.create(
            kind=self.kind, name=self.name, started_at=now, heard_at=now, disk_free=disk_free()
        )
        self._look()

    def _say(self, now: datetime) -> None:
        if self._alive():
            facts = {"heard_at": now, "disk_free": disk_free(), "troubles": dict(self._troubles())}
            if not Process.objects.filter(name=self.name).update(**facts):
                self._begin(now)  # the database was away when we came, or was restored since
        self._look()

    def _end(self, now: datetime) -> None:
        Process.objects.filter(name=self.name).update(ended_at=now, heard_at=now)


def disk_free() -> int | None:
    """Bytes left in the home; None where there is none yet."""
    try:
        return shutil.disk_usage(settings.HOME).free
    except OSError:
        return None


@dataclass(frozen=True)
class Signs:
    """Who was heard, read at one moment for all that is told of it."""

    now: datetime
    alive: dict[Process.Kind, list[Process]]
    """Heard lately, and not gone with a goodbye; the freshest first."""

    @property
    def everybody(self) -> list[Process]:
        return [process for alive in self.alive.values() for process in alive]

    @cached_property
    def newest(self) -> dict[Process.Kind, Process | None]:
        """Of each kind one that lives, else the one heard last; None when there never was one."""
        return {kind: alive[0] if alive else _last(kind) for kind, alive in self.alive.items()}

    @cached_property
    def first_at(self) -> datetime:
        """When the first of those that are still known started; now when there is none."""
        first = Process.objects.order_by("started_at").first()
        return first.started_at if first else self.now


def signs(*, now: datetime) -> Signs:
    lately = list(Process.objects.filter(ended_at=None, heard_at__gt=now - SILENT_AFTER))
    return Signs(now, {kind: [each for each in lately if each.kind == kind] for kind in Kind})


def _last(kind: Process.Kind) -> Process | None:
    return Process.objects.filter(kind=kind).order_by("-heard_at").first()
