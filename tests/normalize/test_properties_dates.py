"""What holds for every window of days, however it is written."""

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize import spans
from prospect_aggregate.normalize.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    PRECISIONS,
    Shift,
    Window,
    any_window,
    as_day,
    day,
    fiscal_quarter,
    fiscal_year,
    fiscal_year_of,
    in_words,
    month,
    month_of,
    period,
    quarter_of,
    quarter_window,
    shift_days,
    year_window,
)
from prospect_aggregate.normalize.text import Cell, is_placeholder, joined, line
from tests.normalize.spellings import DAYS, QUARTERS, SCALARS, YEARS, cells, near
from tests.normalize.spellings import MONTHS as MONTH_CELLS

ALL = (*DAYS, *MONTH_CELLS, *QUARTERS, *YEARS, "TBD", "NotProvided")
ANY = cells(*ALL)
ONE_CELL = {"day": day, "month": month, "quarter": fiscal_quarter, "year": fiscal_year, "any": any_window}
TWO_CELLS = {"month": month_of, "quarter": fiscal_quarter, "any": any_window, "period": period}
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
WHOLE_DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


def numbers(text: str | None) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", text or "")]


def names_year(text: str, year: int) -> bool:
    """Whether a year is written out, or as two digits of this century."""
    return year in numbers(text) or (year >= 2000 and f"{year - 2000:02}" in re.findall(r"\d+", text))


def names_month(text: str, month: int) -> bool:
    words = re.findall(r"[a-z]+", text.casefold())
    return month in numbers(text) or any(MONTHS.get(word) == month for word in words)


def names_quarter(text: str, quarter: int) -> bool:
    said = text.casefold()
    return ORDINALS[quarter] in said or bool(re.search(rf"(?<!\d){quarter}(?!\d)", said))


def is_fiscal_year(window: Window, year: int) -> bool:
    return (window.first, window.last) == (date(year - 1, 10, 1), date(year, 9, 30))


def check_whole(window: Window) -> None:
    """A window of a precision is exactly that unit of the calendar."""
    assert window.first is not None
    assert window.last is not None
    year, quarter = quarter_of(window.first)
    days = (window.last - window.first).days + 1
    if window.precision == "day":
        assert days == 1
    elif window.precision == "month":
        assert window.first.day == 1
        assert 28 <= days <= 31
    elif window.precision == "quarter":
        assert window == quarter_window(year, quarter, window.text)
    else:
        assert is_fiscal_year(window, year) or (window.first.month, window.first.day, days) in (
            (1, 1, 365),
            (1, 1, 366),
        )


def check_written(window: Window, text: str) -> None:
    """Nothing of a window is invented: year, month and quarter stand in the text, and a day where it has one."""
    assert window.first is not None
    assert window.last is not None
    fiscal, quarter = quarter_of(window.first)
    if window.precision in ("day", "month"):
        assert names_year(text, window.first.year)
        assert names_month(text, window.first.month)
    else:
        assert names_year(text, fiscal)
    if window.precision == "day":
        assert window.first.day in numbers(text)
        assert len(re.findall(r"\d+|[a-z]{3,}", text.casefold())) >= 3
    if window.precision == "quarter":
        assert names_quarter(text, quarter)


@pytest.mark.parametrize("read", ONE_CELL.values(), ids=ONE_CELL)
@given(cell=ANY)
def test_a_cell_is_a_whole_unit_of_the_calendar_or_unread(read, cell: Cell) -> None:
    window = read(cell)
    assert window.text == line(cell)
    if window == Window(text=window.text):
        return
    assert window.precision in PRECISIONS
    check_whole(window)
    check_written(window, str(window.text))


@given(ANY)
def test_each_reader_gives_its_own_precision_or_none(cell: Cell) -> None:
    assert day(cell).precision in ("day", None)
    assert month(cell).precision in ("month", None)
    assert fiscal_quarter(cell).precision in ("quarter", "year", None)
    assert fiscal_year(cell).precision in ("year", None)
    assert as_day(cell) == day(cell).first


@given(near(*MONTH_CELLS, *QUARTERS, *YEARS))
def test_no_day_is_read_from_a_text_without_one(cell: str) -> None:
    if any_window(cell).precision == "day":
        assert len(numbers(cell)) >= 2


@given(WHOLE_DAYS, st.sampled_from(["{:%m/%Y}", "{:%Y-%m}", "{:%B %Y}", "{:%b. %Y}", "FY{:%Y}", "{:%Y}"]))
def test_a_month_or_a_year_never_becomes_a_day(when: date, form: str) -> None:
    assert day(form.format(when)).precision is None
    assert any_window(form.format(when)).precision in ("month", "year")


@given(WHOLE_DAYS)
def test_a_column_of_months_forgets_the_day(when: date) -> None:
    window = month(when)
    assert (window.precision, window.first) == ("month", when.replace(day=1))
    check_whole(window)


