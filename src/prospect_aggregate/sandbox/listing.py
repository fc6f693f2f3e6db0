"""A published list before it becomes bytes, and the formats in which agencies publish one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import BinaryIO, Protocol

import orjson
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

Cell = str | int | float | bool | date | dict[str, str | int] | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows are read once, lazily; each holds as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    preamble: tuple[str, ...] = ()
    """Lines above the headings, one cell each."""
    sheet: str = "Sheet1"


class Writer(Protocol):
    """A format. The day is that of the edition: files must not carry the clock's."""

    def __call__(self, listing: Listing, stream: BinaryIO, day: date) -> None: ...


def write_json(listing: Listing, stream: BinaryIO, day: date) -> None:  # noqa: ARG001  all formats are called alike
    """One array of objects, as Django REST Framework sends it: no blanks, no line breaks."""
    separator = b"["
    for row in listing.rows:
        stream.write(separator + orjson.dumps(dict(zip(listing.headings, row, strict=True))))
        separator = b","
    stream.write(b"]" if separator == b"," else b"[]")


def write_workbook(listing: Listing, stream: BinaryIO, day: date) -> None:
    """Texts inside the sheet, as in Commerce's own file; row by row, so that size costs no memory."""
    book = Workbook(
        stream,
        {
            "constant_memory": True,
            "default_date_format": "mm-dd-yy",
            "strings_to_urls": False,
            "strings_to_formulas": False,
        },
    )
    book.set_properties(
        {"created": datetime.combine(day, time(6), UTC)}
    )  # else the clock, and other bytes each time
    sheet = book.add_worksheet(listing.sheet)
    lines = ((line,) for line in listing.preamble)
    for number, row in enumerate([*lines, listing.headings]):
        sheet.write_row(number, 0, row)
    for number, cells in enumerate(listing.rows, len(listing.preamble) + 1):
        sheet.write_row(number, 0, cells)
    book.close()
