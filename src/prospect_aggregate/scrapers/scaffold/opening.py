"""Files of unknown layout, opened: what they are, where their headings stand, what is below them."""

import codecs
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.grid import BadRow
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import Kind, check_bytes, looks_wrong
from prospect_aggregate.scrapers.readers import READERS, read_json, read_workbook, sheet_names
from prospect_aggregate.scrapers.table import Table

KINDS = (Kind.XLSX, Kind.JSON, Kind.XLS_HTML, Kind.CSV)
ENOUGH_KNOWN = 3
"""Headings known from other sources that make a row one of headings; with fewer, the row with the most texts is."""
_DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A list as it was found in a file that nobody has described yet."""

    name: str
    body: bytes
    kind: Kind
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    sheet: str | None
    is_one_sheet_of_several: bool
    """Another visible sheet has the same headings."""
    heading_row: int | None
    path: tuple[str, ...]
    """Where the records are inside of a JSON object."""
    keyed: bool

    def reader(self) -> Callable[..., Table] | None:
        """What reads the like of it, where its kind's own reader does not do."""
        if self.is_one_sheet_of_several:
            return partial(read_workbook, sheet=self.sheet)
        if self.path or self.keyed:
            return partial(read_json, path=self.path, keyed=self.keyed)
        return None

    def cells(self, heading: str) -> list[Cell]:
        """What stands under a heading, row by row."""
        at = self.headings.index(heading)
        return [cells[at] for _, cells in self.rows]


def open_list(file: Path, known: Collection[str]) -> Opened:
    """Raises ScraperError when the bytes are none of CSV, workbook, HTML table and JSON, or hold no list."""
    body = file.read_bytes()
    kind = next((kind for kind in KINDS if looks_wrong(body, kind) is None), Kind.CSV)
    check_bytes(body, kind, source=file.name)
    path, keyed = _records_at(body, file.name) if kind is Kind.JSON else ((), False)
    reader = partial(read_json, path=path, keyed=keyed) if kind is Kind.JSON else READERS[kind]
    table = _read(reader, body, known, file.name)
    rows = tuple(row for row in table.rows if not isinstance(row[1], BadRow))
    if not rows:
        raise LayoutChangedError(f"{file.name} has no rows below its headings; take an edition with some")
    sheet = table.sheet if kind is Kind.XLSX else None  # a page's tables are no sheets to choose from
    return Opened(
        name=file.name,
        body=body,
        kind=kind,
        headings=table.headings,
        rows=rows,
        sheet=sheet,
        is_one_sheet_of_several=sheet is not None and _is_one_of_several(body, table),
        heading_row=table.heading_row,
        path=path,
        keyed=keyed,
    )


def _read(reader: Callable[..., Table], body: bytes, known: Collection[str], name: str) -> Table:
    """Under the row with most of the known headings, else under the one with most texts."""
    try:
        table = reader(body, wanted=known, source=name)
    except LayoutChangedError:
        return reader(body, wanted=(), source=name)
    folded = set(map(fold, known))
    few = sum(fold(heading) in folded for heading in table.headings) < ENOUGH_KNOWN
    return reader(body, wanted=(), source=name) if few else table


def _is_one_of_several(body: bytes, table: Table) -> bool:
    others = [name for name in sheet_names(body) if name != table.sheet]
    return any(_has(body, name, table.headings) for name in others)


def _has(body: bytes, sheet: str, headings: Collection[str]) -> bool:
    try:
        other = read_workbook(body, wanted=headings, sheet=sheet)
    except LayoutChangedError:
        return False
    return set(map(fold, headings)) <= set(map(fold, other.headings))


def _records_at(body: bytes, name: str) -> tuple[tuple[str, ...], bool]:
    """The path to the longest list of objects, and whether it is an object of them."""
    try:
        parsed = orjson.loads(body.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise LayoutChangedError(f"{name} is not whole JSON ({error})") from error
    found = max(_lists(parsed), key=lambda it: it[2], default=None)
    if found is None:
        raise LayoutChangedError(f"{name} holds no list of records")
    return found[0], found[1]


def _lists(parsed: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bool, int]]:
    inside = list(parsed.values()) if isinstance(parsed, Mapping) else parsed
    if isinstance(inside, list) and inside and all(isinstance(item, Mapping) for item in inside):
        yield path, isinstance(parsed, Mapping), len(inside) if isinstance(parsed, list) else len(inside) - 1
    if isinstance(parsed, Mapping) and len(path) < _DEEPEST:
        for name, value in parsed.items():
            yield from _lists(value, (*path, name))
