"""How many prospects each value of a filter would show: exact, each facet counted without its own filter.

One query reads the cells of everything that matches, and without words one more for each facet that is filtered by. The
counting is done here, so that both databases count alike and a further facet costs no query. What is slow is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Case, When

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.dates import quarter_of
from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.conditions import condition
from prospect_aggregate.prospects.entries import END, FACETS, NEXT, UNKNOWN
from prospect_aggregate.prospects.filters import BANDS, Filters
from prospect_aggregate.prospects.raw import chunks
from prospect_aggregate.prospects.search import entries

Counts = dict[str, int]
Reading = Callable[..., str | None]
"""What the parts of a cell say."""
LADDER = {"naics": (2, 4, 6), "psc": (1, 2, 4)}
"""Facets whose values lie within one another: how many letters each step has."""
_UP_TO = (250_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000)
_PLACES = {name: at for at, name in enumerate(FACETS)}


@dataclass(frozen=True, slots=True)
class Facet:
    """Value → how many match it, on a ladder on each step; `unknown`: of how many it cannot be told."""

    name: str
    counts: Counts
    unknown: int

    @property
    def total(self) -> int:
        steps = LADDER.get(self.name)
        return self.unknown + sum(
            count for value, count in self.counts.items() if not steps or len(value) == steps[0]
        )


def facets(asked: Filters, *, day: date, names: Iterable[str] | None = None) -> list[Facet]:
    """All of them in their order on the page, or those named."""
    wanted = list(names or FACETS)
    own = [name for name in wanted if asked.asks(name)]
    if asked.text:  # whose index finds the same again and again: once is enough
        counted = _kept(asked, wanted, own, day)
        return [counted[name] for name in wanted]
    free = [name for name in wanted if name not in own]
    counted = _kept(asked, free, [], day) if free else {}
    for name in own:
        counted |= _kept(asked.without(name), [name], [], day)
    return [counted[name] for name in wanted]


def _kept(asked: Filters, names: list[str], own: list[str], day: date) -> dict[str, Facet]:
    """Where that is slow it is counted once, for as long as nothing happens."""
    work_out = partial(_counted, asked, names, own, day)
    return memo.kept(f"facets {names} {day} {asked}", None, work_out, slower=memo.SLOW)


def _counted(asked: Filters, names: list[str], own: list[str], day: date) -> dict[str, Facet]:
    """Counted as the texts that they are; each of `own` among those that meet all the others."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for rows in chunks(_cells(asked, own, day)):
        by_meets: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for cells, *meets in rows:
            by_meets[tuple(meets)].append(cells)
        for free in (None, *own):
            columns = _columns(cells for meets, cells in by_meets.items() if _all_but(free, own, meets))
            for name in [free] if free else [name for name in names if name not in own]:
                counts[name].update(columns[_PLACES[name]] if columns else ())
    return {name: _facet(name, cells) for name, cells in counts.items()}


def _cells(asked: Filters, own: list[str], day: date) -> Any:
    """The cells of everything that matches without `own`, and whether it meets each of those."""
    meets = {f"meets_{name}": Case(When(condition(asked, name), then=1), default=0) for name in own}
    return entries(asked.without(*own), day=day).annotate(**meets).values_list("cells", *meets)


def _all_but(free: str | None, own: list[str], meets: tuple[int, ...]) -> bool:
    return all(it or name == free for name, it in zip(own, meets, strict=True))


def _columns(every: Iterable[list[str]]) -> list[tuple[str, ...]]:
    return list(zip(*[cells.split(END) for some in every for cells in some], strict=True))


def _facet(name: str, cells: Counter[str]) -> Facet:
    counts = _read(_VALUE[name](), cells) if name in _VALUE else cells
    unknown = counts.pop(UNKNOWN, 0)
    return Facet(name, _on_steps(counts, LADDER[name]) if name in LADDER else counts, unknown)


def _read(value_of: Reading, cells: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for cell, count in cells.items():
        parts = (None if part == UNKNOWN else part for part in cell.split(NEXT))
        counts[value_of(*parts) or UNKNOWN] += count
    return counts


def _on_steps(counts: Counter[str], steps: tuple[int, ...]) -> Counter[str]:
    stepped: Counter[str] = Counter()
    for value, count in counts.items():
        for step in {value[:length] for length in steps}:
            stepped[step] += count
    return stepped


def _source() -> Reading:
    keys = {f"{pk}": key for pk, key in Source.objects.values_list("pk", "key")}
    return lambda source: keys[source]


def _agency() -> Reading:
    agencies = {f"{pk}": agency for pk, agency in Source.objects.values_list("pk", "agency")}
    return lambda agency, source: agencies[source] if agency is None else agency


def _band() -> Reading:
    return lambda least, most, basis: band_of(_amount(least), _amount(most), basis)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def band_of(least: Decimal | None, most: Decimal | None, basis: str | None) -> str | None:
    """The band in which the lower end lies, or the upper one where that alone is known."""
    if least is None and most is None:
        return None
    if basis == "year":
        return "yearly"
    if least is not None:
        return BANDS[sum(least >= bound for bound in _UP_TO)]
    return BANDS[sum(most > bound for bound in _UP_TO if most is not None)]


def _quarter() -> Reading:
    return _quarter_of


def _quarter_of(last: str | None, precision: str | None) -> str | None:
    """A whole year lies in no quarter."""
    if last is None or precision == "year":
        return None
    year, number = quarter_of(date.fromisoformat(last))
    return f"FY{year % 100:02}Q{number}"


_VALUE: dict[str, Callable[[], Reading]] = {
    "source": _source,
    "agency": _agency,
    "band": _band,
    "quarter": _quarter,
}
