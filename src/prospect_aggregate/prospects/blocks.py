"""Which entries of the list changed, told by blocks of their numbers, so that a process can keep columns of them all.

On SQLite triggers give a block another version whenever an entry in it is written or gone. A version is drawn by
chance: equal versions mean equal entries, even where a transaction was rolled back and another one wrote in its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock, Thread

import orjson
from django.db import connection

from prospect_aggregate.prospects.columns import Columns, Row
from prospect_aggregate.prospects.entries import BLOCK

_VERSIONS = "SELECT json_group_object(block, version) FROM prospects_block"
_ROWS = f"""SELECT prospects_entry.id, shelving, cells FROM json_each(%s) AS changed CROSS JOIN prospects_entry
    WHERE prospects_entry.id BETWEEN changed.value * {BLOCK} AND changed.value * {BLOCK} + {BLOCK - 1}"""  # noqa: S608
CHUNK = 500
"""Rows read at once: their cells fit a processor's own memory, and two thousand take twice as long for each."""


@dataclass(frozen=True, slots=True)
class _Kept:
    versions: str
    columns: Columns


_lock = Lock()
_kept = _Kept("{}", Columns.empty())


def columns() -> Columns:
    """Of every entry, as it stands now: what changed since this process last looked is read again."""
    global _kept
    with _lock:
        versions = _read_versions()  # before the entries: those are never older than what they are called
        if versions != _kept.versions:
            _kept = _Kept(versions, _followed(_kept, versions))
        return _kept.columns


def warm() -> None:
    """Read them all before anybody asks, in a thread of its own: a million take some seconds."""
    if connection.vendor == "sqlite":
        Thread(target=_warmed, name="columns", daemon=True).start()


def _warmed() -> None:
    try:
        columns()
    finally:
        connection.close()


def _read_versions() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS)
        return str(cursor.fetchone()[0])


def _followed(kept: _Kept, versions: str) -> Columns:
    before, now = orjson.loads(kept.versions), orjson.loads(versions)
    changed = sorted(
        int(block) for block in before.keys() | now.keys() if before.get(block) != now.get(block)
    )
    size = (max(map(int, now), default=-1) + 1) * BLOCK
    ranges = [slice(block * BLOCK, (block + 1) * BLOCK) for block in changed]
    return kept.columns.at_numbers(_rows(changed), size=size, anew=ranges)


def _rows(changed: list[int]) -> Iterator[list[Row]]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [str(changed)])
        while rows := cursor.fetchmany(CHUNK):
            yield rows
