"""Bytes in, Table out: the readers that sources choose from."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import orjson

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError, TransientError
from prospect_aggregate.scrapers.grid import (
    MOST_COLUMNS,
    BadRow,
    Record,
    all_kept,
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
    "parse_json",
    "read_csv",
    "read_html",
    "read_json",
    "read_workbook",
    "sheet_names",
    "table_of",
]

DELIMITERS = (",", ";", "\t")
_DEEPEST = 4
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(rf"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")
"""One of the two escapes that make an emoji, without the other: a server has cut a text after so many units."""
_CHUNK = 1 << 20
_LONGEST_LINE = 1_000_000
"""The longest of a real list has 5,000 characters; a file without ends of lines is none."""
_LONGEST_RECORD = 200
"""Lines; a description has up to 60."""
_MOST_BROKEN = 1000


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
    names, items = _items(parse_json(body, _who(source)), path, source, keyed=keyed)
    return table_of(items, lambda number: pointer_to(*path, names[number - 1]), source=source)


def table_of(
    items: Iterable[Mapping[str, object]], pointer: Callable[[int], str], *, source: str = ""
) -> Table:
    """The Table of objects that are parsed already; `pointer` says where the row of a number stands."""
    flat = [_flatten(item, source) for item in items]
    headings = tuple(dict.fromkeys(heading for item in flat for heading in item))
    if len(headings) > MOST_COLUMNS:
        raise LayoutChangedError(
            f"{_who(source)} has {len(headings)} fields; no list has over {MOST_COLUMNS}"
        )
    rows = (
        (number, tuple([item.get(heading) for heading in headings])) for number, item in enumerate(flat, 1)
    )
    return Table(headings, rows, pointer=pointer)


def parse_json(body: bytes, who: str) -> object:
    """What the bytes say; half a character in one text (cut in the middle, or not UTF-8) spoils no other record.

    Raises TransientError when they are not whole.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return orjson.loads(_HALF.sub(r"\\ufffd", body.decode("utf-8", errors="replace")))
    except orjson.JSONDecodeError as error:
        raise TransientError(f"{who} is not whole JSON ({error}); {len(body)} bytes arrived") from error


def read_csv(body: bytes, *, wanted: Collection[str], source: str = "") -> Table:
    """The Table of a CSV file, whatever its delimiter.

    A line that does not fit is not skipped and not bent: it comes as a `BadRow`, in its place.
    """
    encoding = _encoding(body)
    tried = {each: find_headings(_records(body, encoding, each, source), wanted)[0] for each in DELIMITERS}
    found = {delimiter: each for delimiter, each in tried.items() if each is not None}
    if not found:
        raise no_headings(source, wanted, texts(_records(body, encoding, DELIMITERS[0], source)))
    delimiter = max(found, key=lambda each: found[each].score)
    return make_table(found[delimiter], _records(body, encoding, delimiter, source))


def csv_rows(body: bytes, headings: Collection[str]) -> tuple[Iterator[Record], str, str]:
    """Every record of a CSV file, its delimiter, by which these headings are found, and its encoding."""
    encoding = _encoding(body)
    tried = {each: find_headings(_records(body, encoding, each), headings)[0] for each in DELIMITERS}
    found = {delimiter: each.score for delimiter, each in tried.items() if each is not None}
    delimiter = max(found, key=lambda each: found[each])
    return _records(body, encoding, delimiter), delimiter, encoding


