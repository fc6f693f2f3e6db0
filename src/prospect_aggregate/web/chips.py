"""What narrows the list down, as chips that come off one by one, each with what it hides only because it is unknown."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Count, Q

from prospect_aggregate.prospects.conditions import condition, unknown
from prospect_aggregate.prospects.filters import SEVERAL, UNKNOWABLE
from prospect_aggregate.prospects.search import entries
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.facet_words import TITLES
from prospect_aggregate.web.view_words import UNKNOWN_TOO, values_of


@dataclass(frozen=True, slots=True)
class Chip:
    """`NAICS: 5415 ×`, and behind the last one of a filter `+ 14 unknown`."""

    title: str
    words: str
    off: str
    """The address without it."""
    unknown: int = 0
    more: str = ""
    """The address that includes those."""


def chips_of(ask: Ask, *, without: Collection[str] = ()) -> list[Chip]:
    hidden = hidden_as_unknown(ask)
    return [chip for name in ask.filters.asked if name not in without for chip in _chips(ask, name, hidden)]


def hidden_as_unknown(ask: Ask) -> dict[str, int]:
    """How many of the shelf match everything else, while one filter cannot be told of them; all in one query."""
    asked = [it for it in ask.filters.asked if it in UNKNOWABLE and it not in ask.filters.unknown]
    hidden = {name: _hidden_by(ask, name, asked) for name in asked}
    if not hidden:
        return {}
    rest = entries(ask.on_shelf.without(*asked), day=ask.day).filter(reduce(or_, hidden.values()))
    counts = rest.aggregate(**{f"hidden_{name}": Count("pk", filter=hidden[name]) for name in asked})
    return {name: counts[f"hidden_{name}"] for name in asked}


def _hidden_by(ask: Ask, name: str, asked: list[str]) -> Q:
    """Unknown in one, while each of the others is met."""
    others = (condition(ask.filters, each) for each in asked if each != name)
    return reduce(and_, others, unknown(name))


def _chips(ask: Ask, name: str, hidden_by: dict[str, int]) -> Iterator[Chip]:
    values = list(_values(ask, name))
    hidden = hidden_by.get(name, 0)
    for words, off in values[:-1]:
        yield Chip(TITLES[name], words, off)
    words, off = values[-1]
    yield Chip(TITLES[name], words, off, hidden, ask.turned("unknown", name) if hidden else "")
    if name in ask.filters.unknown:
        yield Chip(TITLES[name], UNKNOWN_TOO, ask.turned("unknown", name))


def _values(ask: Ask, name: str) -> Iterator[tuple[str, str]]:
    """Each value in words, with the address without it."""
    several = getattr(ask.filters, name) if name in SEVERAL else ()
    without = [ask.turned(name, value) for value in several] or [ask.freed(name)]
    yield from zip(values_of(ask.filters, name), without, strict=True)
