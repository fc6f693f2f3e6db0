"""Which heading becomes which field: declared by a source, compiled once per heading row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from prospect_aggregate.normalize.memo import remembered
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.fields import READ, SELDOM_TWICE, Read
from prospect_aggregate.scrapers.headings import match

_OFTEN_THE_SAME = 60
"""Characters: names, codes and kinds have fewer, and stand in many rows; descriptions have more."""


@dataclass(frozen=True, slots=True)
class Column:
    """The headings whose cells `read` takes, in order, to make one field of a draft."""

    headings: tuple[str, ...]
    read: Read
    memo: bool = True
    """Remember what a cell was read as: worth it for vocabularies, a waste for titles."""
    required: bool = True
    shared: tuple[str, ...] = ()
    """Those of the headings whose cells are about other things too: alone they publish nothing of this field."""


Declared = str | tuple[str, ...] | Column
"""A heading, or several whose cells belong together, read as `fields.READ` says; a Column says otherwise."""


def column(*headings: str, read: Read, memo: bool = True, shared: tuple[str, ...] = ()) -> Column:
    """`column("EST COST PER FY", read=money.yearly)`, where the field's own reading does not do."""
    return Column(headings, read, memo, shared=shared)


def columns_of(declared: Mapping[str, Declared], *, required: bool = True) -> dict[str, Column]:
    """What a source declares, each with the reading that it will have. Raises LookupError for a field of no draft."""
    return {field: _column_of(field, said, required=required) for field, said in declared.items()}


def _column_of(field: str, said: Declared, *, required: bool) -> Column:
    if field not in READ:
        raise LookupError(f"no field of a draft is called {field!r}; there are {', '.join(READ)}")
    if isinstance(said, Column):
        return replace(said, memo=said.memo and field not in SELDOM_TWICE, required=required)
    headings = (said,) if isinstance(said, str) else said
    return Column(headings, READ[field], field not in SELDOM_TWICE, required)


@dataclass(frozen=True, slots=True)
class Row:
    """One published row: its number in the file, its cells in the order of the list's headings."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """What a source knows of its list's headings: each with its spellings, and which ones must be there."""

    wanted: Mapping[str, Sequence[str]]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns bound to the positions where one edition has them."""

    headings: tuple[str, ...]
    fields: tuple[tuple[str, Read, tuple[int | None, ...]], ...]
    origins: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]

    def values(self, row: Row) -> dict[str, Any]:
        """Field → what its cells were read as."""
        cells = row.cells
        return {
            field: read(*(None if position is None else cells[position] for position in positions))
            for field, read, positions in self.fields
        }

    def raw(self, row: Row) -> dict[str, Cell]:
        """Heading → cell, as published; empty cells are left out."""
        return {
            heading: _shared(cell) if isinstance(cell, str) and len(cell) <= _OFTEN_THE_SAME else cell
            for heading, cell in zip(self.headings, row.cells, strict=True)
            if cell is not None
        }


def compile_plan(
    columns: Mapping[str, Column], present: Sequence[str], *, named: Headings, source: str
) -> Plan:
    """Raises LayoutChangedError, naming each required heading that is missing and what looks like it."""
    found = match(named.wanted, present, required=named.required, source=source)
    fields = tuple(
        (field, _memoised(column), tuple(found.index.get(heading) for heading in column.headings))
        for field, column in columns.items()
        if any(heading in found.index for heading in column.headings)
    )
    origins = {
        field: tuple(present[position] for position in positions if position is not None)
        for field, _, positions in fields
    }
    return Plan(tuple(present), fields, origins, tuple(map(_unknown, found.new)))


@remembered(16384)
def _shared(text: str) -> str:
    """One text for all rows that say the same: a hundred thousand new rows wait in memory to be written together."""
    return text


def _unknown(heading: str) -> str:
    return f"new heading {heading.strip()!r}: its values are kept, no field is read from it"


def _memoised(column: Column) -> Read:
    return lru_cache(maxsize=20_000)(column.read) if column.memo else column.read
