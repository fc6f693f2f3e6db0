"""Dollar amounts as agencies write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from prospect_aggregate.normalize.memo import remembered
from prospect_aggregate.normalize.text import Cell, line


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Whole dollars and cents; None on one side is an open end, None on both is unread."""

    min: Decimal | None = None
    max: Decimal | None = None
    basis: str | None = None
    """`total`, or `year` for an amount per fiscal year."""
    text: str | None = None
    """As published."""


CEILING = Decimal(10) ** 13
"""Ten trillion dollars: above it a cell holds a typing error or another number."""
SMALLEST_BARE = 1000
"""A bare number below is more likely a code than dollars: NSF writes 1, 2 and 3 for its bands."""

_UNITS = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mil": 10**6, "million": 10**6,
          "b": 10**9, "bn": 10**9, "billion": 10**9}  # fmt: skip
_NUMBER = r"(?P<{0}dollar>\$ ?)?(?P<{0}number>\d{{1,3}}(?:[ ,]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_UNIT = r" ?(?P<{0}unit>k|thousand|mm|mil|million|m|bn|billion|b)?\b"
_AMOUNT = _NUMBER + _UNIT
_OVER = r"(?:>=|> ?or ?=|>|≥|over|above|more than|greater than|at least|from|between)"
_UNDER = r"(?:<=|< ?or ?=|<|≤|below|under|less than|up to|not to exceed)"
_JOINT = r"(?:-|to|and|through|thru)"
_PLUS = r"(?:\+|or more|and more|or above|and above|and up|or greater|or over|and over)"
_LESS = r"(?:or less|and below|or below|and under|or under)"
_FLAGS = re.IGNORECASE | re.ASCII

_LABEL = re.compile(r"R\d{1,2} ?- ?", _FLAGS)
_BAND = re.compile(
    rf"(?:{_OVER} ?)?{_AMOUNT.format('low')} ?{_JOINT} ?(?:{_UNDER} ?)?{_AMOUNT.format('high')}", _FLAGS
)
_OPEN_ABOVE = re.compile(rf"{_OVER} ?{_AMOUNT.format('low')}|{_AMOUNT.format('one')} ?{_PLUS}", _FLAGS)
_OPEN_BELOW = re.compile(rf"{_UNDER} ?{_AMOUNT.format('low')}|{_AMOUNT.format('one')} ?{_LESS}", _FLAGS)
_ALONE = re.compile(_AMOUNT.format("one"), _FLAGS)
_DASHES = str.maketrans("–—−‐‑‒", "------")


@dataclass(frozen=True, slots=True)
class _Amount:
    number: Decimal
    unit: str
    signed: bool
    """Whether a dollar sign, a unit or grouped thousands show it to be money."""
    grouped: bool

    @property
    def dollars(self) -> Decimal:
        return self.number * _UNITS[self.unit]

    def bare(self) -> bool:
        return not self.unit and not self.grouped and self.number < SMALLEST_BARE


@remembered(4096)
def value_range(cell: Cell) -> ValueRange:
    """A band or amount of dollars in total, strict and loose bounds alike.

    `$250K to $500K` and `Over $100M` (DHS), `251K to 500k` (Commerce), `R1 – $25K–$250K` and `R6 – $100M+`
    (Energy), `> $250K to < or = $750K` (Treasury), `$75 000 to $100 000` (HUD), `$5.1 - $10M` (State).
    Refused: bands upside down, a `$1 - $5M` whose first unit may or may not be missing, bare
    numbers below 1,000 (codes), numbers with words left over, placeholders.
    """
    published = line(cell)
    if published is None:
        return ValueRange()
    bounds = _alone(_rounded(cell), SMALLEST_BARE) if isinstance(cell, float) else _bounds(published)
    return ValueRange(text=published) if bounds is None else ValueRange(*bounds, "total", published)


@remembered(4096)
def yearly(cell: Cell) -> ValueRange:
    """One amount for each fiscal year (R8: SSA's 523932.39); bands and `Various` are refused."""
    published = line(cell)
    if published is None:
        return ValueRange()
    bounds = _alone(_rounded(cell) if isinstance(cell, float) else published.translate(_DASHES), 0)
    return ValueRange(text=published) if bounds is None else ValueRange(*bounds, "year", published)


def coded_range(cell: Cell, bands: Mapping[str, str]) -> ValueRange:
    """A band published as a code, by the source's own table of words: {"RANGE_3": "> $25K and < $250K"}.

    A cell that is no code is read as it stands: HHS also writes the words.
    """
    published = line(cell)
    words = bands.get(published or "")
    return value_range(cell) if words is None else replace(value_range(words), text=published)


def _bounds(published: str) -> tuple[Decimal | None, Decimal | None] | None:
    text = _LABEL.sub("", published.translate(_DASHES), count=1)
    if found := _BAND.fullmatch(text):
        return _band(found)
    if found := _OPEN_ABOVE.fullmatch(text):
        amount = _single(found)
        return None if amount is None else (amount, None)
    if found := _OPEN_BELOW.fullmatch(text):
        amount = _single(found)
        return None if amount is None else (None, amount)
    return _alone(text, SMALLEST_BARE)


def _band(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    low, high = _amount(found, "low"), _amount(found, "high")
    if not (low.signed or high.signed) or (low.bare() and high.unit and low.number == 1):
        return None
    if low.bare() and high.unit:
        low = replace(low, unit=high.unit)
    elif high.bare() and low.unit:
        high = replace(high, unit=low.unit)
    least, most = _cents(low.dollars), _cents(high.dollars)
    return None if least is None or most is None or least > most else (least, most)


def _single(found: re.Match[str]) -> Decimal | None:
    amount = _amount(found, "low" if found["lownumber"] else "one")
    return _cents(amount.dollars) if amount.signed else None


def _alone(text: str, smallest: int) -> tuple[Decimal, Decimal] | None:
    found = _ALONE.fullmatch(text)
    amount = _amount(found, "one") if found else None
    if amount is None or (not amount.signed and amount.number < smallest):
        return None
    dollars = _cents(amount.dollars)
    return None if dollars is None else (dollars, dollars)


def _amount(found: re.Match[str], name: str) -> _Amount:
    number, unit = found[f"{name}number"], (found[f"{name}unit"] or "").lower()
    grouped = "," in number or " " in number
    signed = bool(found[f"{name}dollar"] or unit or grouped)
    return _Amount(Decimal(number.replace(",", "").replace(" ", "")), unit, signed, grouped)


def _cents(dollars: Decimal) -> Decimal | None:
    """Exact dollars and cents, whole dollars without a fraction; None for parts of a cent and absurd sums."""
    if dollars >= CEILING or dollars != dollars.quantize(Decimal("0.01")):
        return None
    return dollars.quantize(Decimal(1) if dollars == dollars.to_integral_value() else Decimal("0.01"))


def _rounded(value: Cell) -> str:
    """A workbook's number without its binary noise: 523932.3900000001 is 523932.39."""
    return f"{value:.2f}"
