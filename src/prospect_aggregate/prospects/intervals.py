"""Intervals around shares and medians, and when a figure may be shown: arithmetic alone (STATISTICS §5)."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median

Z = 1.959964
FEWEST_OFFICES = 8
"""Of fewer, no design effect is estimated."""
FEWEST, FEWEST_EFFECTIVE = 20, 10
"""A share of fewer is too few to say."""
FEWEST_MOVES = 6
"""A median of fewer has no interval: the values themselves are shown."""
Office = tuple[int, int]
"""Members and successes of one office."""


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n`, with a 95 % interval on an effective sample size."""

    k: int
    n: int
    n_eff: float
    low: float
    high: float
    independent: bool = False
    """Rows were treated as independent: no design effect is known."""

    @property
    def value(self) -> float:
        return self.k / self.n if self.n else 0.0

    @property
    def shown(self) -> bool:
        return self.n >= FEWEST and self.n_eff >= FEWEST_EFFECTIVE


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of some values: with six or more a median, its interval and the middle half; else the values."""

    values: tuple[int, ...]

    @property
    def n(self) -> int:
        return len(self.values)

    @property
    def shown(self) -> bool:
        return self.n >= FEWEST_MOVES

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def interval(self) -> tuple[int, int]:
        low, high = median_ranks(self.n) or (1, self.n)
        return self.values[low - 1], self.values[high - 1]

    @property
    def half(self) -> tuple[int, int]:
        """The quartiles, as values that were seen."""
        rank = math.ceil(self.n / 4)
        return self.values[rank - 1], self.values[self.n - rank]


def middle_of(values: Iterable[int]) -> Middle:
    return Middle(tuple(sorted(values)))


def wilson(p: float, m: float) -> tuple[float, float]:
    """The 95 % score interval of a share `p` on `m` effective members; everything is possible of none."""
    if m <= 0:
        return 0.0, 1.0
    spread = Z * Z / m
    centre = (p + spread / 2) / (1 + spread)
    half = Z * math.sqrt(p * (1 - p) / m + spread / (4 * m)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def design_effect(offices: Collection[Office]) -> float | None:
    """How much less the rows say because offices edit theirs together; None where it cannot be estimated."""
    whole, hits = sum(n for n, _ in offices), sum(y for _, y in offices)
    count = sum(n > 0 for n, _ in offices)
    if count < FEWEST_OFFICES or hits in (0, whole):
        return None
    p = hits / whole
    by_office = count / (count - 1) * sum((y - p * n) ** 2 for n, y in offices) / whole**2
    return max(1.0, by_office / (p * (1 - p) / whole))


def share_of(offices: Collection[Office], *, otherwise: float | None = None) -> Share:
    """The share over some offices; with too few of them by the design effect of what they are part of."""
    n, k = sum(n for n, _ in offices), sum(y for _, y in offices)
    effect = design_effect(offices) or otherwise
    n_eff = n / (effect or 1.0)
    low, high = wilson(k / n if n else 0.0, n_eff)
    return Share(k, n, n_eff, low, high, independent=effect is None)


def median_ranks(n: int) -> tuple[int, int] | None:
    """Ranks of the order statistics around a median: the largest l with P(Bin(n, ½) < l) ≤ 0.025; None below 6."""
    rank, below, term = 0, 0, 1
    while (below + term) * 40 <= 2**n:
        below += term
        term = term * (n - rank) // (rank + 1)
        rank += 1
    return (rank, n + 1 - rank) if rank else None
