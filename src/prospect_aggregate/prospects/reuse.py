"""Whether a number stands for another requirement than before (STATISTICS §8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.utils import default_process

from prospect_aggregate.normalize.text import fold
from prospect_aggregate.prospects.record import COLUMNS, Record

ALIKE = 0.2
"""Of the words of two titles, the share that both have: below it they are two titles."""
DIFFER = 2
"""Facts that must differ beside the title."""
_AT = {name: position for position, name in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class Reused:
    """Why a number may have been given to another requirement."""

    before: str
    after: str
    differ: tuple[str, ...]


def reused(old: Record, new: Record) -> Reused | None:
    """Two readings of one number, by title and by what else both publish; None where they may well be one."""
    before, after = old[_AT["title"]], new[_AT["title"]]
    if not before or not after or before == after or similarity(before, after) >= ALIKE:
        return None
    told = {name: (fact(old), fact(new)) for name, fact in FACTS.items()}
    differ = tuple(name for name, (one, other) in told.items() if one and other and one != other)
    return Reused(before, after, differ) if len(differ) >= DIFFER else None


def similarity(before: str, after: str) -> float:
    """The share of their words that both titles have; 1 where neither has any."""
    one, other = set(default_process(before).split()), set(default_process(after).split())
    return len(one & other) / len(one | other) if one | other else 1.0


def _office(record: Record) -> str:
    names = (record[_AT[name]] for name in ("office", "component", "program_office"))
    return fold(next(filter(None, names), ""))


def _band(record: Record) -> tuple[Any, ...] | None:
    band = tuple(record[_AT[f"value_{part}"]] for part in ("min", "max", "basis"))
    return band if any(end is not None for end in band[:2]) else None


FACTS: Mapping[str, Callable[[Record], Any]] = {
    "naics": lambda it: (it[_AT["naics_code"]] or "")[:4],
    "office": _office,
    "value": _band,
    "requirement_type": lambda it: fold(it[_AT["requirement_type"]] or ""),
}
