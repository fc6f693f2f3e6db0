"""How far a sheet's cells reach: told from its text, before a reader lays it out and fills the memory.

A reader lays a sheet out densely: one stray cell at XFD1048576 is fatal rather than slow, for running out of memory
ends the whole process, not the call.
"""

import re
from collections.abc import Iterator

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.grid import MOST_COLUMNS
from prospect_aggregate.scrapers.package import Part

_MOST_CELLS = 40_000_000
_SPARSE = 5_200_000
"""Places in a sheet, 32 bytes each, above which at least one in eight must be filled: 52 columns of 100,000 rows."""


def _any_cell_but(reference: bytes) -> re.Pattern[bytes]:
    """A cell that does not say first of all, as every program writes it, that it stands in such a place."""
    return re.compile(rb'<c(?! r="' + reference + rb'"(?: [a-qs-z]+="\w*")*/?>)(?!\w)')


_PREFIXED = re.compile(rb":c[\s/>]")
_SMALL = (_any_cell_but(rb"A?[A-Z]\d{1,5}"), _any_cell_but(rb"[A-Z]{1,2}\d{1,4}"))
"""Within 52 columns (AZ) and 99,999 rows, or within 702 and 9,999: a cell elsewhere, or one that must be looked at."""
_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?(row|c)(?=[\s/>])([^>]*?)(/?)>(?=(</(?:[\w.-]+:)?c\s*>)?)")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(rb"([A-Za-z]*)0*(\d*)")
_PLAIN = rb"""/?[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/?>"""
_ODD = re.compile(rb"<(?!" + _PLAIN + rb"|\?xml [^<>]*>)")
"""What is no tag, or one in which a sign stands that begins or ends tags: a place where cells could be hidden."""
_LONGEST_TAG = 200
_LONGEST_TEXT = 200_000
"""Bytes: Excel lets a cell have 32,767 characters, of up to six bytes each (`&quot;`)."""


def check_extent(sheet: Part, who: str) -> None:
    """Refuse a sheet that could fill the memory. Unpacks it to its end at least once.

    A long list reaches far and fills no memory: told in a tenth of the time that it takes to look at each cell.
    """
    if not any(_has_none(elsewhere, sheet) for elsewhere in _SMALL):
        _check_each_cell(sheet, who)


def _has_none(elsewhere: re.Pattern[bytes], sheet: Part) -> bool:
    return not any(elsewhere.search(text) or _PREFIXED.search(text) for text in _windows(sheet))


def _check_each_cell(sheet: Part, who: str) -> None:
    walk = _Walk()
    is_odd = False
    for text in _windows(sheet):
        walk.over(text)
        is_odd = is_odd or _ODD.search(text) is not None
    places = walk.columns * walk.rows
    if walk.columns > MOST_COLUMNS or places > min(_MOST_CELLS, max(_SPARSE, 8 * walk.filled)):
        raise LayoutChangedError(
            f"{who} has a sheet ({sheet.name}) of {walk.rows} rows and {walk.columns} columns"
        )
    if is_odd:
        raise LayoutChangedError(
            f"{who} has a sheet ({sheet.name}) in which it cannot be told where cells are"
        )


class _Walk:
    """How many cells are filled, and how far down and right they reach.

    Counted as the reader does: a row ends where it is closed, and a cell without a place stands behind the one before.
    """

    def __init__(self) -> None:
        self.filled = self.rows = self.columns = 0
        self._row = self._column = 1

    def over(self, text: bytes) -> None:
        for end, name, attributes, empty, closed in _TAG.findall(text):
            column, row = _reference(attributes)
            if name == b"row":
                self._row = row or self._row
                self._end_row(bool(end or empty))
            elif not end:
                self._column = column or self._column
                self._cell(row or self._row, is_filled=not (empty or closed))

    def _end_row(self, is_ended: bool) -> None:  # noqa: FBT001
        if is_ended:
            self._row, self._column = self._row + 1, 1

    def _cell(self, row: int, *, is_filled: bool) -> None:
        if is_filled:
            self.filled += 1
            self.rows, self.columns = max(self.rows, row), max(self.columns, self._column)
        self._column += 1


def _reference(attributes: bytes) -> tuple[int, int]:
    """Column and row of the last `r`, which is the one that counts; 0 for what is not told."""
    told = [double or single for name, double, single in _ATTRIBUTE.findall(attributes) if name == b"r"]
    place = _PLACE.fullmatch(told[-1]) if told else None
    return (_column(place[1]), int(place[2][:9] or 0)) if place else (0, 0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:9].upper():
        number = number * 26 + letter - 64
    return number


def _windows(sheet: Part) -> Iterator[bytes]:
    """The text in pieces that end with a tag: a cell that is cut apart would seem to have no place.

    Where no tag ends for longer than any text of a cell is, they overlap by more than a tag instead.
    """
    tail = b""
    for piece in sheet.pieces():
        text = tail + piece
        end = text.rfind(b">") + 1
        if len(text) - end > _LONGEST_TEXT:
            yield text
            tail = text[-_LONGEST_TAG:]
        elif text:
            yield text[:end]
            tail = text[end:]
    yield tail
