"""How many prospects each value of a filter would show: exact, each facet counted without its own filter.

One query reads the deciding columns of everything that matches, and one more for each facet that is filtered by; the
counting is done here, so that both databases count alike and a further facet costs no query.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.dates import quarter_of
from prospect_aggregate.prospects.filters import BANDS, Filters
from prospect_aggregate.prospects.search import entries

Counts = dict[Any, int]
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
    wanted = list(names or COLUMNS)
    free = [name for name in wanted if not asked.asks(name)]
    counted = _counted(asked, free, day) if free else {}
    for name in wanted:
        if name not in counted:
            counted |= _counted(asked.without(name), [name], day)
    return [counted[name] for name in wanted]


def _counted(asked: Filters, names: list[str], day: date) -> dict[str, Facet]:
    columns = list(dict.fromkeys(column for name in names for column in COLUMNS[name]))
    rows = _rows(asked, columns, day)
    found = dict(zip(columns, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(columns, ())
    return {name: _facet(name, [found[column] for column in COLUMNS[name]]) for name in names}


def _rows(asked: Filters, columns: list[str], day: date) -> list[tuple[Any, ...]]:
    """As the driver gives them: turning each cell into a date or an amount would cost more than reading it."""
    chosen = entries(asked, day=day).order_by().values_list(*columns)
    try:
        sql, parameters = chosen.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _facet(name: str, columns: list[tuple[Any, ...]]) -> Facet:
    cells = Counter(columns[0] if len(columns) == 1 else zip(*columns, strict=True))
    counts: Counter[Any] = Counter()
    for value, count in _valued(name, cells):
        for step in _steps(name, value):
            counts[step] += count
    return Facet(name, counts, counts.pop(None, 0))


def _valued(name: str, cells: Counter[Any]) -> Iterator[tuple[Any, int]]:
    of = _VALUE[name]() if name in _VALUE else None
    for cell, count in cells.items():
        yield (of(cell) if of else cell), count


def _steps(name: str, value: Any) -> set[Any]:
    return {value[:length] for length in LADDER[name]} if value and name in LADDER else {value}


def _source() -> Callable[[Any], str]:
    keys = dict(Source.objects.values_list("pk", "key"))
    return lambda cell: keys[cell]


def _agency() -> Callable[[Any], str]:
    agencies = dict(Source.objects.values_list("pk", "agency"))
    return lambda cell: cell[0] if cell[0] is not None else agencies[cell[1]]


def _band() -> Callable[[Any], str | None]:
    return lambda cell: band_of(_amount(cell[0]), _amount(cell[1]), cell[2])


def _amount(cell: Any) -> Decimal | None:
    return None if cell is None else Decimal(str(cell))


def band_of(least: Decimal | None, most: Decimal | None, basis: str | None) -> str | None:
    """The band in which the lower end lies, or the upper one where that alone is known."""
    if least is None and most is None:
        return None
    if basis == "year":
        return "yearly"
    if least is not None:
        return BANDS[sum(least >= bound for bound in _UP_TO)]
    return BANDS[sum(most > bound for bound in _UP_TO if most is not None)]


def _quarter() -> Callable[[Any], str | None]:
    return lambda cell: _quarter_of(*cell)


def _quarter_of(solicitation: Any, precise: str, award: Any, award_precise: str, ends: Any) -> str | None:
    """Of the last day that decides; a whole year lies in no quarter."""
    last = solicitation or award or ends
    precision = precise if solicitation else award_precise if award else None
    if last is None or precision == "year":
        return None
    year, number = quarter_of(last if isinstance(last, date) else date.fromisoformat(last))
    return f"FY{year % 100:02}Q{number}"


COLUMNS: dict[str, tuple[str, ...]] = {
    "source": ("source_id",),
    "agency": ("agency", "source_id"),
    "component": ("component",),
    "office": ("office",),
    "naics": ("naics_code",),
    "psc": ("psc_code",),
    "set_aside": ("set_aside",),
    "place": ("place_state",),
    "band": ("value_min", "value_max", "value_basis"),
    "quarter": (
        "solicitation_to",
        "solicitation_precision",
        "award_to",
        "award_precision",
        "incumbent_ends_to",
    ),
    "requirement_type": ("requirement_type",),
    "competition": ("competition",),
    "state": ("state",),
}
"""Each facet in its order on the page, and what it is worked out from."""
_VALUE: dict[str, Callable[[], Callable[[Any], Any]]] = {
    "source": _source,
    "agency": _agency,
    "band": _band,
    "quarter": _quarter,
}
