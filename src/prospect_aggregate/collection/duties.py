"""What whichever process lives does beside its own work; the rooms above say what."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import Error

from prospect_aggregate.collection import clock, forks
from prospect_aggregate.collection.outcomes import one_line

logger = logging.getLogger(__name__)
EVERY = 30.0  # seconds; each time is a thread and a connection, and what is due by the hour can wait as long
Duty = Callable[[datetime], object]
_registered: dict[str, Duty] = {}


def register(name: str, duty: Duty) -> None:
    """Two of a name would hide each other."""
    if name in _registered:
        raise ValueError(f"a duty {name!r} is registered already")
    _registered[name] = duty


class Duties:
    """Each in a thread that lives as long as the duty takes: one that hangs or breaks stops no sign of life."""

    def __init__(self, *, every: float = EVERY) -> None:
        self._every, self._next = every, 0.0
        self._going: dict[str, threading.Thread] = {}

    def begin(self) -> None:
        """Called more often than it does anything."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        for name, duty in _registered.items():
            going = self._going.get(name)
            if going is None or not going.is_alive():
                thread = threading.Thread(target=_do, args=(name, duty), name=f"duty: {name}", daemon=True)
                self._going[name] = thread
                thread.start()


def _do(name: str, duty: Duty) -> None:
    """A database that is away costs one time."""
    try:
        with forks.none():
            duty(clock.now())
    except Error as error:
        logger.warning("%s: not done: %s", name, one_line(error))
