"""A workbook: dates are dates, money is numbers, codes are text; the headings stay in view and filter."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from django.conf import settings

from prospect_aggregate.web.exports.columns import Column, Kind, cells
from prospect_aggregate.web.exports.export import SAMPLE, Export

MOST_ROWS = 2**20 - 1  # of a sheet, beside its headings
LONGEST = 32_767  # characters of a cell
CUT = "… (cut: a cell holds no more)"
FIRST_YEAR = 1900  # Excel counts no day before it, and a 29 February in it that never was
PIECE = 2**16  # bytes
FORMATS = {
    Kind.DATE: {"num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm"},
    Kind.MONEY: {"num_format": "#,##0.00"},
    Kind.NUMBER: {"num_format": "0"},
}
HOW = {"constant_memory": True, "remove_timezone": True}


class TooManyRowsError(Exception):
    """More than a sheet holds; the message says what does."""


def write(export: Export) -> Iterator[bytes]:
    """Raises TooManyRowsError when it is called: half a file that calls itself whole would be worse than none."""
    if export.found.count() > MOST_ROWS:
        raise TooManyRowsError(f"a sheet holds {MOST_ROWS:,} rows; narrow the view down, or export CSV")
    return _pieces(export)


def _pieces(export: Export) -> Iterator[bytes]:
    """The workbook is made in a file first: what stands at its beginning is known at its end."""
    with tempfile.TemporaryFile(prefix="prospects-") as file:
        _fill(file, export)
        file.seek(0)
        yield from iter(lambda: file.read(PIECE), b"")


def _fill(file: BinaryIO, export: Export) -> None:
    with xlsxwriter.Workbook(file, HOW) as book:
        about = _about(export)
        book.set_properties({"title": "Prospects", "comments": " ".join(about)})
        sheet = book.add_worksheet("Prospects, sample data" if export.sample else "Prospects")
        columns = [*([Column("sample_data")] if export.sample else []), *export.columns]
        _head(book, sheet, columns)
        rows = _body(sheet, columns, export)
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        book.add_worksheet("About").write_column(0, 0, about)


def _about(export: Export) -> list[str]:
    """A sentence a line: files are handed on, and lose the page that they came from."""
    made_up = [f"{SAMPLE.capitalize()}: agencies, people and numbers are made up."] if export.sample else []
    view = [f"The view: {'; '.join(export.asked)}."] if export.asked else []
    return [
        *made_up,
        f"Prospects as of {export.day}, written {export.now:%Y-%m-%d %H:%M} UTC by {settings.USER_AGENT}.",
        *view,
        "Codes are text, dates are days, money is U.S. dollars; an empty cell is not known.",
        "Of an expiring contract, set-aside, value and place are those of the current one.",
    ]


def _head(book: Any, sheet: Any, columns: list[Column]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format(how) for kind, how in FORMATS.items()}
    text = book.add_format({"num_format": "@"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, formats.get(column.kind, text))
        sheet.write_string(0, at, column.words, bold)
    sheet.freeze_panes(1, 0)


def _body(sheet: Any, columns: list[Column], export: Export) -> int:
    """How many rows were written."""
    number = 0
    for number, prospect in enumerate(export.objects(), start=1):
        row = prospect | ({"sample_data": SAMPLE} if export.sample else {})
        for at, (column, cell) in enumerate(zip(columns, cells(row, columns), strict=True)):
            if cell is not None:
                WRITERS[column.kind](sheet, number, at, cell)
    return number


def _text(sheet: Any, row: int, at: int, text: str) -> None:
    """Nothing is guessed from how a text looks: `=1+1` stays a text, and so does 0541."""
    sheet.write_string(row, at, _short(text))


def _flag(sheet: Any, row: int, at: int, flag: bool) -> None:  # noqa: FBT001  # a cell like any other
    sheet.write_boolean(row, at, flag)


def _number(sheet: Any, row: int, at: int, amount: Decimal | int) -> None:
    sheet.write_number(row, at, amount)


def _day(sheet: Any, row: int, at: int, day: date | datetime) -> None:
    if day.year <= FIRST_YEAR:
        sheet.write_string(row, at, day.isoformat())
    else:
        sheet.write_datetime(row, at, day)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


WRITERS: dict[Kind, Callable[[Any, int, int, Any], None]] = {
    Kind.TEXT: _text,
    Kind.LIST: _text,
    Kind.FLAG: _flag,
    Kind.MONEY: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.MOMENT: _day,
}
