"""A view of the list in words: what is said of it where it is narrowed down, taken away, followed or kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from prospect_aggregate.prospects.filters import SEVERAL, Filters
from prospect_aggregate.web.ask import SHELVES
from prospect_aggregate.web.facet_words import FIT_WORDS, TITLES, plain, words_for

UNKNOWN_TOO = "unknown too"
"""Said of a filter that lets pass what it cannot tell."""


def words_of(asked: Filters) -> tuple[str, ...]:
    """On which shelves it looks, then what narrows that down: of a page, a program and a command line alike."""
    shelves = " or ".join(SHELVES[name] for name in asked.outlook) or "All shelves"
    return (shelves, *narrowed(asked), *["unknown ones too"] * asked.include_unknown)


def narrowed(asked: Filters) -> list[str]:
    """`NAICS: 5415`: each filter that narrows it down, as its chip says it."""
    return [
        f"{TITLES[name]}: {words}"
        for name in asked.asked
        if name != "outlook"
        for words in _said(asked, name)
    ]


def _said(asked: Filters, name: str) -> Iterator[str]:
    yield from values_of(asked, name)
    if name in asked.unknown:
        yield UNKNOWN_TOO


def values_of(asked: Filters, name: str) -> list[str]:
    """What one filter asks, each of its values in words."""
    if name not in SEVERAL:
        return [_value(name, getattr(asked, name))]
    say = words_for()
    return [say(name, plain(value)) for value in getattr(asked, name)]


def _value(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    amount = f"${value:,.0f}" if name.endswith("_value") else FIT_WORDS.get(value, str(value))
    return "yes" if value is True else amount
