"""The slip that the ledger tells is the one that was counted edition by edition."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.dates import (
    Window,
    fiscal_quarter,
    month,
    quarter_of,
    quarter_window,
    year_window,
)
from prospect_aggregate.prospects.ledger import interval, window_in
from prospect_aggregate.prospects.slips import Slip, slip_over


def windows_around(day: date) -> list[Window]:
    year, quarter = quarter_of(day)
    return [
        Window(day, day, "day"),
        month(f"{day:%B %Y}"),
        quarter_window(year, quarter),
        year_window(year),
        Window(text="to be determined"),
    ]


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
WINDOWS = DAYS.flatmap(lambda day: st.sampled_from(windows_around(day)))


def ends(window: Window) -> tuple[date | None, date | None, str | None]:
    return window.first, window.last, window.precision


@given(WINDOWS)
def test_what_the_ledger_prints_of_a_window_is_that_window(window: Window) -> None:
    printed = interval(window.first, window.last) or window.text
    assert ends(window_in(printed)) == ends(window)


@given(st.lists(WINDOWS, min_size=1, max_size=6))
def test_a_slip_read_from_the_ledger_is_the_slip_of_the_windows(seen: list[Window]) -> None:
    printed = [interval(window.first, window.last) or window.text for window in seen]
    assert slip_over(map(window_in, printed)) == slip_over(seen)


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_a_slip_between_days_is_the_sum_of_its_moves(days: list[date]) -> None:
    slip = slip_over(Window(day, day, "day") for day in days)
    shifts = [(new - old).days for old, new in pairwise(days)]
    assert (slip.days, slip.moves) == (sum(shifts), sum(map(bool, shifts)))


def test_a_promise_in_words_has_no_date() -> None:
    assert window_in("after the pilot") == Window(text="after the pilot")
    assert window_in(None) == Window()


def test_one_promise_is_no_slip() -> None:
    june = fiscal_quarter("Q3 FY2026")
    assert slip_over([june]) == Slip(june.first, june.last, "quarter", 0, 0)
    assert slip_over([june, june]).moves == 0
    assert slip_over([june, Window(june.last, june.last, "day")]).days == 0
    later = june.last + timedelta(days=5) if june.last else None
    assert slip_over([june, Window(later, later, "day")]).days == 5
