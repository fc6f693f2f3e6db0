"""Programs as short as they can be that load the same rows: `… limits NAME STEPS`, with the product's own readers.

They keep no bytes, no history, no record of what they did, judge nothing, and have no index but what they need.
"""

import json
import os
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from prospect_aggregate.prospects.record import COLUMNS, record_of
from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.errors import RowError
from prospect_aggregate.scrapers.registry import scraper_registry

Load = Callable[[str, Path], int]
NAMES = ("source", *COLUMNS)
PLACES = ", ".join("?" * len(NAMES))
NEWER = ", ".join(f"{name} = excluded.{name}" for name in (*COLUMNS, "digest"))
TABLE = f"CREATE TABLE prospects ({', '.join(NAMES)}"
TYPED = ", ".join(f"{name} text" for name in NAMES)


def records(key: str, path: Path) -> Iterator[tuple[Any, ...]]:
    """Read and normalised; each number once, as the product has it."""
    scraper = scraper_registry.get_scraper(key)
    assert isinstance(scraper, Scraper)
    table, layout = scraper.read(path.read_bytes())
    plan, numbers = layout.plan(table, source=scraper.name), set[str]()
    for number, cells in table.rows:
        try:
            first, *others = record_of(scraper.draft(Row(number, cells), plan))
        except RowError:
            continue
        if first in numbers and scraper.repeats:
            first = f"{first}~{number}"
        if first not in numbers:
            numbers.add(first)
            yield (key, first, *map(_plain, others))


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    return orjson.dumps(value, default=str).decode() if isinstance(value, list | dict) else str(value)


def digested(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (*row, blake2b(orjson.dumps(row), digest_size=16).digest())


def on_sqlite(*statements: str) -> sqlite3.Connection:
    connection = sqlite3.connect(Path(os.environ["BENCH_HOME"]) / "limit.sqlite3")
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", *statements):
        connection.execute(statement)
    return connection


def inserted() -> Load:
    """executemany into one table without any index."""
    connection = on_sqlite(f"{TABLE})")

    def load(key: str, path: Path) -> int:
        with connection:
            return connection.executemany(
                f"INSERT INTO prospects VALUES ({PLACES})", records(key, path)
            ).rowcount

    return load


def guarded() -> Load:
    """An upsert of all rows that writes those whose digest differs."""
    connection = on_sqlite(f"{TABLE}, digest, UNIQUE (source, native_id))")
    upsert = (
        f"INSERT INTO prospects VALUES ({PLACES}, ?) ON CONFLICT (source, native_id) DO UPDATE SET {NEWER} "
        "WHERE digest <> excluded.digest"
    )

    def load(key: str, path: Path) -> int:
        with connection:
            return connection.executemany(upsert, digested(records(key, path))).rowcount

    return load


def copied() -> Load:
    """COPY into one table without any index."""
    connection = _on_postgresql(f"CREATE TABLE limit_copied ({TYPED})")

    def load(key: str, path: Path) -> int:
        with connection.transaction(), connection.cursor() as cursor:
            return _copy(cursor, "limit_copied", records(key, path))

    return load


def merged() -> Load:
    """COPY of all rows beside, then INSERT … ON CONFLICT of those whose digest differs."""
    columns = f"{TYPED}, digest bytea"
    connection = _on_postgresql(f"CREATE TABLE limit_merged ({columns}, UNIQUE (source, native_id))")
    merge = (
        f"INSERT INTO limit_merged AS kept SELECT * FROM beside ON CONFLICT (source, native_id) DO UPDATE SET {NEWER} "
        "WHERE kept.digest <> excluded.digest"
    )

    def load(key: str, path: Path) -> int:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE beside ({columns}) ON COMMIT DROP")
            count = _copy(cursor, "beside", digested(records(key, path)))
            cursor.execute(merge)
            return count

    return load


def _on_postgresql(statement: str) -> Any:
    import psycopg

    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    connection.execute(statement)
    return connection


def _copy(cursor: Any, table: str, rows: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def read() -> Load:
    """Read and count."""

    def load(key: str, path: Path) -> int:
        return sum(1 for _ in scraper_registry.get_scraper(key).read(path.read_bytes())[0].rows)

    return load


LIMITS = {made.__name__: made for made in (inserted, guarded, copied, merged, read)}


def main(name: str, steps: dict[str, list[tuple[str, str]]]) -> None:
    scraper_registry.discover(sources)
    load, said = LIMITS[name](), {}
    for step, files in steps.items():
        began, worked = time.perf_counter(), time.process_time()
        rows = sum(load(key, Path(path)) for key, path in files)
        took, spent = time.perf_counter() - began, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        said[step] = {"seconds": took, "cpu": spent, "peak": peak, "rows": rows}
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
