"""Copies of an edition with something moved, as agencies move it from one week to the next."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import python_calamine
import xlsxwriter

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.fetch import Fetcher

SAMPLES = Path(__file__).parents[1] / "samples"
Grid = list[list[Any]]
Edit = Callable[[Grid], Grid]


def drafts_of(scraper: Scraper, body: bytes) -> list[ProspectDraft]:
    table, layout = scraper.read(body)
    plan = layout.plan(table, source=scraper.name)
    return [scraper.draft(Row(number, cells), plan) for number, cells in table.rows]


def notes_of(scraper: Scraper, body: bytes) -> list[str]:
    table, _ = scraper.read(body)
    list(table.rows)
    return table.notes


def polite(answer: Callable[[httpx2.Request], bytes], status: int = 200) -> Fetcher:
    """A fetcher on a network whose far end is played; nobody there has a robots.txt."""

    def far_end(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/robots.txt":
            return httpx2.Response(404)
        return httpx2.Response(status, content=iter([answer(request)]))

    return Fetcher(contact="tests@example.gov", transport=httpx2.MockTransport(far_end), pause=0)


def edited(workbook: bytes, edit: Edit) -> bytes:
    """The visible sheets of a workbook, each after an edit."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    shown = [each.name for each in book.sheets_metadata if "Visible" in str(each.visible)]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as copy:
        for name in shown:
            _write(copy.add_worksheet(name), edit(book.get_sheet_by_name(name).to_python()))
    return out.getvalue()


def _write(sheet: Any, grid: Grid) -> None:
    for number, row in enumerate(grid):
        for position, cell in enumerate(row):
            if cell != "":
                write = sheet.write_string if isinstance(cell, str) else sheet.write
                write(number, position, cell)


def reordered(grid: Grid) -> Grid:
    return [list(reversed(row)) for row in grid]


def moved_down(grid: Grid) -> Grid:
    return [["A line more than last week"], *grid]


def renamed(old: str, new: str) -> Edit:
    return lambda grid: [[new if cell == old else cell for cell in row] for row in grid]
