"""Grids of cells, read from and written as CSV files, workbooks and HTML tables."""

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.grid import Record
from prospect_aggregate.scrapers.html import table_rows
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.readers import csv_rows
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.workbook import sheet_rows

Grid = Sequence[Sequence[Cell]]
EXTENSIONS = {Kind.JSON: "json", Kind.XLSX: "xlsx", Kind.CSV: "csv", Kind.XLS_HTML: "xls"}
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""In every workbook, so that it has the same bytes each time."""


def grid_of(opened: Opened) -> Iterator[Record]:
    """Every row with its number, whatever is in it."""
    if opened.kind is Kind.XLSX:
        return sheet_rows(opened.body, opened.sheet or "")
    if opened.kind is Kind.CSV:
        return csv_rows(opened.body, opened.headings)[0]
    return table_rows(opened.body, opened.headings)


def _csv(opened: Opened, grid: Grid) -> bytes:
    _, delimiter, encoding = csv_rows(opened.body, opened.headings)
    out = io.StringIO(newline="")
    ends = "\r\n" if b"\r\n" in opened.body else "\n"
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ends)
    writer.writerows([["" if cell is None else cell for cell in cells] for cells in grid])
    plain = encoding == "utf-8-sig" and not opened.body.startswith(b"\xef\xbb\xbf")
    return out.getvalue().encode("utf-8" if plain else encoding)


def _workbook(opened: Opened, grid: Grid) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_urls": False}
    with Workbook(out, options | {"strings_to_formulas": False, "remove_timezone": True}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(opened.sheet)
        for number, cells in enumerate(grid):
            for position, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(number, position, cell)
    return out.getvalue()


def _page(opened: Opened, grid: Grid) -> bytes:
    rows = []
    for number, cells in enumerate(grid, 1):
        tag = "th" if number == opened.heading_row else "td"
        said = ("" if cell is None else html.escape(str(cell), quote=False) for cell in cells)
        rows.append("<tr>" + "".join(f"<{tag}>{each}</{tag}>" for each in said) + "</tr>\n")
    return f"<html><body><table>\n{''.join(rows)}</table></body></html>\n".encode()


WRITE: Mapping[Kind, Callable[[Opened, Grid], bytes]] = {
    Kind.CSV: _csv,
    Kind.XLSX: _workbook,
    Kind.XLS_HTML: _page,
}
