"""Figures worked out once for as long as nothing happens to what they are counted from."""

import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Max

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.models import Pair

T = TypeVar("T")
KEPT_FOR = 24 * 3600
SLOW = 0.05
"""Seconds, of what a reader waits for."""
_NEVER = object()


def kept(key: str, source: Source | None, work_out: Callable[[], T], *, slower: float = 0) -> T:
    """What `work_out` gives; again only when a run ended or a person decided about a pair since.

    What takes fewer seconds than `slower` is worked out again each time: room is for what is slow.
    """
    name = _name(key, source)
    found: Any = cache.get(name, _NEVER)
    if found is _NEVER:
        began = time.perf_counter()
        found = work_out()
        if time.perf_counter() - began >= slower:
            cache.set(name, found, KEPT_FOR)
    result: T = found
    return result


def known(key: str, source: Source | None) -> bool:
    """Whether it is at hand already."""
    return _name(key, source) in cache


def _name(key: str, source: Source | None) -> str:
    """Short, however much was asked: caches limit names."""
    return blake2b(f"{key} {version_of(source)}".encode(), digest_size=16).hexdigest()


def version_of(source: Source | None) -> str:
    """Of what is kept of one source, or of all."""
    runs, pairs = Run.objects.order_by(), Pair.objects.order_by()
    if source is not None:
        runs, pairs = runs.filter(source=source), pairs.filter(newer__source=source)
    moments = runs.aggregate(at=Max("finished_at"))["at"], pairs.aggregate(at=Max("at"))["at"]
    return "-".join(f"{at.timestamp()}" if at else "none" for at in moments)
