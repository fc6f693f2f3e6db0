"""Dates, windows and the federal fiscal calendar as agencies write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.dates import (
    Shift,
    Window,
    any_window,
    as_day,
    day,
    fiscal_quarter,
    fiscal_year,
    in_words,
    month,
    month_of,
    period,
    quarter_of,
    quarter_window,
    shift_days,
    year_window,
)

CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes())
DATE_LIKE = st.text(alphabet="0123456789/-QqFY ()thrdsn,")
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
QUARTERS = st.tuples(st.integers(1991, 2100), st.integers(1, 4))
UNDATED = Window(text="TBD")


def quarter_text(year: int, number: int) -> tuple[date | None, date | None, str | None]:
    window = quarter_window(year, number)
    return window.first, window.last, window.precision


@pytest.mark.parametrize(
    "cell",
    ["05/12/2026", "5/12/2026", "05/12/26", "2026-05-12", "2026-05-12T20:10:18.000Z",
     "2026-05-12 22:22:47.454-04", "05/12/2026 12:00 AM", "12-MAY-2026", "May 12, 2026", date(2026, 5, 12),
     datetime(2026, 5, 12, 9, 30)],
)  # fmt: skip
def test_a_day_is_read_from_every_spelling(cell):
    window = day(cell)
    assert (window.first, window.last, window.precision) == (date(2026, 5, 12), date(2026, 5, 12), "day")
    assert as_day(cell) == date(2026, 5, 12)


@pytest.mark.parametrize(
    "cell",
    ["2/30/2026", "13/01/2026", "December", "TBD", "03/31/3032", "06/30/1889", 2026, 46154.0, "Jun-26",
     "05/2026", datetime(1905, 7, 18), "", None, "05/12/2026 or later"],
)  # fmt: skip
def test_what_is_no_day_is_unread(cell):
    assert day(cell).precision is None
    assert day(cell).first is None


def test_the_published_text_stays_beside_a_date():
    assert day("2/30/2026").text == "2/30/2026"
    assert day(datetime(2026, 5, 12)).text == "2026-05-12"
    assert day("2026-05-12", "May 12").text == "May 12"


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("3/2033", date(2033, 3, 1), date(2033, 3, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("February, 2026", date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 5, 4), date(2026, 5, 1), date(2026, 5, 31)),
    ],
)
def test_a_month_covers_all_its_days(cell, first, last):
    window = month(cell)
    assert (window.first, window.last, window.precision) == (first, last, "month")


@pytest.mark.parametrize(
    ("year", "number", "first", "precision"),
    [
        (2026, 8, date(2026, 8, 1), "month"),
        (2026, "August", date(2026, 8, 1), "month"),
        (2026, None, date(2026, 1, 1), "year"),
        (2151, 8, None, None),
        (2026, 13, None, None),
        (None, 8, None, None),
    ],
)
def test_a_calendar_month_of_two_cells(year, number, first, precision):
    window = month_of(year, number)
    assert (window.first, window.precision) == (first, precision)


@pytest.mark.parametrize(
    ("cells", "year", "number"),
    [
        (("Q4 2026",), 2026, 4),
        (("Q2, 2026",), 2026, 2),
        (("FY 2025 Q4",), 2025, 4),
        (("1st", 2026.0), 2026, 1),
        (("1st QTR", "2026"), 2026, 1),
        (("4th (July 1 - September 30)", "FY26"), 2026, 4),
        (("1st (October 1 - December 31)", "FY26"), 2026, 1),
        (("2d Qtr FY26",), 2026, 2),
        (("2026-Q2",), 2026, 2),
        (("2026 Q3",), 2026, 3),
        (("1st Quarter FY 24",), 2024, 1),
        (("Quarter 1", "FY 2025"), 2025, 1),
        (("Q1", 2027), 2027, 1),
        ((3, 2026), 2026, 3),
        (("Q3 2026", 2026), 2026, 3),
    ],
)
def test_a_fiscal_quarter_is_read_from_every_spelling(cells, year, number):
    window = fiscal_quarter(*cells)
    assert (window.first, window.last, window.precision) == quarter_text(year, number)


def test_the_text_is_all_cells_in_their_order():
    assert fiscal_quarter("1st", 2026.0).text == "1st 2026"


@pytest.mark.parametrize(
    "cells",
    [("3rd (January 1 - March 31)", "FY26"), ("Q3", "To Be Determined"), ("Q3/Q4 2026",),
     ("Q3 2026", "FY27"), ("3/2026",), ("Q5 2026",), ("late Q3 2026",), ("NotProvided",), ("Q1", 3026),
     ("21st 2026",), (None, None)],
)  # fmt: skip
def test_a_quarter_is_never_guessed(cells):
    window = fiscal_quarter(*cells)
    assert window == Window(text=window.text)


@pytest.mark.parametrize(
    "cells", [("To Be Determined", "2026"), ("FY26",), ("TBD", 2026.0), (None, "FY 2026")]
)
def test_a_year_without_its_quarter_is_a_year(cells):
    window = fiscal_quarter(*cells)
    assert (window.first, window.last, window.precision) == (date(2025, 10, 1), date(2026, 9, 30), "year")


@pytest.mark.parametrize(
    "cell", ["FY26", "FY 26", "FY2026", "2026", 2026, 2026.0, "2026.0", "Fiscal Year 2026"]
)
def test_a_fiscal_year_begins_in_october(cell):
    assert fiscal_year(cell).first == date(2025, 10, 1)


@pytest.mark.parametrize("cell", ["26", "FY26/27", "20262027", "TBD", "5f", None])
def test_what_is_no_fiscal_year_is_unread(cell):
    assert fiscal_year(cell).precision is None


@pytest.mark.parametrize(
    ("cell", "precision"),
    [
        (date(2026, 6, 30), "day"),
        ("February, 2026", "month"),
        ("2d Qtr FY26", "quarter"),
        ("4th (July 1 - September 30)", "quarter"),
        ("1st Qtr FY27", "quarter"),
        ("FY26", "year"),
        ("To Be Determined", None),
        ("3rd (January 1 - March 31)", None),
        ("2/30/2026", None),
        ("December", None),
        (None, None),
    ],
)
def test_a_mixed_column_is_read_at_the_precision_of_each_cell(cell, precision):
    assert any_window(cell, "FY26").precision == precision


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "precision"),
    [
        ("04/01/2026", "03/31/2027", date(2026, 4, 1), date(2027, 3, 31), "day"),
        ("FY26", "03/31/2027", date(2025, 10, 1), date(2027, 3, 31), "year"),
        ("2026 Q3", None, date(2026, 4, 1), None, "quarter"),
        ("04/01/2026", "03/31/3032", date(2026, 4, 1), None, "day"),
        (None, "03/31/2027", None, date(2027, 3, 31), "day"),
        ("05/01/2021", "04/01/2021", None, None, None),
        (None, None, None, None, None),
    ],
)
def test_a_period_is_as_precise_as_its_coarser_end(start, end, first, last, precision):
    window = period(start, end)
    assert (window.first, window.last, window.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("old", "new", "shift"),
    [
        (day("2026-06-01"), day("2026-08-03"), Shift(63, "later")),
        (day("2026-08-03"), day("2026-06-01"), Shift(-63, "earlier")),
        (quarter_window(2026, 2), quarter_window(2026, 3), Shift(90, "later")),
        (quarter_window(2026, 3), day("2026-05-15"), Shift(0, "restated")),
        (day("2026-06-01"), quarter_window(2026, 4), Shift(30, "later", at_least=True)),
        (quarter_window(2026, 4), day("2026-06-15"), Shift(-16, "earlier", at_least=True)),
        (day("2026-06-01"), UNDATED, Shift(None, "removed")),
        (UNDATED, day("2026-06-01"), Shift(None, "given")),
        (day("2026-06-01"), day("06/01/2026"), Shift(0, "unchanged")),
        (UNDATED, Window(text="To Be Determined"), None),
    ],
)
def test_a_move_is_measured_by_the_written_table(old, new, shift):
    assert shift_days(old, new) == shift


def test_a_length_in_words_is_kept_and_is_no_window():
    assert in_words("Base +4  Option Periods") == Window(text="Base +4 Option Periods")


def test_a_fifth_quarter_is_refused():
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        quarter_window(2026, 5)


@given(DAYS)
def test_every_day_lies_in_its_quarter_and_year(when):
    year, number = quarter_of(when)
    window, whole = quarter_window(year, number), year_window(year)
    assert whole.first <= window.first <= when <= window.last <= whole.last


@given(QUARTERS)
def test_quarters_follow_each_other_without_a_gap(quarter):
    year, number = quarter
    window = quarter_window(year, number)
    assert quarter_of(window.first) == quarter_of(window.last) == quarter
    after = window.last + timedelta(days=1)
    assert after == quarter_window(*quarter_of(after)).first


@given(DAYS, QUARTERS)
def test_windows_survive_being_written_and_read(when, quarter):
    year, number = quarter
    assert day(f"{when:%m/%d/%Y}").first == day(when.isoformat()).first == when
    assert month(f"{when.month}/{when.year}").first == when.replace(day=1)
    assert fiscal_quarter(f"Q{number} {year}").first == quarter_window(year, number).first
    assert fiscal_year(f"FY{year}").last == year_window(year).last


@given(DAYS, DAYS, DAYS)
def test_moves_of_one_precision_add_up(one, two, three):
    parts = shift_days(day(one), day(two)).days + shift_days(day(two), day(three)).days
    assert parts == shift_days(day(one), day(three)).days


@given(DAYS, QUARTERS)
def test_a_move_back_is_the_same_move_the_other_way(when, quarter):
    there, back = (shift_days(*pair) for pair in ((day(when), quarter_window(*quarter)),
                                                  (quarter_window(*quarter), day(when))))  # fmt: skip
    assert there.days == -back.days
    assert there.at_least == back.at_least


@given(CELLS | DATE_LIKE, CELLS | DATE_LIKE)
def test_no_cell_breaks_a_reader(one, other):
    windows = [day(one), month(one), month_of(one, other), fiscal_quarter(one, other), fiscal_year(one)]
    for window in [*windows, any_window(one, other), period(one, other)]:
        assert (window.precision is None) == (window.first is None and window.last is None)
        assert window.first is None or window.last is None or window.first <= window.last


@given(DATE_LIKE)
def test_no_day_is_invented(cell):
    window = any_window(cell)
    if window.precision == "day":
        digits = "".join(filter(str.isdigit, cell))
        assert f"{window.first.year % 100:02}" in digits
        assert str(window.first.day) in digits
