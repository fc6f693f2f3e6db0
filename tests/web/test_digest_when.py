"""When a digest is due, by the clocks of a person's zone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.web.digests.when import DAILY, DAYS, NEAR, OFF, WEEKLY, UnfitTimeError, When

NEW_YORK = "America/New_York"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(when: When, now: str) -> str:
    found = when.after(utc(now))
    assert found is not None
    assert found.utcoffset() == timedelta(0)
    return f"{found:%Y-%m-%d %H:%M}"


def test_daily_is_later_today_or_else_tomorrow() -> None:
    when = When(every=DAILY, hour=7)
    assert due(when, "2026-05-12 06:59") == "2026-05-12 07:00"
    assert due(when, "2026-05-12 07:00") == "2026-05-13 07:00"


def test_weekly_is_on_its_day_alone() -> None:
    when = When(every=WEEKLY, weekday=DAYS.index("Monday"), hour=7)
    assert due(when, "2026-05-12 08:00") == "2026-05-18 07:00"
    assert due(when, "2026-05-18 06:00") == "2026-05-18 07:00"
    assert due(when, "2026-05-18 07:00") == "2026-05-25 07:00"


def test_the_day_is_that_of_the_zone() -> None:
    """Sunday 20:00 in New York is Monday in London."""
    when = When(every=WEEKLY, weekday=DAYS.index("Sunday"), hour=20, zone=NEW_YORK)
    assert due(when, "2026-05-12 00:00") == "2026-05-18 00:00"


def test_seven_stays_seven_when_the_clocks_change() -> None:
    when = When(every=DAILY, hour=7, zone=NEW_YORK)
    assert due(when, "2026-03-07 13:00") == "2026-03-08 11:00"
    assert due(when, "2026-10-31 12:00") == "2026-11-01 12:00"


def test_an_hour_that_the_clocks_leave_out_comes_an_hour_later() -> None:
    when = When(every=DAILY, hour=2, zone=NEW_YORK)
    assert due(when, "2026-03-07 08:00") == "2026-03-08 07:00"
    assert due(when, "2026-03-08 07:00") == "2026-03-09 06:00"


def test_an_hour_that_the_clocks_show_twice_comes_once() -> None:
    when = When(every=DAILY, hour=1, zone=NEW_YORK)
    assert due(when, "2026-10-31 06:00") == "2026-11-01 05:00"
    assert due(when, "2026-11-01 05:00") == "2026-11-02 06:00"


@given(
    st.integers(0, 23),
    st.sampled_from([NEW_YORK, "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
)
def test_daily_comes_once_in_every_day_and_weekly_in_every_week(hour: int, zone: str, at: datetime) -> None:
    now = at.replace(tzinfo=UTC)
    for every, length in ((DAILY, timedelta(days=1)), (WEEKLY, timedelta(days=7))):
        when = When(every=every, hour=hour, zone=zone)
        first = when.after(now)
        assert first is not None
        second = when.after(first)
        assert second is not None
        assert now < first <= now + length + timedelta(hours=1)
        assert abs(second - first - length) <= timedelta(hours=1)


def test_off_is_never_due() -> None:
    assert When(every=OFF).after(utc("2026-05-12 06:00")) is None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"every": "hourly"}, "every is"), ({"weekday": 7}, "a weekday is"), ({"hour": 24}, "an hour is"),
        ({"zone": "America"}, "no time zone 'America'"), ({"zone": "../etc/passwd"}, "no time zone"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_refused(facts: dict[str, object], said: str) -> None:
    with pytest.raises(UnfitTimeError, match=said):
        When(**facts)  # type: ignore[arg-type]


def test_every_zone_that_is_offered_exists() -> None:
    assert all(When(zone=zone).zone == zone for zone in NEAR)


def test_it_says_itself_in_words() -> None:
    assert (
        When(every=WEEKLY, weekday=2, hour=6, zone=NEW_YORK).words == f"every Wednesday at 06:00, {NEW_YORK}"
    )
    assert When(every=DAILY).words == "every day at 07:00, UTC"