@given(cells(*YEARS), cells(*MONTH_CELLS))
def test_a_month_of_two_cells_has_its_year_from_one_and_its_month_from_the_other(
    year_cell: Cell, month_cell: Cell
) -> None:
    window = month_of(year_cell, month_cell)
    assert window.text == joined(year_cell, month_cell)
    if window.first is None:
        return
    assert numbers(line(year_cell)) == [window.first.year]
    if window.precision == "month":
        assert names_month(str(line(month_cell)), window.first.month)
    else:
        assert month_cell is None or is_placeholder(line(month_cell) or "")


@given(cells(*QUARTERS), cells(*YEARS))
def test_a_quarter_of_two_cells_has_both_its_parts_from_them(one: Cell, other: Cell) -> None:
    window = fiscal_quarter(one, other)
    assert window.text == joined(one, other)
    if window.precision is None:
        return
    said = " ".join(str(line(cell)) for cell in (one, other) if line(cell))
    check_whole(window)
    check_written(window, said)


@given(near(*QUARTERS, *YEARS))
def test_no_number_of_a_quarter_is_left_over(cell: str) -> None:
    """`Q3/Q4 2026` and `FY26/27` are unread: what is read leaves no second quarter and no second year."""
    window = fiscal_quarter(cell)
    if window.first is None:
        return
    year, quarter = quarter_of(window.first)
    outside = re.sub(
        r"\(?[a-z]{3,}\.? ?\d* ?(?:-|–|to|through) ?[a-z]{3,}\.? ?\d* ?\)", " ", str(window.text).casefold()
    )
    allowed = {year, year % 100, 0} | ({quarter} if window.precision == "quarter" else set())
    assert set(numbers(outside)) <= allowed


@given(cells(*QUARTERS, *YEARS, "TBD"), cells(*YEARS))
def test_a_fiscal_years_cell_completes_a_quarter_and_nothing_else(cell: Cell, year_cell: Cell) -> None:
    alone, completed = any_window(cell), any_window(cell, year_cell)
    if completed != alone:
        assert completed.precision == "quarter"
        assert alone.precision is None
        assert names_year(str(line(year_cell)), quarter_of(completed.first or date.min)[0])


@given(ANY, ANY)
def test_a_period_has_its_ends_from_its_cells(start: Cell, end: Cell) -> None:
    window = period(start, end)
    assert window.text == joined(start, end)
    assert window.first in (None, any_window(start).first)
    assert window.last in (None, any_window(end).last)
    assert window.first is None or window.last is None or window.first <= window.last
    assert (window.precision is None) == (window.first is None and window.last is None)


@given(ANY, ANY)
def test_a_length_in_words_is_never_a_window(cell: Cell, other: Cell) -> None:
    assert in_words(cell) == Window(text=line(cell))
    for window in (spans.months(cell), spans.years_and_months(cell, other)):
        assert window == Window(text=window.text)


@given(ANY, ANY)
def test_a_start_alone_has_no_end(cell: Cell, other: Cell) -> None:
    started, dated = spans.start(cell, other), any_window(cell, other)
    assert (started.first, started.last, started.precision) == (dated.first, None, dated.precision)
    from_quarter = spans.start_and_length(cell, other)
    assert (from_quarter.first, from_quarter.last) == (fiscal_quarter(cell).first, None)


@given(ANY)
def test_what_was_read_is_read_again_from_its_own_spelling(cell: Cell) -> None:
    for read in ONE_CELL.values():
        window = read(cell)
        if window.first is None:
            continue
        fiscal, quarter = quarter_of(window.first)
        spelled = {
            "day": f"{window.first:%m/%d/%Y}",
            "month": f"{window.first:%Y-%m}",
            "quarter": f"FY{fiscal} Q{quarter}",
            "year": f"FY{fiscal}",
        }[str(window.precision)]
        again = any_window(spelled)
        assert (again.first, again.last, again.precision) == (window.first, window.last, window.precision)


@given(WHOLE_DAYS, st.times())
def test_a_workbooks_moment_is_its_day(when: date, time) -> None:
    assert as_day(datetime.combine(when, time)) == as_day(when) == as_day(when.isoformat()) == when


@given(SCALARS.filter(lambda cell: not isinstance(cell, date)))
def test_a_number_is_never_a_day(cell: Cell) -> None:
    assert as_day(cell) is None


@given(ANY, ANY)
def test_a_move_is_none_only_where_there_is_no_date_at_all(one: Cell, other: Cell) -> None:
    old, new = any_window(one), any_window(other)
    shift = shift_days(old, new)
    assert (shift is None) == (old.first is None and new.first is None)
    if old.first and new.first:
        back = shift_days(new, old)
        assert shift is not None
        assert back is not None
        assert (shift.days or 0) == -(back.days or 0)
    assert shift_days(old, old) in (None, Shift(0, "unchanged"))


@given(st.integers(1991, LAST_YEAR), st.integers(1, 4))
def test_a_fiscal_year_is_its_four_quarters(year: int, quarter: int) -> None:
    whole, part = year_window(year), quarter_window(year, quarter)
    assert is_fiscal_year(whole, year)
    assert quarter_of(part.first or date.min) == (fiscal_year_of(part.last or date.min), quarter)
    assert (part.first == whole.first, part.last == whole.last) == (quarter == 1, quarter == 4)
