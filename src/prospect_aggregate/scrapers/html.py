"""HTML tables, streamed: the page is never built."""

import io
import itertools
from collections.abc import Collection, Iterator

from lxml import etree

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError, TransientError
from prospect_aggregate.scrapers.grid import (
    MOST_COLUMNS,
    SEARCHED_ROWS,
    Found,
    Record,
    all_kept,
    best_of,
    is_whole,
    kept,
    make_table,
    no_headings,
    score,
    texts,
)
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.table import Table

Row = tuple[int, int, etree._Element]
"""The table's place on the page, the row's in the table, and its element, emptied when the next is asked for."""


def read_html(body: bytes, *, wanted: Collection[str], source: str = "") -> Table:
    """The Table of the page's table whose heading row holds most of the wanted headings.

    `<th>` and `<td>` are the same to us: Treasury's download has only the former.
    """
    who = f"{source}: the page" if source else "the page"
    page = body.lower()
    if b"<table" in page and b"</table" not in page:
        raise TransientError(f"{who} ends inside its table; the download was cut off")
    found, records, table = _list(body, wanted, who, source)
    return make_table(found, records, sheet=f"table {table}")


def table_rows(body: bytes, wanted: Collection[str]) -> Iterator[Record]:
    """Every row of the table that `read_html` reads."""
    return _list(body, wanted, "the page", "")[1]


def _list(
    body: bytes, wanted: Collection[str], who: str, source: str
) -> tuple[Found, Iterator[Record], int | None]:
    """The table that is the list, and all rows of it.

    A row with all headings ends the search, and the rest follows what was searched; else the page is read again.
    """
    rows = _rows(body, who)
    tops = _tops(rows, wanted)
    found, top, table = best_of(((table, iter(top)) for table, top in tops.items()), wanted)
    if found is None:
        raise no_headings(source, wanted, [text for top in tops.values() for text in texts(iter(top))])
    if found.is_whole:
        return found, itertools.chain(top, _of(table, rows)), table
    return found, _of(table, _rows(body, who)), table


def _tops(rows: Iterator[Row], wanted: Collection[str]) -> dict[int, list[Record]]:
    """The first rows of every table on the page, up to a row with all that is wanted."""
    tops: dict[int, list[Record]] = {}
    folded = frozenset(map(fold, wanted))
    for table, number, row in rows:
        if number <= SEARCHED_ROWS:
            cells = _cells(row)
            tops.setdefault(table, []).append((number, cells))
            if is_whole(score(cells, folded), folded):
                break
    return tops


def _of(table: int | None, rows: Iterator[Row]) -> Iterator[Record]:
    return ((number, _cells(row)) for at, number, row in rows if at == table)


def _rows(body: bytes, who: str) -> Iterator[Row]:
    try:
        yield from _walk(body)
    except etree.XMLSyntaxError as error:
        raise LayoutChangedError(f"{who} cannot be read as HTML ({error})") from error


def _walk(body: bytes) -> Iterator[Row]:
    open_tables: list[int] = [0]
    rows: dict[int, int] = {}
    events = etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        tag=("table", "tr"),
        html=True,
        encoding=_encoding(body),
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in events:
        if element.tag == "table":
            _step(event, open_tables, rows)
        elif event == "end":
            table = open_tables[-1]
            rows[table] = rows.get(table, 0) + 1
            yield table, rows[table], element
            element.clear()


def _step(event: str, open_tables: list[int], rows: dict[int, int]) -> None:
    """Tables may stand inside tables; a row belongs to the innermost."""
    if event == "start":
        rows[len(rows) + 1] = 0
        open_tables.append(len(rows))
    elif len(open_tables) > 1:
        open_tables.pop()


def _cells(row: etree._Element) -> list[Cell]:
    """Most rows are of bare cells, whose texts are taken at once."""
    cells = list(itertools.islice(row.iterchildren("th", "td"), MOST_COLUMNS + 1))
    if any(map(len, cells)) or any(map(etree._Element.keys, cells)):
        return _each_cell(cells, alone=len(row) == 1)
    _check_width(len(cells))
    return all_kept([(cell.text or "").strip() for cell in cells])


def _each_cell(cells: list[etree._Element], *, alone: bool) -> list[Cell]:
    """With what is inside of them, and the places over which they lie."""
    texts: list[Cell] = []
    for cell in cells:
        texts.append(_text(cell))
        texts.extend(_covered(cell, alone=alone))
        _check_width(len(texts))
    return texts


def _check_width(cells: int) -> None:
    if cells > MOST_COLUMNS:
        raise LayoutChangedError(f"a row of the table has over {MOST_COLUMNS} cells; no list is as wide")


def _covered(cell: etree._Element, *, alone: bool) -> list[None]:
    """The places to the right over which a cell lies."""
    if _span(cell, "rowspan") > 1 and not alone:
        raise LayoutChangedError("the table has cells that span rows, which we do not read")
    return [None] * (_span(cell, "colspan") - 1)


def _span(cell: etree._Element, name: str) -> int:
    published = cell.get(name, "1").strip()[:9]
    return min(int(published), MOST_COLUMNS) if published.isascii() and published.isdigit() else 1


def _text(cell: etree._Element) -> str | None:
    if len(cell):
        for line_break in cell.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        return kept("".join(map(str, cell.itertext())).strip())
    return kept((cell.text or "").strip())


def _encoding(body: bytes) -> str:
    """UTF-8 when it is that, else what Windows writes; a page's own word about it is wrong too often."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
