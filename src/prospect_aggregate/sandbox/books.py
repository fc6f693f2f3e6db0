"""Workbooks that are laid out in an agency's own way."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from prospect_aggregate.sandbox.listing import Cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def open_book(stream: BinaryIO, day: date, *, dates: str = "mm-dd-yy") -> Workbook:
    """Row by row, with the texts inside the sheet and the edition's day instead of the clock's."""
    book = Workbook(
        stream,
        {
            "constant_memory": True,
            "default_date_format": dates,
            "strings_to_urls": False,
            "strings_to_formulas": False,
        },
    )
    book.set_properties({"created": datetime.combine(day, time(6), UTC)})
    return book


def fill(
    sheet: Worksheet, rows: Iterable[Sequence[Cell]], *, start: int = 0, places: Sequence[int] = ()
) -> int:
    """Write rows from `start` on, each cell in its place if places are given; the row after the last."""
    for row in rows:
        if places:
            for place, cell in zip(places, row, strict=False):
                sheet.write(start, place, cell)
        else:
            sheet.write_row(start, 0, row)
        start += 1
    return start
