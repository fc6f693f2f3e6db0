"""Bytes in, Table out: the readers that sources choose from."""

import codecs
import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import orjson

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError, TransientError
from prospect_aggregate.scrapers.grid import (
    MOST_COLUMNS,
    BadRow,
    Record,
    find_headings,
    kept,
    make_table,
    no_headings,
    texts,
)
from prospect_aggregate.scrapers.html import read_html
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.table import Table
from prospect_aggregate.scrapers.workbook import read_workbook, sheet_names

__all__ = [
    "READERS",
    "BadRow",
    "csv_rows",
    "read_csv",
    "read_html",
    "read_json",
    "read_workbook",
    "sheet_names",
]

DELIMITERS = (",", ";", "\t")
_DEEPEST = 4
_CHUNK = 1 << 20


def read_json(
    body: bytes,
    *,
    wanted: Collection[str] = (),  # noqa: ARG001  # JSON names its fields in every record; nothing is searched for
    path: Sequence[str] = (),
    keyed: bool = False,
    source: str = "",
) -> Table:
    """The Table of an array of objects, found under `path`.

    Objects inside are flattened to dotted headings (`dollar_range.display_name`); a list stays JSON text.
    `keyed` also takes an object of objects (Acquisition Gateway sends either).
    """
    items = _items(_parse(body, source), path, source, keyed=keyed)
    flat = [_flatten(item, source) for item in items]
    headings = tuple(dict.fromkeys(heading for item in flat for heading in item))
    if len(headings) > MOST_COLUMNS:
        raise LayoutChangedError(
            f"{_who(source)} has {len(headings)} fields; no list has over {MOST_COLUMNS}"
        )
    rows = (
        (number, tuple([item.get(heading) for heading in headings])) for number, item in enumerate(flat, 1)
    )
    return Table(headings, rows)


def read_csv(body: bytes, *, wanted: Collection[str], source: str = "") -> Table:
    """The Table of a CSV file, whatever its delimiter.

    A line that does not fit is not skipped and not bent: it comes as a `BadRow`, in its place.
    """
    encoding = _encoding(body)
    tried = {each: find_headings(_records(body, encoding, each), wanted)[0] for each in DELIMITERS}
    found = {delimiter: each for delimiter, each in tried.items() if each is not None}
    if not found:
        raise no_headings(source, wanted, texts(_records(body, encoding, DELIMITERS[0])))
    delimiter = max(found, key=lambda each: found[each].score)
    return make_table(found[delimiter], _records(body, encoding, delimiter))


def csv_rows(body: bytes, headings: Collection[str]) -> tuple[Iterator[Record], str, str]:
    """Every record of a CSV file, its delimiter, by which these headings are found, and its encoding."""
    encoding = _encoding(body)
    tried = {each: find_headings(_records(body, encoding, each), headings)[0] for each in DELIMITERS}
    found = {delimiter: each.score for delimiter, each in tried.items() if each is not None}
    delimiter = max(found, key=lambda each: found[each])
    return _records(body, encoding, delimiter), delimiter, encoding


def _parse(body: bytes, source: str) -> object:
    try:
        parsed: object = orjson.loads(body.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise TransientError(
            f"{_who(source)} is not whole JSON ({error}); {len(body)} bytes arrived"
        ) from error
    return parsed


def _items(parsed: object, path: Sequence[str], source: str, *, keyed: bool) -> list[Mapping[str, object]]:
    for name in path:
        if not isinstance(parsed, dict) or name not in parsed:
            raise LayoutChangedError(f"{_who(source)} has no {'.'.join(path)!r}; it holds {_outline(parsed)}")
        parsed = parsed[name]
    if keyed and isinstance(parsed, dict):
        parsed = list(parsed.values())
    if not isinstance(parsed, list):
        raise LayoutChangedError(f"{_who(source)} is no list of records; it is {_outline(parsed)}")
    stranger = next((item for item in parsed if not isinstance(item, dict)), None)
    if stranger is not None or None in parsed:
        raise LayoutChangedError(f"{_who(source)} lists {_outline(stranger)} where a record should be")
    return parsed


def _outline(parsed: object) -> str:
    """A few words on what was found, short enough for a message."""
    if isinstance(parsed, dict):
        return f"an object with {', '.join(map(repr, list(parsed)[:5])) or 'nothing'}"
    return f"a list of {len(parsed)}" if isinstance(parsed, list) else f"{orjson.dumps(parsed).decode()[:80]}"


def _flatten(item: Mapping[str, object], source: str) -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for heading, value in _leaves(item, "", 1):
        if heading in flat:
            raise LayoutChangedError(f"{_who(source)} has two values under {heading!r} in one record")
        flat[heading] = value
    return flat


def _leaves(item: Mapping[str, object], above: str, depth: int) -> Iterator[tuple[str, Cell]]:
    for name, value in item.items():
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from _leaves(value, f"{above}{name}.", depth + 1)
        else:
            yield above + (kept(name) or ""), _scalar(value)


def _scalar(value: object) -> Cell:
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode() if value else None
    if isinstance(value, str):
        return kept(value)
    return value  # type: ignore[return-value]  # orjson gives nothing else


def _records(body: bytes, encoding: str, delimiter: str) -> Iterator[Record]:
    """Records numbered as a spreadsheet would show them; one with broken quotes comes as raw lines."""
    lines = _Lines(io.TextIOWrapper(io.BytesIO(body), encoding, errors="replace", newline=""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells: list[Cell] = [cell if cell and not cell.isspace() else None for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield number, BadRow(lines.taken, f"its quotes do not close ({error})")
        else:
            yield number, cells
        lines.taken.clear()


class _Lines(Iterator[str]):
    """Lines of a file, remembered until the record they make is read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.taken: list[Cell] = []

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line.rstrip("\r\n"))
        return line


def _encoding(body: bytes) -> str:
    """UTF-8 when every byte agrees, UTF-16 when it says so (Excel's "Unicode text"), else cp1252."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _CHUNK):
            decoder.decode(body[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _who(source: str) -> str:
    return f"{source}: the file" if source else "the file"


READERS: Mapping[Kind, Callable[..., Table]] = {
    Kind.JSON: read_json,
    Kind.XLSX: read_workbook,
    Kind.CSV: read_csv,
    Kind.XLS_HTML: read_html,
    Kind.HTML: read_html,
}
"""Each takes `(body, *, wanted, source)`, for a source with nothing special about it."""
