"""Healthy lists, one for each layout that a source is known in, and how each kind is taken apart and put together."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.replica import replicas
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.html import read_html
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.registry import scraper_registry

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 5, 25)
ROWS = 60
"""About so many rows has the edition of a source; a sample's few are repeated to as many."""
Grid = list[list[Any]]
Edit = Callable[[Grid], Grid]


@dataclass(frozen=True, slots=True)
class Healthy:
    """A list as its source knows it."""

    scraper: Scraper
    name: str
    kind: Kind
    body: bytes

    def rewritten(self, edit: Edit) -> bytes:
        """The same list after an edit of its grids of cells; JSON's records are rows of one grid."""
        return WAYS[self.kind](self.body, edit)


def healthy_lists() -> Iterator[Healthy]:
    """Each source's edition, and each of its samples that has another layout."""
    for key in replicas():
        yield edition_of(key)
    yield from (each for each in samples() if each.name.count(".") > 1)


def samples() -> Iterator[Healthy]:
    """Every sample of every source: of its endpoint, and of each other layout."""
    for key in replicas():
        scraper = scraper_registry.get_scraper(key)
        assert isinstance(scraper, Scraper)
        for sample in sorted(SAMPLES.glob(f"{key}.*")):
            if not sample.name.endswith(".drafts.json"):
                body = sample.read_bytes()
                yield Healthy(scraper, sample.name, scraper.read(body)[1].kind, body)


@cache
def edition_of(key: str) -> Healthy:
    """A source's list as its replica has it today, with about ROWS rows."""
    scraper = scraper_registry.get_scraper(key)
    assert isinstance(scraper, Scraper)
    made = edition(key, 6, today=TODAY, scale=ROWS / SIZES.get(key, 3000))
    return Healthy(scraper, key, scraper.kind, made.content())


SIZES = {"dhs": 730, "navy": 66, "hud": 172, "ssa": 125, "nasa": 145, "treasury": 202, "justice": 506, "state": 453,
         "energy": 886, "transportation": 1500}  # fmt: skip
"""Rows at a scale of 1, nearly; the others have some 3,000."""


def workbook_of(body: bytes, edit: Edit) -> bytes:
    """The visible sheets after an edit; whatever a workbook cannot hold is written as text."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
    shown = [each.name for each in book.sheets_metadata if "Visible" in str(each.visible)]
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(out, options) as copy:
        for name in shown:
            sheet = copy.add_worksheet(name)
            for number, row in enumerate(edit(book.get_sheet_by_name(name).to_python(skip_empty_area=False))):
                for place, cell in enumerate(row):
                    _write(sheet, number, place, cell)
    return out.getvalue()


def _write(sheet: Any, number: int, place: int, cell: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date | datetime | time) and getattr(cell, "year", 2000) < 1900:
        cell = str(cell)
    if isinstance(cell, str):
        sheet.write_string(number, place, cell[:32_767].encode("utf-8", "replace").decode())
    else:
        sheet.write(number, place, cell)


def csv_of(body: bytes, edit: Edit) -> bytes:
    out = io.StringIO(newline="")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    csv.writer(out).writerows(edit(rows))
    return out.getvalue().encode("utf-8", "replace")


def html_of(body: bytes, edit: Edit) -> bytes:
    table = read_html(body, wanted=())
    grid = edit([list(table.headings), *(list(cells) for _, cells in table.rows)])
    lines = ("".join(f"<th>{escape(str(cell or ''))}</th>" for cell in row) for row in grid)
    page = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    return page.encode("utf-8", "replace")


def json_of(body: bytes, edit: Edit) -> bytes:
    """Each record's values are a row; names stay what they are. A text that holds JSON is opened too (Treasury)."""
    return json.dumps(_opened(json.loads(body), edit), default=str).encode()


def _opened(node: Any, edit: Edit) -> Any:
    if isinstance(node, list):
        return [_opened(each, edit) for each in node]
    if isinstance(node, str) and node.startswith("[{"):
        return json.dumps(_opened(json.loads(node), edit))
    if not isinstance(node, dict):
        return node
    inner = {name: _opened(value, edit) for name, value in node.items() if _is_tree(value)}
    leaves = [name for name in node if name not in inner]
    row = edit([[node[name] for name in leaves]])[0] if len(leaves) > 3 else [node[name] for name in leaves]
    return {**dict(zip(leaves, map(_finite, row), strict=False)), **inner}


def _finite(value: Any) -> Any:
    """JSON has no word for what is no number; no server sends one."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _is_tree(value: Any) -> bool:
    return isinstance(value, dict | list) or (isinstance(value, str) and value.startswith("[{"))


WAYS: dict[Kind, Callable[[bytes, Edit], bytes]] = {
    Kind.XLSX: workbook_of,
    Kind.CSV: csv_of,
    Kind.XLS_HTML: html_of,
    Kind.JSON: json_of,
}
