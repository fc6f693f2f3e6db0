"""What a row is known by: the agency's number, or one made of the row's words."""

from collections.abc import Iterator, Mapping, Sequence

from prospect_aggregate.normalize import text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.scaffold import evidence
from prospect_aggregate.scrapers.scaffold.lexicon import SAME, words_of
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.scaffold.proposed import COMPOSITE, NUMBERED, Known, Proposed

ALMOST = 0.95
"""Numbers that stand on so many rows, and are so seldom the same, are numbers; Justice's are the same on a few."""
_CALLED = {"number", "identifier", "key", "tracking", "uuid"}
_OF_SOMETHING_ELSE = {"award", "contract", "contractor", "incumbent", "naics", "solicitation"}
_TELLING = ("title", "description", "office", "component", "program_office", "place", "naics_codes")
"""What seldom changes and tells rows apart, the best first."""


def own_number(opened: Opened, known: Known) -> str | None:
    """The column of the agency's own numbers."""
    return next(_by_likelihood(opened, known), None)


def key(opened: Opened, own: str | None, found: Mapping[str, Proposed]) -> Proposed:
    """The proposal for `native_id`: that number, and where there is none one of our own."""
    described = _composite(opened, found)
    if own is None:
        return Proposed("native_id", described, why="no column is unique", reading=COMPOSITE)
    if all(map(text.known, opened.cells(own))):
        return Proposed("native_id", (own,), why="a number on every row")
    others = tuple(it for it in described if it != own)
    return Proposed("native_id", (own, *others), why="a number on most rows", reading=NUMBERED)


def _by_likelihood(opened: Opened, known: Known) -> Iterator[str]:
    """Columns of numbers: first those that are one elsewhere, then the row's own, with letters, called a number."""
    numbers = [it for it in known if _is_number(opened.cells(it))]
    fitting = [it for it in numbers if not repeats(opened, [it]) or _is_the_rows_own(it)]
    scores = {it: known[it]["native_id"].score if "native_id" in known[it] else 0 for it in fitting}
    yield from sorted(
        fitting,
        key=lambda it: (
            scores[it] < SAME, bool(words_of(it) & _OF_SOMETHING_ELSE), _is_bare(opened.cells(it)), -scores[it],
            not words_of(it) & _CALLED,
        ),
    )  # fmt: skip


def _is_the_rows_own(heading: str) -> bool:
    return bool(words_of(heading) & _CALLED) and not words_of(heading) & _OF_SOMETHING_ELSE


def _is_bare(cells: Sequence[Cell]) -> bool:
    """Digits alone are more often a computer's count than an agency's number."""
    return all((text.line(cell) or "0").isdigit() for cell in cells)


def _is_number(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if text.known(cell)]
    return (
        len(filled) >= ALMOST * len(cells)
        and evidence.distinct([(cell,) for cell in filled]) >= ALMOST
        and evidence.is_number(filled)
    )


def _composite(opened: Opened, found: Mapping[str, Proposed]) -> tuple[str, ...]:
    """The first heading that tells rows apart, and those that tell more of them."""
    telling = [it for name in _TELLING if name in found for it in found[name].headings]
    headings: list[str] = []
    told = 0.0
    for heading in telling or opened.headings:
        tells = evidence.distinct(_rows(opened, [*headings, heading]))
        if tells > told and told < 1:
            headings.append(heading)
            told = tells
    return tuple(headings)


def repeats(opened: Opened, headings: Sequence[str]) -> bool:
    """Whether rows are alike in all that stands under these headings."""
    return evidence.distinct(_rows(opened, headings)) < 1


def _rows(opened: Opened, headings: Sequence[str]) -> list[tuple[Cell, ...]]:
    return list(zip(*map(opened.cells, headings), strict=True))
