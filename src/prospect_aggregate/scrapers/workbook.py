"""Excel workbooks: which sheet is the list, and its cells as plain values."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from datetime import date, datetime

import python_calamine as calamine

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import BlockedError, LayoutChangedError, TransientError
from prospect_aggregate.scrapers.grid import (
    MOST_COLUMNS,
    Found,
    Record,
    find_headings,
    kept,
    make_table,
    no_headings,
    texts,
)
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.table import Table

MOST_UNPACKED = 500 * 2**20
"""Justice's 1 MB unpacks to 10; a hundred Commerces to 600."""
MOST_PARTS = 10_000
"""Justice has thirty; each costs half a kilobyte before anything of it is read."""
_PART_TOLD = b"PK\x01\x02"
MOST_SHEETS = 64
"""Justice has nine."""
_MOST_CELLS = 40_000_000
_SPARSE = 5_200_000
"""Places in a sheet, 32 bytes each, above which at least one in eight must be filled: 52 columns of 100,000 rows."""
_EXACT_FLOATS = 2**53
_REFERENCE = rb"""\sr\s*=\s*["']"""
_FAR = re.compile(rb"""=(?<=[rR\s]=)\s*["'](?:[A-Za-z]{3,}\d+|[A-Za-z]{1,2}\d{5,}|\d{5,})["']""")
"""What may be a row or cell far out by its reference; whether it is one is looked up then."""
_BEYOND = re.compile(
    rb"""=(?<=[rR\s]=)\s*["'](?:[A-Za-z]{3,}\d+|[B-Zb-z][A-Za-z]\d+|[A-Za-z]{0,2}\d{6,})["']"""
)
"""What lies outside of 52 columns (AZ) and 99,999 rows."""
_NO_REFERENCE = rb"""[cC](?:>|\s(?![rR]=["'])(?![^>]*\s[rR]\s*=\s*["']))"""
_UNPLACED = re.compile(b"<" + _NO_REFERENCE), re.compile(b":" + _NO_REFERENCE)
"""A cell without a reference, and what may be one under a prefix (`<x:c>`).

All begin with a sign that `re` can leap to, for every byte of a sheet is searched; one pattern with a prefix that may
be there would try it at every tag.
"""
_TAG = re.compile(
    rb"<(?:\w+:)?(row|c)\b(?:[^>]*?" + _REFERENCE + rb"""([A-Z]*)(\d+)["'])?[^>]*?(/?)>(</)?""", re.IGNORECASE
)
_LONGEST_TAG = 200
_LONGEST_TEXT = 200_000
"""Bytes: Excel lets a cell have 32,767 characters, of up to six bytes each (`&quot;`)."""


def read_workbook(
    body: bytes, *, wanted: Collection[str], sheet: str | None = None, source: str = ""
) -> Table:
    """The Table of the visible sheet whose heading row has most of the wanted headings; of equals, the first.

    Hidden sheets are never read: Justice keeps older editions in them. With `sheet`, only that one.
    """
    check_package(body, source=source)
    book = _open(body, source)
    found, records, name = _best(book, wanted, _visible(book, sheet, source))
    if found is None:
        raise no_headings(source, wanted, _seen(book))
    return make_table(found, records, sheet=name, exact=False)


def sheet_names(body: bytes) -> tuple[str, ...]:
    """The visible sheets, in order. Navy's list is two of them."""
    check_package(body)
    return tuple(_visible(_open(body, ""), None, ""))


def sheet_rows(body: bytes, sheet: str) -> Iterator[Record]:
    """Every row of a sheet, whatever is in it."""
    return _records(_open(body, ""), sheet)


def check_package(body: bytes, *, source: str = "") -> None:
    """Refuse what would hurt: a cut file, a zip bomb, one stray cell at XFD1048576.

    That last one is fatal rather than slow: the reader lays a sheet out densely, and running out of memory
    there ends the whole process, not the call.
    """
    who = f"{source}: the workbook" if source else "the workbook"
    if (parts := body.count(_PART_TOLD)) > MOST_PARTS:
        raise BlockedError(f"{who} tells of {parts:,} parts; over {MOST_PARTS:,} it is not opened")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            _check_parts(package, who)
            for part in package.infolist():
                _check_part(package, part, who)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, OSError) as error:
        raise TransientError(f"{who} is damaged or cut off ({error})") from error
    except (NotImplementedError, RuntimeError) as error:
        raise LayoutChangedError(f"{who} is packed in a way we cannot read ({error})") from error


