"""How much memory this process has, and what it gives back of it."""

import ctypes
import gc
import resource
import sys
from functools import cache
from pathlib import Path

from django.db import connection

_STATM = Path("/proc/self/statm")
_MALLOC_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)


def used() -> int:
    """Bytes resident now; where the system does not tell, the most there ever were."""
    try:
        return int(_STATM.read_text().split()[1]) * resource.getpagesize()
    except FileNotFoundError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def keep_few_pages() -> None:
    """Of SQLite's database: those mapped and remembered count as ours, and a collection comes back to few of them."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        for statement in ("PRAGMA mmap_size=0", "PRAGMA cache_size=-4000"):
            connection.connection.execute(statement)


@cache
def collect_seldom() -> None:
    """Once for this process. What it imported stays; and rows on their way hold nothing that holds them: looking for
    such circles at every 700 new objects, as Python does, took an eighth of a first load."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def trim() -> None:
    """Freed memory goes back to the system. glibc keeps it otherwise, for a next list that comes in a day."""
    if _MALLOC_TRIM:
        _MALLOC_TRIM(0)
