"""Where the cells of a row stand in the bytes that it was read from, as a person finds them again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prospect_aggregate.normalize.text import Cell, as_text
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.readers import parse_json, pointer_to, scalar
from prospect_aggregate.scrapers.table import Table


@dataclass(frozen=True, slots=True)
class CellPlace:
    """One cell: its column in a file that has columns, its JSON Pointer in one that has none.

    Neither where the reader made the cell of what stands around the row: the name of its sheet, its bureau.
    """

    heading: str
    cell: Cell
    column: str | None = None
    pointer: str | None = None

    @property
    def text(self) -> str | None:
        return as_text(self.cell)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """One row: the sheet and its number there, as a spreadsheet counts; or the place of its record."""

    kind: Kind
    number: int
    cells: Mapping[str, CellPlace] = field(repr=False)
    sheet: str | None = None
    heading_row: int | None = None
    pointer: str | None = None


def place_of(table: Table, body: bytes, kind: Kind, number: int, raw: Mapping[str, Cell]) -> RowPlace:
    """The place of a row of this table, which was read from `body`; `raw` is the row, heading → cell."""
    if table.pointer:
        return _record_place(table, body, kind, number, raw)
    part = table.parts.get(str(raw.get(table.headings[0])), table)
    columns = {fold(heading): column for heading, column in part.columns.items()}
    cells = {
        heading: CellPlace(heading, raw.get(heading), column=_letters(columns.get(fold(heading))))
        for heading in table.headings
    }
    return RowPlace(kind, number, cells, sheet=part.sheet, heading_row=part.heading_row)


def _letters(column: int | None) -> str | None:
    """0 is A, 26 is AA."""
    if column is None:
        return None
    above, last = divmod(column, 26)
    return (_letters(above - 1) or "" if above else "") + chr(ord("A") + last)


def _record_place(table: Table, body: bytes, kind: Kind, number: int, raw: Mapping[str, Cell]) -> RowPlace:
    assert table.pointer is not None  # noqa: S101  # the caller asked
    pointer = table.pointer(number)
    leaves = list(_leaves(at_pointer(parse_json(body, "the file"), pointer)))
    cells = {
        heading: CellPlace(
            heading, raw.get(heading), pointer=_pointer(pointer, leaves, heading, raw.get(heading))
        )
        for heading in table.headings
    }
    return RowPlace(kind, number, cells, pointer=pointer)


Leaf = tuple[tuple[str, ...], Cell]


def _pointer(above: str, leaves: list[Leaf], heading: str, cell: Cell) -> str | None:
    """Where the record holds this value under this name: its own field first, then one further inside."""
    alike = [
        steps for steps, value in leaves if value == cell and f".{'.'.join(steps)}".endswith(f".{heading}")
    ]
    return above + pointer_to(*min(alike, key=len)) if alike else None


def _leaves(value: object, above: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Everything inside a record with the names that lead to it, as cells."""
    if above:
        yield above, scalar(value)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*above, name))


def at_pointer(document: object, pointer: str) -> object:
    """What a JSON Pointer leads to; a text on the way is JSON itself (Treasury's lists are). Raises LookupError."""
    for step in pointer.split("/")[1:]:
        if isinstance(document, str):
            document = parse_json(document.encode(), "a text of the file")
        name = step.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]  # type: ignore[index]
    return document
