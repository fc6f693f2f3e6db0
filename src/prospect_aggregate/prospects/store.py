"""Bulk writes: COPY on PostgreSQL, many rows in a statement on SQLite; the ORM is for pages."""

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection

Values = Sequence[Any]
PAGE = 100
"""Rows; SQLite remembers a statement and what was bound to it, and one of five hundred rows takes megabytes."""


def insert(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """All rows in one sweep. Column names are our own constants, never input."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    rows = itertools.chain([first], rows)
    if connection.vendor == "postgresql":
        _copy(table, columns, rows)
        return
    start = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608
    places = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for page in _pages(rows, width=len(columns)):
            values = itertools.chain.from_iterable(map(_adapted, page))
            cursor.execute(start + ", ".join([places] * len(page)), list(values))


def _pages(rows: Iterable[Values], *, width: int) -> Iterator[list[Values]]:
    """As many rows as go into one statement.

    SQLite's index of words is kept by a trigger, and written out at the end of every statement: with one row in each,
    that takes as long as everything else.
    """
    most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // width
    rest = iter(rows)
    while page := list(itertools.islice(rest, min(PAGE, most))):
        yield page


def insert_for(found: str, by: int, table: str, columns: Sequence[str], values: Values) -> None:
    """One row for each prospect `found`, in their order: its number, then these values. Nothing of them comes here."""
    places = ", ".join(["%s"] * len(values))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) SELECT id, {places} FROM prospects_prospect"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE {found} = %s ORDER BY id", [*_adapted(values), by])


def update(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Each row is its new values and, last, its primary key."""
    assignments = ", ".join(f"{column} = %s" for column in columns)
    statement = f"UPDATE {table} SET {assignments} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_adapted(row) for row in rows])


def _copy(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(_adapted(row))


def _adapted(row: Values) -> list[Any]:
    return [adapt(value) if (adapt := _ADAPT.get(type(value))) else value for value in row]


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


@lru_cache(maxsize=1_000)
def _moment(value: datetime) -> Any:
    """All rows of an edition were seen at the same moment."""
    return connection.ops.adapt_datetimefield_value(value)


_ADAPT: dict[type, Callable[[Any], Any]] = {dict: _json, list: _json, datetime: _moment, Decimal: str}
