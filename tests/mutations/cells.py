"""Rows whose cells are mistyped, shifted, exchanged, or something else altogether."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

from tests.mutations.lists import Grid, Healthy
from tests.normalize import spellings

Row = list[Any]
SCRAPS = (*"0123456789 .,;:/-–()[]$<>&#%'\"KMQFYx", "\n", "\r\n", "\t", "\xa0", "\u200b", "\x00", "\x0b", "\x1f", "٣",
          "４", "²", "ß", "é", "&amp;", "&#0;", "<br>", "<p>", "</td>", " and ", " or ", "\U0001f4c4",
          "\ud800")  # fmt: skip
NUMBERS = (
    0,
    -1,
    1,
    7,
    26,
    2026,
    541519,
    10**15,
    2**53,
    2**63,
    -0.5,
    0.1,
    1e-9,
    46_154.0,
    1e22,
    1e308,
    -1e308,
    float("nan"),
)
WORDS = tuple(
    spelling
    for name, listed in sorted(vars(spellings).items())
    if name.isupper() and isinstance(listed, tuple)
    for spelling in listed
    if isinstance(spelling, str)
)
LONG = 40_000


def with_damaged_rows(healthy: Healthy, chance: Random) -> bytes:
    """The same list with every row of it damaged, and what stands above them left as it is."""
    table, _ = healthy.scraper.read(healthy.body)
    first = table.heading_row or 0  # records of JSON have no heading row: all are rows

    def edit(grid: Grid) -> Grid:
        end = _width(grid[first - 1]) if 0 < first <= len(grid) else None
        return [
            row if at < first else [*mutated(row[:end], chance), *row[end or len(row) :]]
            for at, row in enumerate(grid)
        ]

    return healthy.rewritten(edit)


def _width(headings: Row) -> int:
    """Columns before the headings stand again: SSA's print bands are empty, or the list is refused."""
    again = (at for at, cell in enumerate(headings) if cell not in ("", None) and cell in headings[:at])
    return next(again, len(headings))


def mutated(row: Row, chance: Random) -> Row:
    """The row with one to five of its cells changed; now and then they all move by one."""
    changed = list(row)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(changed))
        changed[at] = chance.choice(CHANGES)(changed[at], row, chance)
    if chance.random() < 0.03:
        changed = changed[1:] + changed[:1]
    return changed


def _inserted(cell: Any, row: Row, chance: Random) -> Any:
    text = "" if cell is None else str(cell)
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(SCRAPS) + text[at:]


def _replaced(cell: Any, row: Row, chance: Random) -> Any:
    text = "" if cell is None else str(cell)
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(SCRAPS) + text[at + 1 :]


def _cut(cell: Any, row: Row, chance: Random) -> Any:
    text = "" if cell is None else str(cell)
    return text[: chance.randint(0, len(text))]


def _doubled(cell: Any, row: Row, chance: Random) -> Any:
    return f"{cell}{chance.choice(SCRAPS)}{cell}"


def _neighbours(cell: Any, row: Row, chance: Random) -> Any:
    return chance.choice(row)


def _somewhere_elses(cell: Any, row: Row, chance: Random) -> Any:
    return chance.choice(WORDS)


def _number(cell: Any, row: Row, chance: Random) -> Any:
    return chance.choice(NUMBERS)


def _day(cell: Any, row: Row, chance: Random) -> Any:
    day = date.fromordinal(chance.randint(1, 3_600_000))
    return datetime(day.year, day.month, day.day, 13, 30) if chance.random() < 0.5 else day


def _nothing(cell: Any, row: Row, chance: Random) -> Any:
    return chance.choice([None, "", " ", True, False])


def _long(cell: Any, row: Row, chance: Random) -> Any:
    scrap = str(cell) if cell and chance.random() < 0.5 else chance.choice(SCRAPS)
    return (scrap * (LONG // len(scrap) + 1))[:LONG] if chance.random() < 0.05 else scrap


CHANGES: tuple[Callable[[Any, Row, Random], Any], ...] = (
    _inserted, _replaced, _cut, _doubled, _neighbours, _somewhere_elses, _number, _day, _nothing, _long,
)  # fmt: skip
