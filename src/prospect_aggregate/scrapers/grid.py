"""From a grid of cells to a Table: which row holds the headings, and which rows are the list."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.headings import fold, missing_message
from prospect_aggregate.scrapers.table import Table

Name = TypeVar("Name")
Record = tuple[int, Sequence[Cell]]
"""A row's number in the file, 1-based as Excel counts, and every cell of it."""

SEARCHED_ROWS = 60
"""Energy's headings stand in row 18, below 15 lines of preamble; nobody's lower."""
MOST_COLUMNS = 512
"""The widest real list has 66; ONR's sheet claims 16,382."""
_FOOTER_COLUMNS = 5
"""In a list wider than this, a row with one filled cell is a footer or a banner (fields.md, R15)."""
_MOST_NOTES = 25
_LONGEST_NOTE = 300
_MOST_MISFITS = 20_000
"""Six times the longest real list; no person looks through as many."""


class BadRow(tuple[Cell, ...]):
    """Cells that do not fit under the headings. It stands in for the row, to be counted.

    Ask `isinstance(cells, BadRow)` before pairing cells with headings; `reason` says what is wrong.
    """

    reason: str

    def __new__(cls, cells: Sequence[Cell], reason: str) -> "BadRow":
        row = super().__new__(cls, cells)
        row.reason = reason
        return row


@dataclass(frozen=True, slots=True)
class Found:
    """A heading row: its place, and how many of the wanted headings it holds."""

    at: int
    score: int
    above: tuple[Record, ...] = ()
    is_whole: bool = False
    """Whether it holds them all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns are read, worked out once per heading row."""

    headings: tuple[str, ...]
    columns: tuple[int, ...]
    repeats: tuple[tuple[int, int], ...]
    """(column, the earlier column of the same heading)."""
    width: int


def kept(text: str) -> str | None:
    """A cell's text as it is kept: blanks are nothing, and a NUL, which no database takes, is left out."""
    if "\0" in text:
        text = text.replace("\0", "")
    return None if not text or text.isspace() else text


def all_kept(texts: Sequence[str]) -> list[Cell]:
    """A row of `kept` cells, without a call for each: lists have hundreds of thousands."""
    if "\0" in "".join(texts):
        return [kept(text) for text in texts]
    return [None if not text or text.isspace() else text for text in texts]


def find_headings(
    records: Iterator[Record], wanted: Collection[str]
) -> tuple[Found | None, Iterator[Record]]:
    """The best heading row among the first rows, and the records as if none had been taken.

    With nothing wanted (a new source's first file) it is the first of the rows with the most texts.
    """
    first = list(itertools.islice(records, SEARCHED_ROWS))
    folded = frozenset(map(fold, wanted))
    scores = list(_scores(first, folded))
    best = max(scores, default=0)
    rest = itertools.chain(first, records)
    if best < min(2, max(1, len(folded))):
        return None, rest
    at = scores.index(best)
    return Found(first[at][0], best, tuple(first[:at]), is_whole=is_whole(best, folded)), rest


def _scores(records: list[Record], wanted: frozenset[str]) -> Iterator[int]:
    for _, cells in records:
        yield (found := score(cells, wanted))
        if is_whole(found, wanted):
            return


def best_of(
    lists: Iterable[tuple[Name, Iterator[Record]]], wanted: Collection[str]
) -> tuple[Found | None, Iterator[Record], Name | None]:
    """The list with the best heading row, and its name; of equals the first. None is asked for after one with all."""
    best: Found | None = None
    records: Iterator[Record] = iter(())
    called: Name | None = None
    for name, each in lists:
        found, whole = find_headings(each, wanted)
        if found is not None and (best is None or found.score > best.score):
            best, records, called = found, whole, name
        if best is not None and best.is_whole:
            break
    return best, records, called


def make_table(
    found: Found, records: Iterator[Record], *, sheet: str | None = None, exact: bool = True
) -> Table:
    """The Table under a heading row; `exact` formats (CSV, HTML) must give each row a cell per heading."""
    after = itertools.dropwhile(lambda record: record[0] < found.at, records)
    _, cells = next(after)
    plan = make_plan(cells)
    notes: list[str] = []
    for number, preamble in found.above:
        _note(notes, number, preamble)
    rows = _rows(after, plan, notes, exact=exact)
    columns = dict(zip(plan.headings, plan.columns, strict=True))
    return Table(plan.headings, rows, sheet=sheet, heading_row=found.at, notes=notes, columns=columns)


