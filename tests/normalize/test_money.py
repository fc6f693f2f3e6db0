"""Dollar amounts as agencies write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.money import ValueRange, coded_range, value_range, yearly

CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes())
MONEY_LIKE = st.text(alphabet="$0123456789.,KMBkmb <>=-–+ to or")
AMOUNTS = st.decimals(min_value=1000, max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("cell", "least", "most"),
    [
        ("$250K to $500K", 250_000, 500_000),
        ("$500K to $1M", 500_000, 1_000_000),
        ("Over $100M", 100_000_000, None),
        ("0K to 250K", 0, 250_000),
        ("251K to 500k", 251_000, 500_000),
        ("1.1M to 2M", 1_100_000, 2_000_000),
        ("> $250K to < or = $750K", 250_000, 750_000),
        ("< or = $10K", None, 10_000),
        (">  $100M", 100_000_000, None),
        ("> $25K and < $250K", 25_000, 250_000),
        (">= $15K and < $350K", 15_000, 350_000),
        (">$1M and <$5M", 1_000_000, 5_000_000),
        ("> $7.5M - < $50M", 7_500_000, 50_000_000),
        ("$7.5M - $50M", 7_500_000, 50_000_000),
        ("<$2M", None, 2_000_000),
        ("R1 – $25K–$250K", 25_000, 250_000),
        ("R2 – $250K–$7.5M", 250_000, 7_500_000),
        ("R6 – $100M+", 100_000_000, None),
        ("$1,000,001  -  $2,000,000", 1_000_001, 2_000_000),
        ("$1  -  $25,000", 1, 25_000),
        ("$50,000,000 -$70,000,000", 50_000_000, 70_000_000),
        ("> $2,000,000,000", 2_000_000_000, None),
        ("$2 million to $5 million", 2_000_000, 5_000_000),
        ("$75 000 to $100 000", 75_000, 100_000),
        ("$500 000 to $1 million", 500_000, 1_000_000),
        ("$150 million or more", 150_000_000, None),
        ("$5.1 - $10M", 5_100_000, 10_000_000),
        ("$10.1 - $20M", 10_100_000, 20_000_000),
        ("$500M - $999M", 500_000_000, 999_000_000),
        ("Below $150K", None, 150_000),
        ("$100M+", 100_000_000, None),
        ("Over $1B", 1_000_000_000, None),
        ("$250,000 to $700,000", 250_000, 700_000),
        ("< $15K", None, 15_000),
        (523932.39, Decimal("523932.39"), Decimal("523932.39")),
        (523932.3900000001, Decimal("523932.39"), Decimal("523932.39")),
        ("$523,932.39", Decimal("523932.39"), Decimal("523932.39")),
    ],
)
def test_published_spellings_are_read(cell, least, most):
    read = value_range(cell)
    assert (read.min, read.max, read.basis) == (least, most, "total")


@pytest.mark.parametrize(
    "cell",
    ["TBD", "To Be Determined", "Various", "3", 3, 1.0, "$5M to $1M", "$1 - $5M", "250 - 500", "about $5M",
     "-$5M", "$5M (base only)", "$1.234", "$99,999,999,999,999", "$225,001 $250,010", "< $5M and > $1M",
     float("inf"), True],
)  # fmt: skip
def test_what_is_ambiguous_or_absurd_is_unread_with_its_text(cell):
    read = value_range(cell)
    assert (read.min, read.max, read.basis) == (None, None, None)
    assert (read.text is None) == (cell == float("inf"))


def test_an_amount_per_year_is_no_total():
    assert yearly(523932.39) == ValueRange(Decimal("523932.39"), Decimal("523932.39"), "year", "523932.39")
    assert yearly("Various") == ValueRange(text="Various")
    assert yearly("$250K to $500K").basis is None


def test_a_code_is_read_by_its_sources_own_table():
    bands = {"RANGE_3": "> $25K and < $250K", "RANGE_12": ">= $100M"}
    assert coded_range("RANGE_3", bands) == ValueRange(Decimal(25_000), Decimal(250_000), "total", "RANGE_3")
    assert coded_range("> $25K and < $250K", bands).max == 250_000
    assert coded_range("RANGE_TBD", bands) == ValueRange(text="RANGE_TBD")
    assert coded_range(None, bands) == ValueRange()


def spelled(least: Decimal, most: Decimal | None) -> str:
    return f"${least:,} or more" if most is None else f"${least:,} to ${most:,}"


@given(AMOUNTS, st.none() | AMOUNTS)
def test_a_band_survives_being_written_and_read(one, other):
    least, most = (one, None) if other is None else (min(one, other), max(one, other))
    read = value_range(spelled(least, most))
    assert (read.min, read.max, read.basis) == (least, most, "total")


@given(CELLS | MONEY_LIKE)
def test_no_cell_breaks_a_reader(cell):
    for read in (value_range(cell), yearly(cell)):
        assert (read.basis is None) == (read.min is None and read.max is None)
        assert read.min is None or read.max is None or 0 <= read.min <= read.max


@given(MONEY_LIKE)
def test_no_amount_is_invented(cell):
    digits = "".join(filter(str.isdigit, cell))
    for amount in (value_range(cell).min, value_range(cell).max):
        significant = str(amount).replace(".", "").strip("0") if amount else ""
        assert significant in digits
