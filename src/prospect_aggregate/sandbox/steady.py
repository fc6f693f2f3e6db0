"""Short lists: rows come at even intervals and with even shares, for of fifty drawn by chance too many stray.

A share of 30 % has a spread of six points among fifty rows drawn one by one. Here each fact walks through its
vocabulary in steps of its own, so that any stretch of following rows holds it nearly as the real list does.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from math import ceil, floor, sqrt
from random import Random
from typing import TypeVar

from prospect_aggregate.sandbox.chance import Mix, generator, wait
from prospect_aggregate.sandbox.lives import EPOCH, Habits, Revision, Standing

T = TypeVar("T")
GOLDEN = (1 + sqrt(5)) / 2


def steadily(seed: int, key: str, habits: Habits, day: date, scale: float) -> Iterator[Standing]:
    """The rows that stand on a list on a day, oldest first: `births` a day, each for the longest `stay`."""
    today, rate, stay = day.toordinal(), habits.births * scale, habits.stay.largest
    newest = floor((today - EPOCH) * rate)
    for serial in range(newest - round(rate * stay) + 1, newest + 1):
        name, born = f"{seed}:{key}:{serial}", EPOCH + ceil(serial / rate)
        revisions = _revisions(name, habits, born, today)
        yield Standing(name, serial, 1, today, born, stay, born + stay, 0, revisions)


def even(row: Standing, facet: str, mix: Mix[T]) -> T:
    """A fact of this row by its turn; a revised one is drawn by chance."""
    version = row.version(facet)
    return mix.pick(generator(row.name, facet, version) if version else _Turn(turn(row, facet)))


def turn(row: Standing, facet: str) -> float:
    """Where the row stands in a fact's walk, from 0 to 1."""
    start, step = _walk(row.name.rpartition(":")[0], facet)
    return (start + row.serial * step) % 1


@cache
def _walk(world: str, facet: str) -> tuple[float, float]:
    """Steps end in the golden ratio, which fills a range most evenly; they differ, so facts do not hang together."""
    chance = generator(world, "walk", facet)
    step = GOLDEN
    for _ in range(8):
        step = chance.randint(1, 2) + 1 / step
    return chance.random(), 1 / step


class _Turn(Random):
    """Chance that always comes to the same."""

    def __init__(self, share: float) -> None:
        super().__init__(0)
        self.share = share

    def random(self) -> float:
        return self.share


def _revisions(name: str, habits: Habits, born: int, today: int) -> tuple[Revision, ...]:
    chance = generator(name, "revisions")
    found = []
    when = born + wait(chance, habits.revisions)
    while when <= today:
        facets = frozenset(facet for facet, share in habits.facets.items() if chance.random() < share)
        found.append(Revision(when, facets, habits.slip.days(chance)))
        when += wait(chance, habits.revisions)
    return tuple(found)