def no_headings(source: str, wanted: Collection[str], seen: Collection[str]) -> LayoutChangedError:
    """What to raise when no row looks like the headings we know."""
    return LayoutChangedError(f"no row of headings was found: {missing_message(source, wanted, seen)}")


def texts(records: Iterator[Record]) -> list[str]:
    """The short texts of the first rows, where a renamed heading would be among."""
    cells = (cell for _, row in itertools.islice(records, SEARCHED_ROWS) for cell in row)
    return list(dict.fromkeys(cell for cell in cells if isinstance(cell, str) and len(cell) < 100))[
        :MOST_COLUMNS
    ]


def make_plan(cells: Sequence[Cell]) -> Plan:
    """Named columns in file order. A repeated heading's later columns are watched, not read."""
    first: dict[str, int] = {}
    repeats: list[tuple[int, int]] = []
    for column, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        earlier = first.setdefault(fold(str(cell)) or str(cell).strip(), column)
        if earlier != column:
            repeats.append((column, earlier))
    columns = tuple(first.values())
    if len(columns) > MOST_COLUMNS:
        raise LayoutChangedError(
            f"the heading row has {len(columns)} columns; no list is wider than {MOST_COLUMNS}"
        )
    return Plan(tuple(str(cells[column]) for column in columns), columns, tuple(repeats), len(cells))


def is_whole(found: int, wanted: frozenset[str]) -> bool:
    """Whether a row of this score has every wanted heading: none can have more, and no other is looked at."""
    return bool(wanted) and found == len(wanted)


def score(cells: Sequence[Cell], wanted: frozenset[str]) -> int:
    """How many of the wanted headings a row has, folded; with nothing wanted, how many texts."""
    named = {fold(cell) for cell in cells if isinstance(cell, str)} - {""}
    return len(named & wanted) if wanted else len(named)


def _rows(
    records: Iterator[Record], plan: Plan, notes: list[str], *, exact: bool
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    above, columns = plan.headings, plan.columns
    skipped = 0
    for number, cells in _fitted(records, plan) if exact else records:
        if isinstance(cells, BadRow):
            yield number, cells
            continue
        filled = len(cells) - cells.count(None)
        if not filled:
            continue
        if filled == 1 and len(columns) > _FOOTER_COLUMNS:
            skipped += not _note(notes, number, cells)
            continue
        row = tuple([cells[column] for column in columns])
        if row[0] == above[0] and row == above:
            continue  # the heading row again, at a page break
        if plan.repeats:
            _check_repeats(number, cells, plan)
        yield number, row
    if skipped:
        notes.append(f"and {skipped} more rows with one filled cell")


def _fitted(records: Iterator[Record], plan: Plan) -> Iterator[Record]:
    """The same records, a BadRow in the place of each that does not fit; empty ones are left out."""
    misfits = 0
    for number, cells in records:
        if cells.count(None) == len(cells):
            continue
        misfit = _misfit(cells, plan)
        misfits += misfit is not None
        if misfits > _MOST_MISFITS:
            raise LayoutChangedError(f"over {_MOST_MISFITS:,} rows do not fit under the headings")
        yield number, cells if misfit is None else misfit


def _misfit(cells: Sequence[Cell], plan: Plan) -> BadRow | None:
    """Blank cells beyond the last heading (a comma too many) do no harm; anything else cannot be placed."""
    if isinstance(cells, BadRow):
        return cells
    if len(cells) == plan.width or (len(cells) > plan.width and not any(cells[plan.width :])):
        return None
    return BadRow(cells, f"{len(cells)} cells under {plan.width} headings")


def _check_repeats(number: int, cells: Sequence[Cell], plan: Plan) -> None:
    """SSA prints its columns again as empty bands; one that says something is a second column."""
    for column, earlier in plan.repeats:
        if cells[column] is not None and cells[column] != cells[earlier]:
            heading = plan.headings[plan.columns.index(earlier)]
            raise LayoutChangedError(
                f"heading {heading.strip()!r} stands over columns {earlier + 1} and {column + 1}, "
                f"which differ in row {number}"
            )


def _note(notes: list[str], number: int, cells: Sequence[Cell]) -> bool:
    """Keep a line that is not part of the list; False when there are too many to keep."""
    line = " ".join(str(cell).strip() for cell in cells if cell is not None)
    if line and len(notes) < _MOST_NOTES:
        notes.append(f"row {number}: {line[:_LONGEST_NOTE]}")
        return True
    return not line
