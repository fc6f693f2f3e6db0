"""What the cells under a heading say: how many of them a field's reading understands."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from prospect_aggregate.normalize import codes, text, vocabularies
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.money import ValueRange
from prospect_aggregate.normalize.places import Place
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.fields import READ, Read
from prospect_aggregate.scrapers.scaffold.lexicon import ALIKE, SURE, Likeness

MOST, SOME = 0.5, 0.2
"""Shares of the cells."""
NEEDED = {
    **dict.fromkeys(("naics_codes", "psc_codes", "value", "incumbent_ends", "agency_updated_at"), MOST),
    **dict.fromkeys(("solicitation_url", "url"), MOST),
    **dict.fromkeys(("set_aside", "competition", "phase", "contract_type", "requirement_type"), SOME),
    **dict.fromkeys(("incumbent_contract", "description"), SOME),
}
"""The share of cells that must be understood where a heading is only like known ones; other fields take any words."""
KEEPS_WORDS = frozenset({
    "contract_type", "requirement_type", "contract_vehicle", "description", "performance", "place",
})  # fmt: skip
"""Fields that take other words than we know as they are."""
LONG = 40
"""Letters that make a text a description."""
LONGEST = {"component": 100, "office": 100, "program_office": 120, "title": 300, "incumbent_name": 120}
"""Letters of the usual cell; more is prose."""
_NAMES = {
    "contract_type": frozenset(vocabularies.CONTRACT_TYPES.values()),
    "requirement_type": frozenset(vocabularies.REQUIREMENT_TYPES.values()),
}
_MONEY = re.compile(r"\$|\d ?(?:k|m|b|mm|million|thousand)\b", re.IGNORECASE)
_SEVERAL_WORDS = re.compile(r"\S\s+\S+\s+\S")


def said(cells: Iterable[Cell]) -> list[Cell]:
    """Those that are not blank and hold no "TBD"."""
    return [cell for cell in cells if text.known(cell)]


def share(read: Read, rows: Iterable[Sequence[Cell]], field: str = "") -> float:
    """Of the rows that say something, how many are understood."""
    spoken = [cells for cells in rows if any(map(text.known, cells))]
    return sum(_is_understood(read(*cells), field) for cells in spoken) / len(spoken) if spoken else 0


def readable(read: Read, cells: Iterable[Cell]) -> float:
    """The same for cells on their own."""
    return share(read, ((cell,) for cell in cells))


def understood(field: str, cells: Iterable[Cell]) -> float:
    """The same for a field's own reading; where that takes any words, only what its vocabulary has counts."""
    return share(READ[field], ((cell,) for cell in cells), field)


def fits(field: str, cells: Sequence[Cell], likeness: Likeness) -> bool:
    """Whether cells can be this field's: any that is understood will do under a known heading."""
    spoken = said(cells)
    if not spoken:
        return likeness.score >= SURE
    if field in LONGEST and median(len(text.as_text(cell) or "") for cell in spoken) > LONGEST[field]:
        return False
    read = understood(field, spoken)
    if likeness.score < ALIKE:
        return read >= MOST if field in NEEDED else likeness.score >= MOST
    return read > 0 if likeness.score >= SURE else read >= NEEDED.get(field, 0)


def is_money(cells: Iterable[Cell]) -> bool:
    """Amounts that say so, by a dollar sign or a unit."""
    spoken = said(cells)
    signed = sum(bool(_MONEY.search(text.line(cell) or "")) for cell in spoken)
    return signed >= MOST * len(spoken) > 0 and understood("value", spoken) >= MOST


def is_set_aside(cells: Iterable[Cell]) -> bool:
    """By its words alone: programs are named, not a Yes and a No."""
    spoken = said(cells)
    named = sum(codes.set_aside(cell).code in vocabularies.SET_ASIDE_CODES for cell in spoken)
    return named >= SOME * len(spoken) > 0 and understood("set_aside", spoken) >= MOST


def is_title(cells: Sequence[Cell]) -> bool:
    """A few words, mostly not the same."""
    spoken = [text.line(cell) or "" for cell in said(cells)]
    worded = [words for words in spoken if _SEVERAL_WORDS.search(words) and "@" not in words]
    return (
        len(worded) >= MOST * len(cells)
        and distinct([(words,) for words in spoken]) >= MOST
        and LONG / 2 <= median(map(len, spoken)) <= 3 * LONG
    )


def is_prose(cells: Sequence[Cell]) -> bool:
    """Several sentences."""
    spoken = [text.as_text(cell) or "" for cell in said(cells)]
    return len(spoken) >= MOST * len(cells) and median(map(len, spoken)) > 3 * LONG


def is_number(cells: Sequence[Cell]) -> bool:
    """Short, with digits, no date, no amount, no counting of the rows."""
    lines = [(text.line(cell) or "").replace(" / ", "/") for cell in cells]
    worded = sum(bool(_SEVERAL_WORDS.search(line)) for line in lines)
    digits = sum(any(map(str.isdigit, line)) for line in lines)
    if worded >= SOME * len(lines) or digits < MOST * len(lines):
        return False
    counts = lines == [str(number) for number in range(1, len(lines) + 1)]
    return not counts and understood("agency_updated_at", cells) < MOST and not is_money(cells)


def distinct(rows: Sequence[Sequence[Cell]]) -> float:
    """The share of rows that no other one before them is like."""
    seen = {tuple(text.fold(text.line(cell) or "") for cell in cells) for cells in rows}
    return len(seen) / len(rows)


def _is_understood(value: object, field: str) -> bool:
    if isinstance(value, Coded):
        return value.code is not None
    if isinstance(value, Window):
        return value.precision is not None
    if isinstance(value, ValueRange):
        return value.basis is not None
    if isinstance(value, Place):
        return bool(value.state or value.country)
    if field in _NAMES:
        return value in _NAMES[field]
    if field == "description":
        return isinstance(value, str) and len(value) > LONG
    return bool(value)
