"""Parsers that remember what they have read: a list says the same few words over and over."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Read = TypeVar("Read")

_FORGET: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[Given, Read]], Callable[Given, Read]]:
    """Answers are kept for the cells read last, until `forget`; `1` and `1.0` are two cells."""

    def keep(parse: Callable[Given, Read]) -> Callable[Given, Read]:
        keeping = lru_cache(maxsize=most, typed=True)(parse)
        _FORGET.append(keeping.cache_clear)
        return cast("Callable[Given, Read]", keeping)

    return keep


def forget() -> None:
    """The next list comes in a day and has words of its own; those of thirteen lists are 13 MB."""
    for empty in _FORGET:
        empty()
