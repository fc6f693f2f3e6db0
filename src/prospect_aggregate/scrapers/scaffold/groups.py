"""Fields that are made of several columns: promises in time, performance and places."""

from collections.abc import Iterable, Iterator, Sequence

from prospect_aggregate.normalize import dates, places
from prospect_aggregate.normalize.dates import PRECISIONS, Window
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.scaffold import evidence
from prospect_aggregate.scrapers.scaffold.contacts import contacts
from prospect_aggregate.scrapers.scaffold.lexicon import ALIKE, words_of
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.scaffold.proposed import (
    IN_STATE,
    MONTH,
    MONTH_OF,
    START,
    START_AND_LENGTH,
    Known,
    Proposed,
)

GROUPED = frozenset({"solicitation", "award", "performance", "place", "contacts"})
_STARTS, _ENDS = {"start", "begin", "beginning", "starts"}, {"end", "ends", "completion", "finish"}
_SOMEBODYS = {"contractor", "incumbent", "company"}
"""A city in such a heading is where somebody sits, not where work is done."""


def groups(opened: Opened, known: Known) -> Iterator[Proposed]:
    for name in ("solicitation", "award"):
        yield from _promise(opened, known, name)
    yield from _performance(opened, known)
    yield from _place(opened, known)
    yield from contacts(opened, known)


def _promise(opened: Opened, known: Known, name: str) -> Iterator[Proposed]:
    """The columns, alone or two together, of which most cells are understood, as finely as can be."""
    about = [it for it in opened.headings if name in words_of(it) or _is_alike(it, known, name)]
    options = _promises(about, opened.headings, name)
    scored = [(_promised(opened, known, each), each) for each in options]
    best = max(scored, key=lambda it: it[0], default=None)
    if best and best[0][0] >= evidence.MOST:
        yield best[1]
    elif sure := [it for it in about if _is_alike(it, known, name) and not evidence.said(opened.cells(it))]:
        yield Proposed(name, (sure[0],), why="by its heading; it has no cells here")


def _promises(about: Sequence[str], headings: Sequence[str], name: str) -> Iterator[Proposed]:
    """Each column alone, and beside each column of years."""
    years = [it for it in about if "year" in words_of(it)]
    years += [it for it in headings if words_of(it) == {"year"} and it not in years]
    for heading in about:
        is_month = "month" in words_of(heading)
        why = "by its heading, which says month" if is_month else "by its heading and its cells"
        yield Proposed(name, (heading,), why=why, reading=MONTH if is_month else None)
        for year in years:
            if year != heading and "quarter" in words_of(heading):
                yield Proposed(name, (heading, year), why="a quarter and its fiscal year")
            if year != heading and is_month:
                yield Proposed(name, (year, heading), why="a year and a month", reading=MONTH_OF)


def _promised(opened: Opened, known: Known, each: Proposed) -> tuple[float, int, float, int]:
    rows = list(zip(*map(opened.cells, each.headings), strict=True))
    read = [window for window in (each.read(*cells) for cells in rows) if isinstance(window, Window)]
    precise = [PRECISIONS.index(window.precision) for window in read if window.precision]
    usual = sorted(precise)[len(precise) // 2] if precise else len(PRECISIONS)
    alike = known[each.headings[0]].get(each.field)
    score = alike.score if alike else 0
    return round(evidence.share(each.read, rows), 1), -usual, score, -len(each.headings)


def _performance(opened: Opened, known: Known) -> Iterator[Proposed]:
    """A start and an end, else a length, else a start."""
    about = [
        it
        for it in opened.headings
        if _is_alike(it, known, "performance")
        or {"period", "performance"} <= words_of(it)
        or "pop" in words_of(it)
    ]
    start = next((it for it in about if words_of(it) & _STARTS), None)
    end = next((it for it in about if words_of(it) & _ENDS), None)
    length = next((it for it in about if it not in (start, end)), None)
    if start and length and evidence.readable(dates.fiscal_quarter, opened.cells(start)) >= evidence.MOST:
        yield Proposed("performance", (start, length), why="a start and a length", reading=START_AND_LENGTH)
    elif start and end:
        yield Proposed("performance", (start, end), why="a start and an end")
    elif length:
        yield Proposed("performance", (length,), why="a length, kept as words")
    elif start:
        yield Proposed("performance", (start,), why="a start without an end", reading=START)


def _place(opened: Opened, known: Known) -> Iterator[Proposed]:
    """City, state and country where they have columns, else all in one."""
    about = [
        it
        for it in opened.headings
        if (_is_alike(it, known, "place") or words_of(it) & {"city", "state", "country"})
        and not words_of(it) & _SOMEBODYS
    ]
    city, state, country = (_part(opened, about, part) for part in ("city", "state", "country"))
    whole = next((it for it in about if it not in (city, state, country)), None)
    if city and state:
        parts = (city, state, country) if country else (city, state)
        yield Proposed("place", parts, why="a city, a state" + (" and a country" if country else ""))
    elif whole and (_is_place(opened.cells(whole)) or {"place", "performance"} <= words_of(whole)):
        yield Proposed("place", (whole,), why="all of it in one cell")
    elif state and _is_place(opened.cells(state)):
        yield Proposed("place", (state, country) if country else (state,), why="no city", reading=IN_STATE)


def _is_alike(heading: str, known: Known, name: str) -> bool:
    return name in known[heading] and known[heading][name].score >= ALIKE


def _part(opened: Opened, headings: Iterable[str], part: str) -> str | None:
    """Its column by the heading, of a place before any other; cells must be states and countries where they say so."""
    about = [it for it in headings if part in words_of(it) and _is_part(part, opened.cells(it))]
    return min(about, key=lambda it: not words_of(it) & {"place", "performance"}, default=None)


def _is_part(part: str, cells: Sequence[Cell]) -> bool:
    reads = {"state": places.state, "country": places.country}
    if part not in reads or not evidence.said(cells):
        return True
    return evidence.readable(reads[part], cells) >= evidence.SOME


def _is_place(cells: Sequence[Cell]) -> bool:
    return evidence.understood("place", cells) >= evidence.SOME or not evidence.said(cells)
