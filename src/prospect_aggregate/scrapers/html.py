"""HTML tables, streamed: the page is never built."""

import io
from collections.abc import Collection, Iterator

from lxml import etree

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError, TransientError
from prospect_aggregate.scrapers.grid import (
    MOST_COLUMNS,
    SEARCHED_ROWS,
    Found,
    Record,
    find_headings,
    kept,
    make_table,
    no_headings,
    texts,
)
from prospect_aggregate.scrapers.table import Table


def read_html(body: bytes, *, wanted: Collection[str], source: str = "") -> Table:
    """The Table of the page's table whose heading row holds most of the wanted headings.

    `<th>` and `<td>` are the same to us: Treasury's download has only the former.
    """
    who = f"{source}: the page" if source else "the page"
    page = body.lower()
    if b"<table" in page and b"</table" not in page:
        raise TransientError(f"{who} ends inside its table; the download was cut off")
    tops = _tops(body, who)
    found, table = _best(tops, wanted)
    if found is None:
        raise no_headings(source, wanted, [text for top in tops.values() for text in texts(iter(top))])
    return make_table(found, _records(body, table, who), sheet=f"table {table}")


def table_rows(body: bytes, wanted: Collection[str]) -> Iterator[Record]:
    """Every row of the table that `read_html` reads."""
    _, table = _best(_tops(body, "the page"), wanted)
    return _records(body, table, "the page")


def _tops(body: bytes, who: str) -> dict[int, list[Record]]:
    """The first rows of every table on the page."""
    tops: dict[int, list[Record]] = {}
    for table, number, row in _rows(body, who):
        if number <= SEARCHED_ROWS:
            tops.setdefault(table, []).append((number, _cells(row)))
    return tops


def _best(tops: dict[int, list[Record]], wanted: Collection[str]) -> tuple[Found | None, int]:
    best: Found | None = None
    chosen = 0
    for table, top in tops.items():
        found, _ = find_headings(iter(top), wanted)
        if found is not None and (best is None or found.score > best.score):
            best, chosen = found, table
    return best, chosen


def _records(body: bytes, table: int, who: str) -> Iterator[Record]:
    return ((number, _cells(row)) for at, number, row in _rows(body, who) if at == table)


def _rows(body: bytes, who: str) -> Iterator[tuple[int, int, etree._Element]]:
    """Each row of each table: the table's place on the page, the row's in the table, and its element.

    That is emptied when the next one is asked for.
    """
    try:
        yield from _walk(body)
    except etree.XMLSyntaxError as error:
        raise LayoutChangedError(f"{who} cannot be read as HTML ({error})") from error


def _walk(body: bytes) -> Iterator[tuple[int, int, etree._Element]]:
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
    cells: list[Cell] = []
    for cell in row:
        if cell.tag not in ("th", "td"):
            continue
        cells.append(_text(cell))
        if cell.keys():  # most cells have no attribute at all
            cells.extend(_covered(cell, alone=len(row) == 1))
        if len(cells) > MOST_COLUMNS:
            raise LayoutChangedError(f"a row of the table has over {MOST_COLUMNS} cells; no list is as wide")
    return cells


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
