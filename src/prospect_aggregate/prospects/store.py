"""Bulk writes: COPY on PostgreSQL, a table beside on SQLite; the ORM is for pages."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection, transaction

Values = Sequence[Any]


def insert(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """All rows in one sweep. Column names are our own constants, never input."""
    if (some := _unless_none(rows)) is None:
        return
    if connection.vendor == "postgresql":
        _copy(table, columns, some)
        return
    with _beside(some, width=len(columns)) as (staged, cells):
        start = f"INSERT INTO {table} ({', '.join(columns)})"
        _run(f"{start} SELECT {', '.join(cells)} FROM {staged} ORDER BY rowid")  # noqa: S608


def update(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Each row is its new values and, last, its primary key."""
    if (some := _unless_none(rows)) is None:
        return
    if connection.vendor == "postgresql":
        assignments = ", ".join(f"{column} = %s" for column in columns)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {assignments} WHERE id = %s", list(map(_adapted, some)))  # noqa: S608
        return
    with _beside(some, width=len(columns) + 1) as (staged, cells):
        values = ", ".join(f"{column} = {cell}" for column, cell in zip(columns, cells, strict=False))
        _run(f"UPDATE {table} SET {values} FROM {staged} WHERE {table}.id = {cells[-1]}")  # noqa: S608


def _unless_none(rows: Iterable[Values]) -> Iterator[Values] | None:
    """The same rows; None when there is none, and nothing to be said to the database."""
    ahead = iter(rows)
    first = next(ahead, None)
    return None if first is None else itertools.chain([first], ahead)


@contextmanager
def _beside(rows: Iterable[Values], *, width: int) -> Iterator[tuple[str, list[str]]]:
    """The rows in a table that this connection alone sees, and its columns; from there one statement takes them all.

    SQLite's index of words is kept by a trigger, and written out at the end of every statement: with one row in each,
    that takes as long as everything else.
    """
    staged, cells = f"staged_{width}", [f"cell_{at}" for at in range(width)]
    with transaction.atomic(savepoint=False), connection.wrap_database_errors:
        _run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {staged} ({', '.join(cells)})")
        statement = f"INSERT INTO {staged} VALUES ({', '.join('?' * width)})"  # noqa: S608
        connection.connection.executemany(statement, map(_adapted, rows))  # Django's own would keep all rows
        yield staged, cells
        _run(f"DELETE FROM {staged}")  # noqa: S608


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def insert_for(found: str, by: int, table: str, columns: Sequence[str], values: Values) -> None:
    """One row for each prospect `found`, in their order: its number, then these values. Nothing of them comes here."""
    places = ", ".join(["%s"] * len(values))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) SELECT id, {places} FROM prospects_prospect"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE {found} = %s ORDER BY id", [*_adapted(values), by])


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
