"""What a question finds, as places in columns: counted at once, and each facet without its own filter.

SQLite looks up one row after another, so there a filter on a column that is kept (`blocks.py`) is asked once for each
text of the column, and the answer holds for all who have that text. PostgreSQL reads what matches.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, QuerySet, When

from prospect_aggregate.prospects import blocks, fulltext, memo, query, raw
from prospect_aggregate.prospects.columns import SHELVING, Array, Columns
from prospect_aggregate.prospects.conditions import condition, is_words
from prospect_aggregate.prospects.entries import FACETS, Entry
from prospect_aggregate.prospects.filters import Filters
from prospect_aggregate.prospects.models.lists import hidden
from prospect_aggregate.prospects.search import entries, narrowed
from prospect_aggregate.prospects.spots import spot

T = TypeVar("T")
TOLD_BY = {"outlook": SHELVING, "min_value": "band", "max_value": "band", **{name: name for name in FACETS}}
"""Filters that one column of those kept decides, and which."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Places of what matches all but the filters that are set apart, and which of them meet each of those."""

    columns: Columns
    pks: Array
    places: Array
    meets: Mapping[str, Array]

    def met(self, *, free: str | None = None) -> Array:
        """Places of those that meet every filter, or every one but `free`."""
        filters = [those for name, those in self.meets.items() if name != free]
        return self.places[np.logical_and.reduce(filters)] if filters else self.places


def are_at_hand() -> bool:
    """Whether looking again costs less than keeping what was found."""
    return connection.vendor != "postgresql"


def kept(name: str, work_out: Callable[[], T]) -> T:
    """What is worked out from hits: where that is slow, once for as long as nothing happens."""
    return work_out() if are_at_hand() else memo.kept(name, None, work_out, slower=memo.SLOW)


def at_once(asked: Filters) -> bool:
    """Whether it costs less to look once, with filters set apart, than again without each of them.

    An index of words finds the same again and again; others of PostgreSQL find few.
    """
    return are_at_hand() or bool(asked.text)


def hits(asked: Filters, *, day: date) -> Hits:
    """To tell where they lie: of columns, PostgreSQL reads shelvings alone."""
    return _looked_up(asked, day, ()) if are_at_hand() else _read(asked, day, (), (SHELVING,))


def counted_hits(asked: Filters, *, day: date, apart: Sequence[str]) -> Hits:
    """To count by facets, with each of the filters `apart` told by itself."""
    return _looked_up(asked, day, apart) if are_at_hand() else _read(asked, day, apart, (SHELVING, "cells"))


def _read(asked: Filters, day: date, apart: Sequence[str], texts: Sequence[str]) -> Hits:
    meets = {f"meets_{name}": Case(When(condition(asked, name), then=1), default=0) for name in apart}
    found = entries(asked.without(*apart), day=day).annotate(**meets)
    rows = [row for some in raw.chunks(found.values_list("pk", *texts, *meets)) for row in some]
    width = 1 + len(texts)
    met = np.array([row[width:] for row in rows], bool).reshape(len(rows), len(apart))
    return Hits(
        Columns.in_turn([row[:width] for row in rows]),
        np.array([row[0] for row in rows], np.int64),
        np.arange(len(rows)),
        {name: met[:, at] for at, name in enumerate(apart)},
    )


def _looked_up(asked: Filters, day: date, apart: Sequence[str]) -> Hits:
    columns = blocks.columns()
    told = [name for name in asked.asked if name in TOLD_BY]
    places = _places(asked.without(*told), columns, day)
    for name in told:
        if name not in apart:
            places = places[_meet(asked, name, columns, places, day)]
    meets = {name: _meet(asked, name, columns, places, day) for name in apart}
    return Hits(columns, places, places, meets)


def _meet(asked: Filters, name: str, columns: Columns, places: Array, day: date) -> Array:
    return _holding(asked, name, columns, day)[columns[TOLD_BY[name]].of[places]]


def _places(asked: Filters, columns: Columns, day: date) -> Array:
    """Of those that match what no column tells; each purchase once."""
    shown = columns[SHELVING].of > 0
    under = _parsed(raw.numbers(*hidden(connection.vendor)))
    shown[under[under < len(shown)]] = False
    if not asked.asked:
        return np.flatnonzero(shown)
    found = _sought(asked, day)
    found = found[found < len(shown)]  # none that came since
    return found[shown[found]]


def _sought(asked: Filters, day: date) -> Array:
    typed = query.parse(asked.text or "")
    if asked.asked == ["text"] and is_words(typed):
        return _parsed(raw.numbers(*fulltext.on_sqlite(typed)))
    return _numbers(narrowed(Entry.objects.all(), asked, day=day))


def _holding(asked: Filters, name: str, columns: Columns, day: date) -> Array:
    """By code of the column that decides it: whether the filter lets it pass."""
    if name == "outlook":
        return np.array(
            [bool(text) and spot(day, text)[0] in asked.outlook for text in columns[SHELVING].codes]
        )
    column = columns[TOLD_BY[name]]
    ones = Entry.objects.numbered(column.one_of_each)
    holding = np.zeros(len(column.codes), bool)
    holding[column.of[_numbers(ones.filter(condition(asked, name)))]] = True
    return holding


def _numbers(chosen: QuerySet[Any]) -> Array:
    try:
        return _parsed(raw.numbers(*raw.asked(chosen.values_list("pk"))))
    except EmptyResultSet:
        return np.zeros(0, np.int64)


def _parsed(numbers: str) -> Array:
    return np.fromstring(numbers, np.int64, sep=",")
