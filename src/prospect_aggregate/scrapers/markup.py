"""Values inside the fragments of HTML that content systems send as fields; plain text is read as well."""

import html
import re
from dataclasses import replace

from prospect_aggregate.normalize import dates, places, text
from prospect_aggregate.normalize.text import Cell

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TIME = re.compile(r"<time\b[^<>]*\bdatetime=[\"']([^\"']+)[\"']", re.IGNORECASE)
_ADDRESS = re.compile(
    r"class=[\"'](?:[^\"']* )?(locality|administrative-area|country)(?: [^\"']*)?[\"'][^<>]*>([^<]*)<",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s(?:-|–|to)\s")


def words(cell: Cell) -> str | None:
    """What a person sees, on one line; tags part words (`<span>541519</span><span>Other…`)."""
    return text.line(_TAG.sub(" ", cell) if isinstance(cell, str) else cell)


def heading(cell: Cell) -> str | None:
    """A title: as published, tags out; a bare `<` stays."""
    return text.line(text.prose(cell))


def day(cell: Cell) -> dates.Window:
    """`<time datetime="2026-05-11T12:00:00Z">`, else the words: `07/02/2026`."""
    moment = _TIME.search(cell) if isinstance(cell, str) else None
    return dates.day(moment[1] if moment else words(cell), words(cell))


def span(cell: Cell) -> dates.Window:
    """Two `<time>`s, else `05/01/2026 - 11/04/2026`; one alone is the start, more than two stay words."""
    published = words(cell)
    pieces = _TIME.findall(cell) if isinstance(cell, str) else []
    pieces = pieces or _BETWEEN.split(published or "")
    if len(pieces) > 2:
        return dates.Window(text=published)
    start, end = [*pieces, None][:2]
    return replace(dates.period(start, end), text=published)


def place(cell: Cell, state: Cell = None) -> places.Place:
    """An address block's locality, area and country, else the words (`ISABELLA , MN United States`).

    `state` is a column of its own, asked where the block is empty. Several blocks in one cell stay words.
    """
    published = words(cell)
    if published is None:
        return places.place(None, state)
    parts = _ADDRESS.findall(cell) if isinstance(cell, str) else []
    block = {name.lower(): html.unescape(part) for name, part in parts}
    if len(block) < len(parts):
        return places.Place(text=published)
    if not block:
        return places.one_cell(published)
    read = places.place(block.get("locality"), block.get("administrative-area"), block.get("country"))
    return replace(read, text=published)


def link(cell: Cell) -> str | None:
    """The first address in a cell, in a tag or bare."""
    found = _LINK.search(html.unescape(cell)) if isinstance(cell, str) else None
    return found[0].rstrip(".,;)") if found else None
