"""Made-up people in the place of real ones: nobody's name, address or telephone goes into a sample."""

import re
from collections.abc import Mapping

from prospect_aggregate.normalize import text
from prospect_aggregate.normalize.text import Cell

FIRST = (
    "Avery", "Blake", "Casey", "Drew", "Ellis", "Finley", "Gray", "Harper", "Jules", "Kai", "Lane", "Morgan", "Noel",
    "Oakley", "Parker", "Quinn", "Reese", "Sage", "Tatum", "Wren",
)  # fmt: skip
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![\w-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:,?\s*(?:ext|x)\.?:?\s*\d{1,6})?(?![\w-])",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Letters of a name's part that are looked for in other cells; fewer are an initial."""


class Strangers:
    """The same person is the same stranger throughout; who comes first is Avery Example."""

    def __init__(self) -> None:
        self._met: dict[str, int] = {}
        self._phones: dict[str, int] = {}
        self._said: dict[re.Pattern[str], int] = {}

    def meet(self, parts: Mapping[str, Cell]) -> int:
        """Somebody whom a row names, by what it says of them: `first`, `last`, `name`, `mail`, `phone`, `reach`."""
        name = text.person(*(parts.get(part) for part in ("name", "first", "last")))
        mails = [mail for part in ("mail", "reach") for mail in text.emails(parts.get(part))]
        called = [each.lower() for each in (name, *mails) if each]
        at = next((self._met[each] for each in called if each in self._met), len(set(self._met.values())))
        for each in called:
            self._met.setdefault(each, at)
            self._remember(re.findall(r"[^\W\d_]+", each.partition("@")[0]), at)
        return at

    def instead(self, parts: Mapping[str, Cell]) -> dict[str, Cell]:
        """The same parts of the stranger; what says nothing of anybody stays."""
        at = self.meet(parts)
        return {part: self._part(part, cell, at) for part, cell in parts.items()}

    def in_text(self, cell: Cell) -> Cell:
        """A text with strangers in the place of everybody met so far, and of each address and telephone."""
        if not isinstance(cell, str):
            return cell
        cell = _MAIL.sub(lambda found: _mail(self.meet({"mail": found[0]})), cell)
        cell = _PHONE.sub(lambda found: self._phone(found[0]), cell)
        for pattern, at in self._said.items():
            cell = pattern.sub(f"{_first(at)} {_last(at)}", cell)
        return cell

    def _part(self, part: str, cell: Cell, at: int) -> Cell:
        if part in ("phone", "reach") and text.phone(cell):
            told = self._phone(str(cell))
            return told if isinstance(cell, str) else int(told.replace("-", ""))
        if part in ("first", "last", "name") and text.person(cell):
            first, last = _first(at), _last(at)
            whole = f"{last}, {first}" if "," in str(cell) else f"{first} {last}"
            return {"first": first, "last": last}.get(part, whole)
        return self.in_text(cell)

    def _phone(self, number: str) -> str:
        digits = re.sub(r"\D", "", number)
        return f"202-555-{100 + self._phones.setdefault(digits, len(self._phones)) % 100:04}"

    def _remember(self, parts: list[str], at: int) -> None:
        """Two names of somebody near each other, in either order, are that person."""
        long = [part for part in parts if len(part) >= _SHORTEST]
        if len(long) > 1:
            one, other = re.escape(long[0]), re.escape(long[-1])
            middle = r",?\s+(?:\w\.?\s+)?"
            said = rf"\b(?:{one}{middle}{other}|{other}{middle}{one})\b"
            self._said.setdefault(re.compile(said, re.IGNORECASE), at)


def _mail(at: int) -> str:
    return f"{_first(at)}.{_last(at)}@example.gov".lower()


def _first(at: int) -> str:
    return FIRST[at % len(FIRST)]


def _last(at: int) -> str:
    return f"Example{at // len(FIRST) + 1}" if at >= len(FIRST) else "Example"
