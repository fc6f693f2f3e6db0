"""Figures worked out once for as long as nothing happens to what they are counted from."""

import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import connection

from prospect_aggregate.collection.models import Source

T = TypeVar("T")
KEPT_FOR = 24 * 3600
SLOW = 0.05
"""Seconds, of what a reader waits for."""
_NEVER = object()
_OF_ALL = """SELECT (SELECT max((SELECT max(finished_at) FROM collection_run WHERE source_id = each.id))
    FROM collection_source AS each), (SELECT max(at) FROM prospects_pair),
    (SELECT max(decided_at) FROM prospects_reuse), (SELECT max(version) FROM prospects_company),
    (SELECT max(undone_at) FROM collection_ruling)"""
_OF_ONE = """SELECT (SELECT max(finished_at) FROM collection_run WHERE source_id = %s),
    (SELECT max(at) FROM prospects_pair
        WHERE (SELECT source_id FROM prospects_prospect WHERE id = newer_id) = %s),
    (SELECT max(decided_at) FROM prospects_reuse
        WHERE (SELECT source_id FROM prospects_prospect WHERE id = prospect_id) = %s),
    (SELECT max(version) FROM prospects_company),
    (SELECT max(undone_at) FROM collection_ruling)"""
"""Asked by source and by row, where an index answers."""


def kept(
    key: str, source: Source | None, work_out: Callable[[], T], *, slower: float = 0, room: str = "default"
) -> T:
    """What `work_out` gives; again only when a run ended or a person acted since: decided about a pair or a number,
    took back what was let in, edited the company profile.

    What takes fewer seconds than `slower` is worked out again each time: room is for what is slow. What comes in
    numbers has a room of its own, so as not to crowd that out.
    """
    name, cache = _name(key, source), caches[room]
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
    return _name(key, source) in caches["default"]


def _name(key: str, source: Source | None) -> str:
    """Short, however much was asked: caches limit names."""
    return blake2b(f"{key} {version_of(source)}".encode(), digest_size=16).hexdigest()


def version_of(source: Source | None) -> str:
    """Of what is kept of one source, or of all. Every page asks, so it is one statement by itself."""
    with connection.cursor() as cursor:
        if source is None:
            cursor.execute(_OF_ALL)
        else:
            cursor.execute(_OF_ONE, [source.pk] * 3)
        return "-".join(map(str, cursor.fetchone()))
