"""Lists that are laid out over several sheets of one workbook."""

from collections.abc import Collection, Iterator, Sequence

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.headings import fold, missing_message
from prospect_aggregate.scrapers.table import Table
from prospect_aggregate.scrapers.workbook import opened, table_of

SHEET = "Sheet"
"""The heading under which each row's sheet is named."""


def read_sheets(body: bytes, *, sheets: Sequence[str], wanted: Collection[str], source: str = "") -> Table:
    """One Table of these sheets, in their order.

    Each sheet is found by its name, and each must have the wanted headings that any of them has: one that is
    renamed in one sheet only would otherwise be a column of blanks.
    """
    book = opened(body, source=source)
    tables = {name: table_of(book, wanted=wanted, sheet=name, source=source) for name in sheets}
    for name, table in tables.items():
        _check_same(name, table, tables, wanted, source)
    headings: dict[str, str] = {}
    for heading in (heading for table in tables.values() for heading in table.headings):
        headings.setdefault(fold(heading), heading)
    rows = [row for name, table in tables.items() for row in _rows(name, table, list(headings))]
    notes = [f"sheet {name!r}, {note}" for name, table in tables.items() for note in table.notes]
    first = next(iter(tables.values()))
    return Table(
        (SHEET, *headings.values()), iter(rows), heading_row=first.heading_row, notes=notes, parts=tables
    )


def _check_same(
    name: str, table: Table, tables: dict[str, Table], wanted: Collection[str], source: str
) -> None:
    has = set(map(fold, table.headings))
    elsewhere = {fold(each) for other in tables.values() for each in other.headings}
    gone = [each for each in wanted if fold(each) in elsewhere - has]
    if gone:
        raise LayoutChangedError(missing_message(f"{source}, sheet {name!r}", gone, table.headings))


def _rows(name: str, table: Table, order: list[str]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    places = {fold(heading): at for at, heading in enumerate(table.headings)}
    for number, cells in table.rows:
        yield number, (name, *(cells[places[each]] if each in places else None for each in order))
