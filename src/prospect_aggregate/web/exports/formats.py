"""The formats of an export, by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prospect_aggregate.prospects.search import UnknownFilterError
from prospect_aggregate.web.exports import delimited, lines, ocds, workbook
from prospect_aggregate.web.exports.export import Export


@dataclass(frozen=True, slots=True)
class Format:
    """How an export is written, and what the file is called and taken for."""

    name: str
    words: str
    hint: str
    suffix: str
    media_type: str
    write: Callable[[Export], Iterator[bytes]]
    has_columns: bool = True


_ALL = (
    Format("csv", "CSV", "UTF-8, for programs; Excel opens it, but misreads accents and codes", "csv",
           "text/csv; charset=utf-8", delimited.write),
    Format("xlsx", "Excel workbook", "dates and money as such, codes as text", "xlsx",
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.write),
    Format("jsonl", "JSON Lines", "the objects of the API, one a line", "jsonl", "application/jsonl",
           lines.write_lines),
    Format("json", "JSON", "the same as one list", "json", "application/json", lines.write_list),
    Format("ocds", "OCDS 1.1", "a release package of planning processes", "ocds.json", "application/json",
           ocds.write, has_columns=False),
)  # fmt: skip
FORMATS = {each.name: each for each in _ALL}


def format_named(name: str) -> Format:
    """Raises UnknownFilterError, naming those that there are."""
    if name not in FORMATS:
        raise UnknownFilterError(f"format is one of {', '.join(FORMATS)}")
    return FORMATS[name]
