"""Bulk writes: COPY on PostgreSQL, executemany on SQLite; the ORM is for pages."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection

Values = Sequence[Any]


def insert(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """All rows in one sweep. Column names are our own constants, never input."""
    if connection.vendor == "postgresql":
        _copy(table, columns, rows)
        return
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, map(_adapted, rows))  # type: ignore[arg-type]  # it streams


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
