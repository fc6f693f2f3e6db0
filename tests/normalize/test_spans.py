"""Lengths and starts in place of two dates."""

from datetime import date

import pytest

from prospect_aggregate.normalize import spans
from prospect_aggregate.normalize.dates import Window


def test_a_start_has_no_end():
    assert spans.start("FY26 Q1") == Window(date(2025, 10, 1), None, "quarter", "FY26 Q1")


def test_a_start_without_a_year_takes_the_lists():
    assert spans.start("Q1", 2026).first == date(2025, 10, 1)
    assert spans.start("TBD", 2026) == Window(text="TBD")


def test_where_a_length_ends_is_not_computed():
    read = spans.start_and_length("FY26-Q1", "1 Base Year, 4 Options")
    assert read == Window(date(2025, 10, 1), None, "quarter", "FY26-Q1, 1 Base Year, 4 Options")
    assert spans.start_and_length(None, "5 years") == Window(text="5 years")


@pytest.mark.parametrize(
    ("years", "months", "said"),
    [(1, 6, "years 1, months 6"), (0, None, "years 0"), ("5f", None, "years 5f"), (None, None, None)],
)
def test_years_and_months_stay_words(years, months, said):
    assert spans.years_and_months(years, months) == Window(text=said)


@pytest.mark.parametrize(("cell", "said"), [(60, "60 months"), ("TBD", None), (None, None)])
def test_months_stay_words(cell, said):
    assert spans.months(cell) == Window(text=said)
