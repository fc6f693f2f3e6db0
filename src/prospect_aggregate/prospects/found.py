"""What a question finds, in one pass: how many on each shelf and day, and which ones where they are few."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import Count, Q
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
Spot = tuple[str, Day, str]
"""A shelf, the last day that decides it, and of which precision that is."""


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
        counts: dict[Day, int] = defaultdict(int)
        for shelving, (each, last, _) in self.spots.items():
            if each == shelf:
                counts[last] += self.counts[shelving]
        return counts

    def shelvings(self, shelf: str, days: Collection[Day]) -> set[str]:
        return {it for it, (each, last, _) in self.spots.items() if each == shelf and last in days}


def found(asked: Filters, *, day: date) -> Found:
    """Where that is slow it looks once, for as long as nothing happens."""
    return memo.kept(
        f"found {day} {asked}", None, partial(_look if asked.asked else _whole, asked, day), slower=memo.SLOW
    )


def _look(asked: Filters, day: date) -> Found:
    counts: Counter[str] = Counter()
    few: list[tuple[int, str]] = []
    for rows in chunks(entries(asked, day=day).values_list("pk", "shelving")):
        counts.update([shelving for _, shelving in rows])
        few += rows if len(few) <= MOST else ()
    return Found(counts, _spots(counts, day), few if len(few) <= MOST else None)


def _whole(asked: Filters, day: date) -> Found:
    """Where nothing is asked, an index holds all that is counted."""
    found = entries(asked, day=day).order_by().values_list("shelving").annotate(count=Count("pk"))
    counts = dict(found)
    return Found(counts, _spots(counts, day), None)


def _spots(shelvings: Iterable[str], day: date) -> dict[str, Spot]:
    return {shelving: _spot(day, *shelving.split(" ")) for shelving in shelvings}


def _spot(day: date, name: str, text: str, precision: str) -> Spot:
    """On the shelf of that day, as `on_shelves` has it (a test holds them together)."""
    last = date.fromisoformat(text) if text else None
    if name != "here":
        return name, last, precision
    if last is None:
        return "undated", None, precision
    shelf = "upcoming" if last >= day else "passed" if last >= day - DORMANT_AFTER else "dormant"
    return shelf, last, precision


def those(pks: Iterable[int], *, day: date) -> EntryQuerySet:
    """Their entries. The numbers go in as one parameter: databases limit how many there may be."""
    numbers = sorted(pks)
    if connection.vendor == "postgresql":
        chosen = RawSQL("SELECT unnest(%s::bigint[])", [numbers])
    else:
        chosen = RawSQL("SELECT value FROM json_each(%s)", [str(numbers)])
    return Entry.objects.filter(Q(pk__in=chosen)).on_shelves(day)
