"""How values are written on pages: UI §6, example by example."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from prospect_aggregate.normalize import dates
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.web import moments, present
from prospect_aggregate.web.present import Promise

TODAY = date(2026, 5, 25)


def promise(window: Window, kind: str = "solicitation") -> Promise:
    return Promise(kind, window.first, window.last, window.precision, window.text)


def line(window: Window, kind: str = "solicitation") -> str:
    it = present.next_date([promise(window, kind)], day=TODAY)
    return " ".join(filter(None, (it.kind, it.window, it.distance)))


@pytest.mark.parametrize(
    ("window", "kind", "written"),
    [
        (dates.day("06/01/2026"), "solicitation", "Solicitation 1 Jun in 7 d"),
        (dates.quarter_window(2026, 3), "solicitation", "Solicitation Q3 FY26 by 30 Jun"),
        (dates.quarter_window(2026, 4), "award", "Award Q4 FY26"),
        (dates.month("09/01/2026"), "contract_end", "Contract ends Sep 2026"),
        (dates.day("04/13/2026"), "solicitation", "Solicitation 13 Apr passed 42 d"),
        (dates.day("05/25/2026"), "solicitation", "Solicitation 25 May today"),
        (dates.day("01/02/2027"), "award", "Award 2 Jan 2027 in 222 d"),
        (dates.year_window(2027), "solicitation", "Solicitation FY27 by 30 Sep 2027"),
    ],
)
def test_the_next_date_is_kind_window_and_distance(window: Window, kind: str, written: str) -> None:
    assert line(window, kind) == written


def test_the_last_day_of_a_window_has_not_passed() -> None:
    assert not present.next_date([promise(dates.day("05/25/2026"))], day=TODAY).passed


def test_the_first_promise_with_a_window_decides() -> None:
    undated, award = promise(Window(text="TBD")), promise(dates.day("06/01/2026"), "award")
    assert present.next_date([undated, award], day=TODAY).kind == "Award"


@pytest.mark.parametrize(
    ("text", "written", "lack"),
    [
        (None, "none published", "unpublished"),
        ("N/A", "none published", "unpublished"),
        ("TBD - task order", "TBD", "undecided"),
        ("some time in spring", "not read", "unread"),
    ],
)
def test_the_ways_of_not_being_known_look_different(text: str | None, written: str, lack: str) -> None:
    shown = present.next_date([promise(Window(text=text))], day=TODAY)
    assert (shown.window, shown.lack and shown.lack.lack) == (written, lack)


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("least", "most", "written"),
    [
        ("2000000", "5000000", "$2M–5M"),
        ("100000000", None, "$100M +"),
        (None, "250000", "up to $250K"),
        ("0", "250000", "up to $250K"),
        ("524000", "524000", "$524K"),
        ("250000", "1250000", "$250K–1.25M"),
        ("999999", "999999", "$1M"),
        ("2000000000", None, "$2B +"),
        ("750", "750", "$750"),
    ],
)
def test_a_value_is_written_with_its_unit(least: str | None, most: str | None, written: str) -> None:
    assert present.value(amount(least), amount(most), "total", "as published").text == written


def test_a_yearly_value_says_so() -> None:
    assert present.value(Decimal(524_000), Decimal(524_000), "year", None).yearly


def test_a_value_nobody_published_is_not_a_value_nobody_read() -> None:
    assert present.value(None, None, None, None).text == "not published"
    assert present.value(None, None, None, "ask us").text == "not read"


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("SBA", "SB"),
        ("8A", "8(a)"),
        ("HZC", "HUBZone"),
        ("SDVOSBC", "SDVOSB"),
        ("NONE", "none"),
        ("TBD", "TBD"),
    ],
)
def test_set_asides_have_short_names(code: str, written: str) -> None:
    assert present.set_aside(code, "published words").text == written


def test_the_set_aside_of_an_expiring_contract_is_that_contracts() -> None:
    assert present.set_aside("SBA", None, "expiring_contract").text == "SB (current contract)"


DAY, QUARTER = promise(dates.day("06/01/2026")), promise(dates.quarter_window(2026, 4))


@pytest.mark.parametrize(
    ("first", "now", "days", "moves", "written"),
    [
        (DAY, DAY, 63, 2, "+63 d · 2×"),
        (DAY, DAY, 63, 1, "+63 d"),
        (DAY, DAY, -14, 1, "−14 d"),
        (DAY, QUARTER, 30, 1, "at least +30 d"),
        (DAY, promise(Window()), 63, 1, "date removed"),
        (DAY, DAY, 0, 0, ""),
        (promise(Window()), DAY, None, 0, ""),
        (DAY, DAY, 0, 2, "±0 d · 2×"),
    ],
)
def test_moved_is_the_slip_and_how_often(
    first: Promise, now: Promise, days: int | None, moves: int, written: str
) -> None:
    assert present.moved(first, now, days=days, moves=moves) == written


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("2026-06-01", "1 Jun"),
        ("2026-04-01/2026-06-30", "Q3 FY26"),
        ("2026-09-01/2026-09-30", "Sep 2026"),
        ("2026-06-01/2030-05-31", "1 Jun – 31 May 2030"),
        ("after the pilot", "after the pilot"),
        (None, "none published"),
    ],
)
def test_the_ledgers_windows_are_written_as_people_do(kept: str | None, written: str) -> None:
    assert present.span_text(kept, day=TODAY) == written


def test_a_period_from_day_to_day_keeps_both_ends() -> None:
    assert present.window_text(date(2026, 8, 31), date(2030, 8, 4), "day", day=TODAY) == "31 Aug – 4 Aug 2030"


@pytest.mark.parametrize(
    ("distance", "written"),
    [
        (timedelta(seconds=-12), "12 s ago"),
        (timedelta(minutes=4, seconds=2), "in 4 min"),
        (timedelta(hours=-47), "47 h ago"),
        (timedelta(0), "now"),
    ],
)
def test_near_times_are_relative(distance: timedelta, written: str) -> None:
    now = timezone.now()
    assert moments.near_text(now + distance, now=now) == written


def test_times_beyond_two_days_are_dates() -> None:
    now = timezone.now()
    then = now - timedelta(hours=48)
    assert moments.near_text(then, now=now) == f"{then.day} {then:%b %Y}"
