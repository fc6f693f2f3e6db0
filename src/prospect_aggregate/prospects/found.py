"""What a question finds, in one pass: how many on each shelf and day, and which ones where they are few."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.entries import Entry, EntryQuerySet
from prospect_aggregate.prospects.filters import Filters
from prospect_aggregate.prospects.models import DORMANT_AFTER
from prospect_aggregate.prospects.raw import chunks
from prospect_aggregate.prospects.search import entries

MOST = 20_000
"""Above it, looking again costs less than carrying the numbers along."""
Day = date | None
Spot = tuple[str, Day]
"""A shelf, and the last day that decides it."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each shelving (`Entry`), and its spot; `few` has the number of each, and is None where it is many."""

    counts: dict[str, int]
    spots: dict[str, Spot]
    few: list[tuple[int, str]] | None

    @property
    def shelves(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for shelving, count in self.counts.items():
            counts[self.spots[shelving][0]] += count
        return counts

    def days(self, shelf: str) -> dict[Day, int]:
        """Last day → how many of a shelf end on it."""
        there = ((last, shelving) for shelving, (each, last) in self.spots.items() if each == shelf)
        return {last: self.counts[shelving] for last, shelving in there}

    def shelvings(self, shelf: str, days: Collection[Day]) -> set[str]:
        return {it for it, (each, last) in self.spots.items() if each == shelf and last in days}


def found(asked: Filters, *, day: date) -> Found:
    """Where that is slow it looks once, for as long as nothing happens."""
    return memo.kept(f"found {day} {asked}", None, partial(_look, asked, day), slower=memo.SLOW)


def _look(asked: Filters, day: date) -> Found:
    counts: Counter[str] = Counter()
    few: list[tuple[int, str]] = []
    for rows in chunks(entries(asked, day=day).values_list("pk", "shelving")):
        counts.update([shelving for _, shelving in rows])
        few += rows if len(few) <= MOST else ()
    return Found(counts, {it: _spot(it, day) for it in counts}, few if len(few) <= MOST else None)


def _spot(shelving: str, day: date) -> Spot:
    """The shelf on that day, as `on_shelves` has it (a test holds them together)."""
    name, _, text = shelving.partition(" ")
    last = date.fromisoformat(text) if text else None
    if name != "here":
        return name, last
    if last is None:
        return "undated", None
    return "upcoming" if last >= day else "passed" if last >= day - DORMANT_AFTER else "dormant", last


def those(pks: Iterable[int], *, day: date) -> EntryQuerySet:
    """Their entries. The numbers go in as one parameter: databases limit how many there may be."""
    numbers = sorted(pks)
    if connection.vendor == "postgresql":
        chosen = RawSQL("SELECT unnest(%s::bigint[])", [numbers])
    else:
        chosen = RawSQL("SELECT value FROM json_each(%s)", [str(numbers)])
    return Entry.objects.filter(Q(pk__in=chosen)).on_shelves(day)
