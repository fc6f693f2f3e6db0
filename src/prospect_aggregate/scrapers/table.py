"""A published list as readers give it: headings found, rows in file order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prospect_aggregate.normalize.text import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` is read once, lazily; each is the row's number in the file and its cells, as many as headings."""

    headings: tuple[str, ...]
    """As published, blanks at the ends included; unnamed columns are left out."""
    rows: Iterator[tuple[int, tuple[Cell, ...]]]
    sheet: str | None = None
    """The workbook's sheet, or which table of a page."""
    heading_row: int | None = None
    """1-based, as Excel counts; None for JSON."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """Heading → its column in the file, from 0; none for JSON."""
    pointer: Callable[[int], str] | None = None
    """From a row's number to the JSON Pointer (RFC 6901) of its record."""
    parts: Mapping[str, "Table"] = field(default_factory=dict)
    """The tables that this one was put together from, by what stands in a row's first cell."""
    notes: list[str] = field(default_factory=list)
    """What a person should know of how this edition was read (heading's row moved, footers left out, …)."""
    partial: list[str] = field(default_factory=list)
    """Why this is not the whole list, known once the rows are read; an edition with a reason shows no absence."""
