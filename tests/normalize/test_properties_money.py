"""What holds for every amount of dollars, however it is written."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.money import CEILING, ValueRange, coded_range, value_range, yearly
from prospect_aggregate.normalize.text import Cell, line
from tests.normalize.spellings import VALUES, cells, near

_NUMBER = re.compile(r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+", re.ASCII)
_LABEL = re.compile(r"R\d{1,2} ?[-–—−‐‑‒]", re.IGNORECASE | re.ASCII)
UNITS = {"k": 10**3, "thousand": 10**3, "m": 10**6, "b": 10**9}
BANDS = {"RANGE_1": "> $0 and <= $10K", "RANGE_12": ">= $100M", "RANGE_TBD": "TBD"}


def amounts_in(published: str) -> set[Decimal]:
    """Every number in a text, by itself and with each unit that the text names."""
    units = [1, *(factor for unit, factor in UNITS.items() if unit in published.lower())]
    numbers = [Decimal(re.sub("[ ,]", "", number)) for number in _NUMBER.findall(published)]
    return {number * unit for number in numbers for unit in units}


def bounds(read: ValueRange) -> list[Decimal]:
    return [bound for bound in (read.min, read.max) if bound is not None]


def canonical(read: ValueRange) -> str:
    if read.max is None:
        return f"${read.min:,} or more"
    return f"Up to ${read.max:,}" if read.min is None else f"${read.min:,} to ${read.max:,}"


@given(cells(*VALUES))
def test_a_range_is_whole_or_unread_and_keeps_its_text(cell: Cell) -> None:
    for read, basis in ((value_range(cell), "total"), (yearly(cell), "year")):
        assert read.text == line(cell)
        assert read.basis == (basis if bounds(read) else None)
        assert all(0 <= bound < CEILING and bound == round(bound, 2) for bound in bounds(read))
        assert bounds(read) == sorted(bounds(read))


@given(near(*VALUES))
def test_an_amount_is_one_that_the_text_names(cell: str) -> None:
    for read in (value_range(cell), yearly(cell)):
        assert set(bounds(read)) <= amounts_in(read.text or "")


@given(near(*VALUES))
def test_a_number_more_than_there_are_bounds_leaves_a_text_unread(cell: str) -> None:
    for read in (value_range(cell), yearly(cell)):
        numbers = _NUMBER.findall(_LABEL.sub("", read.text or "", count=1))
        sides = 1 if read.min is None or read.max is None else 2
        assert not read.basis or len(numbers) in ({sides} if read.min != read.max else {1, 2})


@given(near(*VALUES))
def test_a_side_is_open_only_where_a_word_or_sign_opens_it(cell: str) -> None:
    read = value_range(cell)
    said = (read.text or "").lower()
    if read.basis and read.max is None:
        assert re.search(r"[>≥+]|over|above|more|least|from|between|up|greater", said)
    if read.basis and read.min is None:
        assert re.search(r"[<≤]|below|under|less|up to|exceed", said)


@given(st.floats(0, 10**12))
def test_a_workbooks_number_is_read_to_the_cent(cell: float) -> None:
    for bound in {*bounds(value_range(cell)), *bounds(yearly(cell))}:
        assert abs(bound - Decimal(cell)) <= Decimal("0.0051")


@given(cells(*VALUES))
def test_what_was_read_is_read_again_from_its_own_spelling(cell: Cell) -> None:
    read = value_range(cell)
    if read.basis:
        again = value_range(canonical(read))
        assert (again.min, again.max, again.basis) == (read.min, read.max, "total")
    amount = yearly(cell)
    if amount.basis:
        again = yearly(f"${amount.min:,}")
        assert (again.min, again.max, again.basis) == (amount.min, amount.max, "year")


@given(cells(*VALUES) | st.sampled_from(sorted(BANDS)))
def test_a_code_is_read_as_its_words_and_all_else_as_it_stands(cell: Cell) -> None:
    read = coded_range(cell, BANDS)
    words = value_range(BANDS.get(str(line(cell)), cell))
    assert (read.min, read.max, read.basis, read.text) == (words.min, words.max, words.basis, line(cell))
