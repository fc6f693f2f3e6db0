"""What narrows the list down, as chips that come off one by one, each with what it hides only because it is unknown."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from prospect_aggregate.prospects.conditions import unknown
from prospect_aggregate.prospects.filters import SEVERAL, UNKNOWABLE
from prospect_aggregate.prospects.search import entries
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.facet_words import FIT_WORDS, TITLES, plain, words_for


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
    return [chip for name in ask.filters.asked if name not in without for chip in _chips(ask, name)]


def hidden_as_unknown(ask: Ask, name: str) -> int:
    """How many of the shelf match everything else, while this filter cannot be told of them."""
    return entries(ask.on_shelf.without(name), day=ask.day).filter(unknown(name)).count()


def _chips(ask: Ask, name: str) -> Iterator[Chip]:
    values = list(_values(ask, name))
    hidden = hidden_as_unknown(ask, name) if name in UNKNOWABLE and name not in ask.filters.unknown else 0
    for words, off in values[:-1]:
        yield Chip(TITLES[name], words, off)
    words, off = values[-1]
    yield Chip(TITLES[name], words, off, hidden, ask.turned("unknown", name) if hidden else "")
    if name in ask.filters.unknown:
        yield Chip(TITLES[name], "unknown too", ask.turned("unknown", name))


def _values(ask: Ask, name: str) -> Iterator[tuple[str, str]]:
    """Each value in words, with the address without it."""
    if name not in SEVERAL:
        value = getattr(ask.filters, name)
        amount = f"${value:,.0f}" if name.endswith("_value") else FIT_WORDS.get(value, str(value))
        yield "yes" if value is True else amount, ask.freed(name)
        return
    say = words_for()
    for value in getattr(ask.filters, name):
        yield say(name, plain(value)), ask.turned(name, value)
