"""How many prospects each value of a filter would show: exact, each facet counted without its own filter.

The cells of everything that matches are counted here (`hits.py`), so that both databases count alike and a further
facet costs no query. What is slow is kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.dates import quarter_of
from prospect_aggregate.prospects.entries import FACETS, NEXT, UNKNOWN
from prospect_aggregate.prospects.filters import BANDS, Filters
from prospect_aggregate.prospects.hits import at_once, counted_hits, kept

Counts = dict[str, int]
Reading = Callable[..., str | None]
"""What the parts of a cell say."""
LADDER = {"naics": (2, 4, 6), "psc": (1, 2, 4)}
"""Facets whose values lie within one another: how many letters each step has."""
_UP_TO = (250_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000)


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
    if at_once(asked):
        counted = _kept(asked, wanted, own, day)
        return [counted[name] for name in wanted]
    free = [name for name in wanted if name not in own]
    counted = _kept(asked, free, [], day) if free else {}
    for name in own:
        counted |= _kept(asked.without(name), [name], [], day)
    return [counted[name] for name in wanted]


def _kept(asked: Filters, names: list[str], own: list[str], day: date) -> dict[str, Facet]:
    return kept(f"facets {names} {day} {asked}", partial(_counted, asked, names, own, day))


def _counted(asked: Filters, names: list[str], own: list[str], day: date) -> dict[str, Facet]:
    """Counted as the texts that they are; each of `own` among those that meet all the others."""
    looked = counted_hits(asked, day=day, apart=own)
    places = {free: looked.met(free=free) for free in (None, *own)}
    return {
        name: _facet(name, looked.columns[name].counts(places[name if name in own else None]))
        for name in names
    }


def _facet(name: str, cells: Counts) -> Facet:
    counts = _read(_VALUE[name](), cells) if name in _VALUE else Counter(cells)
    unknown = counts.pop(UNKNOWN, 0)
    return Facet(name, _on_steps(counts, LADDER[name]) if name in LADDER else counts, unknown)


def _read(value_of: Reading, cells: Counts) -> Counter[str]:
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
