"""CSV by RFC 4180: UTF-8, CRLF, ISO dates, and no cell that a spreadsheet would take for a formula."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from prospect_aggregate.web.exports.columns import Cell, cells
from prospect_aggregate.web.exports.export import AT_ONCE, SAMPLE, Export

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so is calculated, and may call out, in Excel, LibreOffice or Google Sheets."""


def write(export: Export) -> Iterator[bytes]:
    """The headings, then the rows, some at a time."""
    page = io.StringIO()
    lines = csv.writer(page, lineterminator="\r\n")
    lines.writerow([*_notice("sample_data", export), *(column.name for column in export.columns)])
    notice = _notice(SAMPLE, export)
    for number, prospect in enumerate(export.objects(), start=1):
        lines.writerow([*notice, *(text_of(cell) for cell in cells(prospect, export.columns))])
        if number % AT_ONCE == 0:
            yield _taken(page)
    yield _taken(page)


def _notice(text: str, export: Export) -> list[str]:
    """A first column that says of each row that it is made up: rows are copied, file names are lost."""
    return [text] if export.sample else []


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()


def text_of(cell: Cell) -> str:
    """Texts that would be formulas get an apostrophe in front; numbers, dates and flags cannot be any."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
