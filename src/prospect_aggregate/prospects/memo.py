"""Figures worked out once for as long as nothing happens to what they are counted from."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Max

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.models import Pair

T = TypeVar("T")
KEPT_FOR = 24 * 3600
_NEVER = object()


def kept(
    key: str, source: Source | None, work_out: Callable[[], T], *, unless: Callable[[T], bool] | None = None
) -> T:
    """What `work_out` gives; again only when a run ended or a person decided about a pair since.

    What is worked out soon anyway need not be kept: `unless` says so of it.
    """
    name = _name(key, source)
    found: Any = cache.get(name, _NEVER)
    if found is _NEVER:
        found = work_out()
        if not (unless and unless(found)):
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
