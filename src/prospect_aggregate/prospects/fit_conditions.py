"""Conditions on a prospect's values that Python and the database read alike."""

import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, Protocol

Values = Mapping[str, Any]
"""Column → value; `source__name` and the like lead to the source."""

_SPACE = "[ \t\r\n]+"
_EDGE = "[^A-Za-z0-9]"
_COMPARE = {"lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge}


class Condition(Protocol):
    def holds(self, values: Values) -> bool: ...


@dataclass(frozen=True)
class Always:
    def holds(self, values: Values) -> bool:  # noqa: ARG002  # as the protocol
        return True


@dataclass(frozen=True)
class Is:
    """One of these values; None is never one of them."""

    column: str
    values: tuple[str, ...]

    def holds(self, values: Values) -> bool:
        return values[self.column] in self.values


@dataclass(frozen=True)
class Absent:
    column: str

    def holds(self, values: Values) -> bool:
        return values[self.column] is None


@dataclass(frozen=True)
class Present:
    column: str

    def holds(self, values: Values) -> bool:
        return values[self.column] is not None


@dataclass(frozen=True)
class Lists:
    """One of its codes begins so; `whole` asks for the code itself."""

    column: str
    codes: tuple[str, ...]
    whole: bool = False

    def holds(self, values: Values) -> bool:
        return any(each == code if self.whole else each.startswith(code)
                   for each in values[self.column] for code in self.codes)  # fmt: skip


@dataclass(frozen=True)
class Empty:
    """A list of codes with none in it."""

    column: str

    def holds(self, values: Values) -> bool:
        return not values[self.column]


@dataclass(frozen=True)
class Reads:
    """The text holds one of these words or phrases, whole, whatever the case of A to Z."""

    column: str
    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> str:
        """Means the same to Python and to PostgreSQL, whatever the database's locale."""
        phrases = "|".join(_SPACE.join(map(_spelled, phrase.split())) for phrase in self.words)
        return f"(^|{_EDGE})({phrases})($|{_EDGE})"

    def holds(self, values: Values) -> bool:
        text = values[self.column]
        return text is not None and re.search(self.pattern, text) is not None


@dataclass(frozen=True)
class Amount:
    """An amount that is published, and is so beside another."""

    column: str
    how: Literal["lt", "lte", "gt", "gte"]
    than: Decimal

    def holds(self, values: Values) -> bool:
        amount: Decimal | None = values[self.column]
        return amount is not None and bool(_COMPARE[self.how](amount, self.than))


@dataclass(frozen=True)
class Every:
    parts: tuple[Condition, ...]

    def holds(self, values: Values) -> bool:
        return all(part.holds(values) for part in self.parts)


@dataclass(frozen=True)
class Some:
    parts: tuple[Condition, ...]

    def holds(self, values: Values) -> bool:
        return any(part.holds(values) for part in self.parts)


def every(*parts: Condition) -> Every:
    return Every(parts)


def some(*parts: Condition) -> Some:
    return Some(parts)


def reads_any(columns: Iterable[str], words: tuple[str, ...]) -> Some:
    return Some(tuple(Reads(column, words) for column in columns))


def word_in(words: tuple[str, ...], texts: Iterable[str | None]) -> str | None:
    """The first of the words that stands in one of the texts, for the evidence."""
    known = [text for text in texts if text]
    return next(
        (it for it in words if any(re.search(Reads("", (it,)).pattern, text) for text in known)), None
    )


def _spelled(word: str) -> str:
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    if not letter.isascii() or letter.isdigit():
        return letter
    return f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else f"\\{letter}"
