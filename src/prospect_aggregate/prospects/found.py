"""What a question finds, in one pass: how many on each shelf and day, and which ones where they are few."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from django.db.models import Count

from prospect_aggregate.prospects.columns import SHELVING, Array
from prospect_aggregate.prospects.filters import Filters
from prospect_aggregate.prospects.hits import are_at_hand, hits, kept
from prospect_aggregate.prospects.search import entries
from prospect_aggregate.prospects.spots import Day, Spot, spot

MOST = 20_000
"""Above it, looking again costs less than carrying the numbers along."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each shelving (`Entry`), and its spot; `few` has the number of each and which shelving is its."""

    counts: dict[str, int]
    spots: dict[str, Spot]
    few: tuple[Array, Array] | None
    """None where carrying them along costs more than looking again."""

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

    def numbers(self, shelvings: Collection[str]) -> list[int] | None:
        """Of those that have one of these shelvings, where they are carried along."""
        if self.few is None:
            return None
        pks, at = self.few
        wanted = np.array([each in shelvings for each in self.counts], bool)
        numbers: list[int] = pks[wanted[at]].tolist() if len(pks) else []
        return numbers


def found(asked: Filters, *, day: date) -> Found:
    look = _look if asked.asked or are_at_hand() else _whole
    return kept(f"found {day} {asked}", partial(look, asked, day))


def _look(asked: Filters, day: date) -> Found:
    looked = hits(asked, day=day)
    counts, at = looked.columns[SHELVING].told_apart(looked.places)
    carried = (looked.pks, at) if are_at_hand() or len(at) <= MOST else None
    return Found(counts, _spots(counts, day), carried)


def _whole(asked: Filters, day: date) -> Found:
    """Where nothing is asked, the database counts."""
    all_found = entries(asked, day=day).order_by().values_list("shelving").annotate(count=Count("pk"))
    counts = dict(all_found)
    return Found(counts, _spots(counts, day), None)


def _spots(shelvings: Iterable[str], day: date) -> dict[str, Spot]:
    return {shelving: spot(day, shelving) for shelving in shelvings}
