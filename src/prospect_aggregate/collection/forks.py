"""No process is forked off this one while a thread of it has the database open.

What is open at a fork is open in both, and neither knows of the other: SQLite's child believes that it holds its
parent's locks, waits for a writer that it does not have, or takes back the parent's transaction in the shared index
(https://www.sqlite.org/howtocorrupt.html, "Carrying an open database connection across a fork"). Celery forks a pool
process whenever one has ended, so every thread beside it, and every signal that it sends, works within `none`.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_gate = threading.Lock()
_this_thread = threading.local()
os.register_at_fork(before=_gate.acquire, after_in_parent=_gate.release, after_in_child=_gate.release)


@contextmanager
def none() -> Iterator[None]:
    """Until its end no fork begins in this process; then this thread's connection is closed."""
    with _gate:
        _this_thread.has_gate = True
        try:
            yield
        finally:
            _this_thread.has_gate = False
            connection.close()


@contextmanager
def allowed() -> Iterator[None]:
    """Within `none`, for what takes long without the database; anywhere else it changes nothing."""
    if not getattr(_this_thread, "has_gate", False):
        yield
        return
    connection.close()
    _gate.release()
    try:
        yield
    finally:
        _gate.acquire()
