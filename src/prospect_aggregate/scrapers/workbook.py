"""Excel workbooks: which sheet is the list, and its cells as plain values."""

import io
import re
from collections.abc import Collection, Iterator
from datetime import date, datetime

import python_calamine as calamine

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import BlockedError, LayoutChangedError
from prospect_aggregate.scrapers.extent import check_extent
from prospect_aggregate.scrapers.grid import Record, best_of, kept, make_table, no_headings, texts
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.package import Part, repacked
from prospect_aggregate.scrapers.table import Table

MOST_SHEETS = 64
"""Justice has nine."""
NOT_MERGED = b'<mergeCells id="toqmimlm"/>'
"""Set before a sheet's text: the reader looks for merged cells until it meets this word, which else stands at the end.

It would read the sheet twice for what nobody asks. The letters make the checksum of these words 0.
"""
_SHEET = re.compile(r"worksheets[/\\].*xml$", re.IGNORECASE)
_EXACT_FLOATS = 2**53


def read_workbook(
    body: bytes, *, wanted: Collection[str], sheet: str | None = None, source: str = ""
) -> Table:
    """The Table of the visible sheet whose heading row has most of the wanted headings; of equals, the first.

    Hidden sheets are never read: Justice keeps older editions in them. With `sheet`, only that one.
    """
    return table_of(opened(body, source=source), wanted=wanted, sheet=sheet, source=source)


def table_of(
    book: calamine.CalamineWorkbook, *, wanted: Collection[str], sheet: str | None = None, source: str = ""
) -> Table:
    """The same of a workbook that is open."""
    names = _visible(book, sheet, source)
    found, records, name = best_of(((name, _records(book, name)) for name in names), wanted)
    if found is None:
        raise no_headings(source, wanted, _seen(book))
    return make_table(found, records, sheet=name, exact=False)


def sheet_names(body: bytes) -> tuple[str, ...]:
    """The visible sheets, in order. Navy's list is two of them."""
    return tuple(_visible(opened(body), None, ""))


def sheet_rows(body: bytes, sheet: str) -> Iterator[Record]:
    """Every row of a sheet, whatever is in it."""
    return _records(opened(body), sheet)


def opened(body: bytes, *, source: str = "") -> calamine.CalamineWorkbook:
    """Refuses what would hurt: a cut file, a zip bomb, a cell far out."""
    fit = repacked(body, _looked_at, source=source)
    try:
        return calamine.load_workbook(io.BytesIO(fit))
    except calamine.PasswordError as error:
        raise BlockedError(f"{source or 'the file'}: the workbook asks for a password") from error
    except calamine.CalamineError as error:
        raise LayoutChangedError(f"{source or 'the file'}: not a workbook we can read ({error})") from error


def _looked_at(part: Part, who: str) -> Part:
    if _SHEET.search(part.name):
        check_extent(part, who)
        return part.after(NOT_MERGED)
    for _ in part.pieces():  # to its end, which checks its checksum
        pass
    return part


def _visible(book: calamine.CalamineWorkbook, sheet: str | None, source: str) -> list[str]:
    visible = [
        each.name
        for each in book.sheets_metadata
        if each.visible == calamine.SheetVisibleEnum.Visible and each.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if len(visible) > MOST_SHEETS:
        raise LayoutChangedError(
            f"{source or 'the file'}: the workbook has {len(visible):,} sheets; no list has"
        )
    asked = [name for name in visible if sheet is None or fold(name) == fold(sheet)]
    if not asked:
        prefix = f"{source}: " if source else ""
        raise LayoutChangedError(
            f"{prefix}sheet {sheet!r} is missing; present: {', '.join(map(repr, visible))}"
        )
    return asked


def _seen(book: calamine.CalamineWorkbook) -> list[str]:
    return [text for name in _visible(book, None, "") for text in texts(_records(book, name))]


def _records(book: calamine.CalamineWorkbook, sheet: str) -> Iterator[Record]:
    try:
        rows = book.get_sheet_by_name(sheet).iter_rows()
    except calamine.CalamineError as error:
        raise LayoutChangedError(f"sheet {sheet!r} cannot be read ({error})") from error
    for number, row in enumerate(rows, 1):
        yield number, [kept(value) if isinstance(value, str) else _cell(value) for value in row]


def _cell(value: object) -> Cell:
    """What is no text: Excel keeps whole numbers as floats."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT_FLOATS else value
    if isinstance(value, bool | int | datetime | date):
        return value
    return str(value)  # a time of day or a duration; no list has one
