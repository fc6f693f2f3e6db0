"""Seeded chance: a generator by name, weighted vocabularies and spreads measured on real lists."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from math import ceil
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def generator(*names: object) -> Random:
    """The one stream of numbers for these names; a text seed hashes alike everywhere."""
    return Random(":".join(map(str, names)))  # noqa: S311  invented purchases need no secrecy


class Mix(Generic[T]):
    """A vocabulary with its weights, usually the very counts of a real edition."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.weights = dict(weights)
        self._values = tuple(weights)
        self._bounds = tuple(accumulate(weights.values()))

    def pick(self, chance: Random) -> T:
        return self._values[bisect(self._bounds, chance.random() * self._bounds[-1])]


def texts(counted: str) -> Mix[str]:
    """`12 This; 7 That`: the vocabulary of a column, legible as a whole."""
    return Mix({value: int(count) for count, value in _counted(counted)})


def tuples(counted: str) -> Mix[tuple[str, ...]]:
    """`12 This | one; 7 That | two`: columns whose values hang together."""
    return Mix({tuple(re.split(r" *[|] *", value)): int(count) for count, value in _counted(counted)})


def names(listed: str) -> tuple[str, ...]:
    """`This; That`: headings, or words of equal weight. Where a line ends does not matter."""
    return tuple(re.sub(r"\s*\n\s*", " ", name.strip()) for name in listed.split(";"))


def _counted(listed: str) -> Iterator[tuple[str, str]]:
    for item in names(listed):
        count, value = item.split(" ", 1)
        yield count, value


class Spread:
    """A quantity by its quantiles, straight between them: `Spread({0: 1, 0.5: 30, 1: 400})`."""

    def __init__(self, quantiles: Mapping[float, float]) -> None:
        points = sorted(quantiles.items())
        self._shares = tuple(share for share, _ in points)
        self._pieces = tuple(pairwise(points))
        self.largest = ceil(points[-1][1])

    def draw(self, chance: Random) -> float:
        share = chance.random()
        (low, first), (high, last) = self._pieces[bisect(self._shares, share) - 1]
        return first + (last - first) * (share - low) / (high - low)

    def days(self, chance: Random) -> int:
        return round(self.draw(chance))


def wait(chance: Random, rate: float) -> int:
    """Whole days until the next of something that happens `rate` times a day; never today."""
    return ceil(chance.expovariate(rate)) or 1