def _check_parts(package: zipfile.ZipFile, who: str) -> None:
    if "xl/workbook.xml" not in {name.lower() for name in package.namelist()}:
        raise LayoutChangedError(f"{who} is a zip file, but no .xlsx or .xlsm")
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > MOST_UNPACKED:
        raise BlockedError(
            f"{who} unpacks to {unpacked // 2**20} MB; over {MOST_UNPACKED // 2**20} it is not opened"
        )


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, who: str) -> None:
    """Reading a part to its end also checks its checksum."""
    if not part.filename.endswith((".xml", ".rels")):
        return
    is_sheet = part.filename.startswith("xl/worksheets/")
    far = False
    for text in _windows(package, part):
        far = far or (is_sheet and _may_reach_far(text))
    if far and not _is_slim(package, part):
        _check_extent(package, part, who)


def _may_reach_far(text: bytes) -> bool:
    return any(pattern.search(text) for pattern in (_FAR, *_UNPLACED))


def _is_slim(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """A long list may reach far and fill no memory: told in a tenth of the time that it takes to look at each cell."""
    patterns = (_BEYOND, *_UNPLACED)
    return not any(pattern.search(text) for text in _windows(package, part) for pattern in patterns)


def _check_extent(package: zipfile.ZipFile, part: zipfile.ZipInfo, who: str) -> None:
    filled, rows, columns = _extent(package, part)
    is_sparse = columns * rows > max(_SPARSE, 8 * filled)
    if columns > MOST_COLUMNS or columns * rows > _MOST_CELLS or is_sparse:
        raise LayoutChangedError(f"{who} has a sheet ({part.filename}) of {rows} rows and {columns} columns")


def _extent(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int, int]:
    """Filled cells, and how far down and right they go; what has no reference stands behind the one before."""
    filled = rows = columns = row = column = 0
    for text in _windows(package, part):
        for tag, letters, digits, closed, empty in _TAG.findall(text):
            if tag.lower() == b"row":
                row, column = int(digits[:9] or row + 1), 0
                continue
            column = _column(letters) if letters else column + 1
            row = int(digits[:9] or row)
            if not closed and not empty:
                filled, rows, columns = filled + 1, max(rows, row), max(columns, column)
    return filled, rows, columns


def _windows(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's text in pieces that end with a tag: a cell that is cut apart would seem to have no place.

    Where no tag ends for longer than any text of a cell is, they overlap by more than a tag instead.
    """
    tail = b""
    with package.open(part) as text:
        while chunk := text.read(1 << 20):
            piece = tail + chunk
            whole, end, tail = piece.rpartition(b">")
            if len(tail) > _LONGEST_TEXT:
                whole, end, tail = piece, b"", tail[-_LONGEST_TAG:]
            yield whole + end
    yield tail


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:9].upper():
        number = number * 26 + letter - 64
    return number


def _open(body: bytes, source: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(io.BytesIO(body))
    except calamine.PasswordError as error:
        raise BlockedError(f"{source or 'the file'}: the workbook asks for a password") from error
    except calamine.CalamineError as error:
        raise LayoutChangedError(f"{source or 'the file'}: not a workbook we can read ({error})") from error


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


def _best(
    book: calamine.CalamineWorkbook, wanted: Collection[str], names: list[str]
) -> tuple[Found | None, Iterator[Record], str]:
    """Each sheet is laid out once, and only the best so far is held."""
    best: Found | None = None
    kept: Iterator[Record] = iter(())
    chosen = names[0]
    for name in names:
        found, records = find_headings(_records(book, name), wanted)
        if found is not None and (best is None or found.score > best.score):
            best, kept, chosen = found, records, name
        if best is not None and best.score == len(set(map(fold, wanted))):
            break
    return best, kept, chosen


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
