"""Rows of the table that sets the product beside its peers and its limits."""

import json
import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

QUICK = "--quick" in sys.argv or os.environ.get("BENCH_QUICK") == "1"
ROUNDS = 3 if QUICK else 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A stage: what it took us, round by round, and what it took another in the same rounds.

    The ratio says how many times as fast as the other we are, or with `at_most`, how many times as much we take.
    Where all the work is done in the processes that are compared, their CPU times tell the same on a busy machine.
    """

    stage: str
    ours: Sequence[float]
    unit: str = "s"
    peer: str = ""
    theirs: Sequence[float] = ()
    our_cpu: Sequence[float] = ()
    their_cpu: Sequence[float] = ()
    at_least: float | None = None
    at_most: float | None = None
    below: float | None = None

    @property
    def ratio(self) -> float | None:
        """Of the runs that stood side by side, the median."""
        if not self.theirs:
            return None
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(mine / it if self.at_most else it / mine for mine, it in pairs)

    @property
    def cpu_ratio(self) -> float | None:
        if not self.their_cpu:
            return None
        return statistics.median(it / mine for mine, it in zip(self.our_cpu, self.their_cpu, strict=True))

    @property
    def verdict(self) -> str:
        kept = []
        if self.at_least:
            kept.append((self.ratio or 0) >= self.at_least)
        if self.at_most:
            kept.append((self.ratio or 0) <= self.at_most)
        if self.below:
            kept.append(statistics.median(self.ours) < self.below)
        return "" if not kept else "met" if all(kept) else "MISSED"

    @property
    def target(self) -> str:
        said = {"≥ {:g} x": self.at_least, "≤ {:g} x": self.at_most, "< {:g} " + self.unit: self.below}
        return ", ".join(form.format(value) for form, value in said.items() if value)


def interleaved(
    contestants: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int = ROUNDS
) -> dict[str, dict[str, list[float]]]:
    """Contestant → what it measured → a figure of each round. They take turns, and turns begin with another."""
    found: dict[str, dict[str, list[float]]] = {name: {} for name in contestants}
    names = list(contestants)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            for what, figure in contestants[name]().items():
                found[name].setdefault(what, []).append(figure)
    return found


def show(title: str, rows: Sequence[Beside]) -> None:
    cells = [("", "ours", "beside", "", "ratio", "by CPU", "target", ""), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    print(f"\n{title}, median of {len(rows[0].ours)} (least to most)")
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    told = [
        {**asdict(row), "ratio": row.ratio, "cpu_ratio": row.cpu_ratio, "verdict": row.verdict}
        for row in rows
    ]
    print(json.dumps({"title": title, "rows": told}))


def _cells(row: Beside) -> tuple[str, ...]:
    spread = (_spread(row.ours, row.unit), _spread(row.theirs, row.unit))
    return (row.stage, *spread, row.peer, _times(row.ratio), _times(row.cpu_ratio), row.target, row.verdict)


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f} x"


def _spread(figures: Sequence[float], unit: str) -> str:
    if not figures:
        return ""
    return f"{_short(statistics.median(figures))} {unit} ({_short(min(figures))} to {_short(max(figures))})"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