def pointer_to(*steps: str | int) -> str:
    """A JSON Pointer (RFC 6901) of these steps from the whole document."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _items(
    parsed: object, path: Sequence[str], source: str, *, keyed: bool
) -> tuple[Sequence[str | int], list[Mapping[str, object]]]:
    """What the records are called there, and the records."""
    for name in path:
        if not isinstance(parsed, dict) or name not in parsed:
            raise LayoutChangedError(f"{_who(source)} has no {'.'.join(path)!r}; it holds {_outline(parsed)}")
        parsed = parsed[name]
    names: Sequence[str | int] = ()
    if keyed and isinstance(parsed, dict):
        names, parsed = list(parsed), list(parsed.values())
    if not isinstance(parsed, list):
        raise LayoutChangedError(f"{_who(source)} is no list of records; it is {_outline(parsed)}")
    stranger = next((item for item in parsed if not isinstance(item, dict)), None)
    if stranger is not None or None in parsed:
        raise LayoutChangedError(f"{_who(source)} lists {_outline(stranger)} where a record should be")
    return names or range(len(parsed)), parsed


def _outline(parsed: object) -> str:
    """A few words on what was found, short enough for a message."""
    if isinstance(parsed, dict):
        return f"an object with {', '.join(map(repr, list(parsed)[:5])) or 'nothing'}"
    return f"a list of {len(parsed)}" if isinstance(parsed, list) else f"{orjson.dumps(parsed).decode()[:80]}"


def _flatten(item: Mapping[str, object], source: str) -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    _spread(item, "", 1, flat, source)
    if len(flat) > MOST_COLUMNS:
        raise LayoutChangedError(f"{_who(source)} has a record of over {MOST_COLUMNS} fields; no list has")
    return flat


def _spread(item: Mapping[str, object], above: str, depth: int, flat: dict[str, Cell], source: str) -> None:
    """Every leaf under its dotted heading. A list of many has millions of them, so a text takes the short way."""
    for heading, value in zip(_headings(above, tuple(item)), item.values(), strict=True):
        if isinstance(value, dict) and value and depth < _DEEPEST:
            _spread(value, f"{heading}.", depth + 1, flat, source)
        elif heading in flat:
            raise LayoutChangedError(f"{_who(source)} has two values under {heading!r} in one record")
        else:
            flat[heading] = kept(value) if isinstance(value, str) else scalar(value)


@lru_cache(maxsize=100)
def _headings(above: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Records of one list have the same names again and again."""
    return tuple([above + (kept(name) or "") for name in names])


def scalar(value: object) -> Cell:
    """A value of JSON as a cell: what is no scalar stays JSON text."""
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode() if value else None
    if isinstance(value, str):
        return kept(value)
    return value  # type: ignore[return-value]  # orjson gives nothing else


def _records(body: bytes, encoding: str, delimiter: str, source: str = "") -> Iterator[Record]:
    """Records numbered as a spreadsheet would show them; a line that breaks one is a record of its own.

    The lines after it are read again: a quote that does not close costs its line, and not those that it swallowed.
    """
    lines = _Lines(io.TextIOWrapper(io.BytesIO(body), encoding, errors="replace", newline=""), source)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in itertools.count(1):
        try:
            cells = all_kept(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield number, BadRow([kept(lines.give_back())], f"its quotes do not close ({error})")
        else:
            yield number, cells
        lines.taken.clear()


class _Lines(Iterator[str]):
    """Lines of a file, remembered until the record they make is read."""

    def __init__(self, lines: io.TextIOWrapper, source: str) -> None:
        self._lines, self._source = lines, source
        self._again: list[str] = []
        self._broken = 0
        self.taken: list[str] = []

    def __next__(self) -> str:
        if len(self.taken) == _LONGEST_RECORD:
            raise csv.Error(f"no end within {_LONGEST_RECORD} lines")
        line = self._again.pop() if self._again else self._lines.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == _LONGEST_LINE:
            raise LayoutChangedError(f"{_who(self._source)} has a line of over {_LONGEST_LINE:,} characters")
        self.taken.append(line)
        return line

    def give_back(self) -> str:
        """The first line of a broken record; those after it come again."""
        self._broken += 1
        if self._broken > _MOST_BROKEN:
            raise LayoutChangedError(
                f"{_who(self._source)} has over {_MOST_BROKEN:,} lines with broken quotes"
            )
        first, *others = self.taken
        self._again.extend(reversed(others))
        return first.rstrip("\r\n")


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
