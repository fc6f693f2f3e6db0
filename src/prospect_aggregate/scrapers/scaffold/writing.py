"""The text of a new source's file."""

from collections.abc import Iterator
from dataclasses import dataclass

from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.scaffold.code import Call, Code, Several, broken, flat, packed, prose, quoted
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.scaffold.proposal import Proposal
from prospect_aggregate.scrapers.scaffold.proposed import COMPOSITE, Proposed

NOWHERE = "https://www.example.gov/forecast"
"""Stands where no address was given; nobody answers there."""
_REPEATS = "Rows share a number here: look whether they are different purchases (`repeats`) or one."
_SCRAPERS = "prospect_aggregate.scrapers"
_KINDS = {Kind.JSON: "Kind.JSON", Kind.CSV: "Kind.CSV", Kind.XLS_HTML: "Kind.XLS_HTML"}
_OURS = (
    "# No column is unique: a row is known by these words, and whoever changes them makes a new prospect.",
    "# Some rows have no number: they are known by their words.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the source is called, whose it is, and where it comes from as far as that is known."""

    name: str
    key: str
    agency: str | None
    url: str | None

    @property
    def class_name(self) -> str:
        return "".join(word.capitalize() for word in self.key.split("_"))


def source_text(naming: Naming, opened: Opened, proposal: Proposal, absent: frozenset[str]) -> str:
    """`absent` are the fields that an edition may do without."""
    required = [each for each in proposal.fields if each.field not in absent]
    optional = [each for each in proposal.fields if each.field in absent]
    lines = [*_attributes(naming, opened, proposal), *_map("columns", required)]
    lines += _map("optional", optional) if optional else []
    rest = tuple(quoted(_squeezed(heading)) for heading in proposal.rest if fold(heading))
    lines += packed("known", rest, 4) if rest else []
    imports = "\n".join(_imports(opened, proposal))
    return f"{_docstring(naming, opened, proposal)}\n{imports}\n\n\n" + "\n".join(lines) + "\n"


def _docstring(naming: Naming, opened: Opened, proposal: Proposal) -> str:
    row = f" in row {opened.heading_row}" if opened.heading_row else ""
    sheet = f" of the sheet {opened.sheet!r}" if opened.sheet else ""
    guessed = [f"`{each.field}` {each.why}" for each in proposal.fields if each.why.startswith("by ")]
    return prose(
        f"{naming.name}: say in a sentence what this list is, and whose.",
        f"Not verified: any of it. Proposed from `{opened.name}` ({len(opened.rows):,} rows, {len(opened.headings)} "
        f"headings{row}{sheet}) by what these headings mean elsewhere.",
        *([f"Look at first: {'; '.join(guessed)}."] if guessed else []),
        *([_REPEATS] if proposal.repeats else []),
        *([f"Unread: {'; '.join(proposal.remarks)}."] if proposal.remarks else []),
        f"Not known: {', '.join(_unknown(naming))}; how often the list changes; what it holds; whether other editions "
        "have these headings.",
    )


def _unknown(naming: Naming) -> Iterator[str]:
    if naming.url is None:
        yield "where the list is"
    if naming.agency is None:
        yield "the agency's full name"
    yield "whether the address gives this file to a program"


def _imports(opened: Opened, proposal: Proposal) -> Iterator[str]:
    wanted: dict[str, set[str]] = {f"{_SCRAPERS}.base": {"Scraper"}}
    if opened.kind in _KINDS:
        wanted.setdefault(f"{_SCRAPERS}.fetch", set()).add("Kind")
    for each in proposal.fields:
        if each.reading:
            wanted.setdefault(f"{_SCRAPERS}.columns", set()).add("column")
            wanted.setdefault(each.reading.module, set()).add(each.reading.imported)
    if reader := _reader(opened):
        wanted.setdefault(f"{_SCRAPERS}.readers", set()).add(flat(reader.arguments[0]))
        yield "from functools import partial\n"
    for module in sorted(wanted):
        yield f"from {module} import {', '.join(sorted(wanted[module]))}"


def _attributes(naming: Naming, opened: Opened, proposal: Proposal) -> Iterator[str]:
    yield f"class {naming.class_name}(Scraper):"
    yield f"    name = {quoted(naming.name)}"
    yield f"    agency = {quoted(naming.agency or naming.name)}"
    yield f"    url = {quoted(naming.url or NOWHERE)}"
    if opened.kind in _KINDS:
        yield f"    kind = {_KINDS[opened.kind]}"
    if reader := _reader(opened):
        yield from broken("reader = ", reader, "", 4)
    yield '    coverage = "Not verified: which of its purchases this list holds."'
    if proposal.repeats:
        yield "    repeats = True"


def _reader(opened: Opened) -> Call | None:
    if opened.is_one_sheet_of_several and opened.sheet:
        return Call("partial", ("read_workbook", f"sheet={quoted(opened.sheet)}"))
    path = (f"path={flat(Several(tuple(map(quoted, opened.path))))}",) if opened.path else ()
    keyed = ("keyed=True",) if opened.keyed else ()
    return Call("partial", ("read_json", *path, *keyed)) if path or keyed else None


def _map(name: str, proposed: list[Proposed]) -> Iterator[str]:
    yield f"    {name} = {{"
    for each in proposed:
        if each.field == "native_id" and each.reading:
            yield f"        {_OURS[each.reading is not COMPOSITE]}"
        yield from broken(f"{quoted(each.field)}: ", _declared(each), ",", 8)
    yield "    }"


def _declared(each: Proposed) -> Code:
    headings = tuple(quoted(_squeezed(heading)) for heading in each.headings)
    if each.reading:
        return Call("column", (*headings, _read(each.reading.written)))
    return headings[0] if len(headings) == 1 else Several(headings)


def _read(written: str) -> Code:
    name, bracket, arguments = written.partition("(")
    if not bracket:
        return f"read={name}"
    return Call(f"read={name}", tuple(arguments.removesuffix(")").split(", ")))


def _squeezed(heading: str) -> str:
    """Blanks and line breaks of a heading are typing."""
    return " ".join(heading.split())
