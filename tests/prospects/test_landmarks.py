"""Where a fixed group begins, and when it could not be followed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prospect_aggregate.prospects.landmarks import NotEnoughHistoryError, landmark_of, unbroken_days

BEGIN = datetime(2026, 1, 1, 6, tzinfo=UTC)


def days(*numbers: int) -> list[datetime]:
    return [BEGIN + timedelta(days=number) for number in numbers]


def on(number: int) -> date:
    return (BEGIN + timedelta(days=number)).date()


WEEKLY = range(0, 141, 7)


def test_the_landmark_is_the_latest_look_that_is_old_enough() -> None:
    followed = landmark_of(days(*WEEKLY), day=on(140), horizon=90)
    assert [followed.start, followed.end, followed.closing] == days(49, 139, 140)
    assert (followed.horizon, followed.days) == (90, 91)


def test_a_landmark_whose_end_nobody_has_seen_gives_way_to_an_older_one() -> None:
    followed = landmark_of(days(*range(0, 136, 7)), day=on(140), horizon=90)
    assert [followed.start, followed.closing] == days(42, 133)


def test_a_gap_of_more_than_35_days_breaks_the_history() -> None:
    with pytest.raises(NotEnoughHistoryError, match="there are 34"):
        landmark_of(days(0, 7, 50, 84), day=on(98), horizon=90)
    assert landmark_of(days(0, 35, 70, 95), day=on(98), horizon=90).start == BEGIN


def test_too_young_a_history_says_how_long_it_is() -> None:
    with pytest.raises(NotEnoughHistoryError) as told:
        landmark_of(days(*range(48)), day=on(47), horizon=90)
    said = "not enough history yet (needs 90 days of unbroken collection; there are 47)"
    assert str(told.value) == said


def test_a_landmark_goes_back_by_60_days_and_no_further() -> None:
    stopped = [*range(0, 101, 7), 160]
    with pytest.raises(NotEnoughHistoryError):
        landmark_of(days(*stopped), day=on(251), horizon=90)


def test_a_look_that_came_more_than_14_days_late_closes_nothing() -> None:
    with pytest.raises(NotEnoughHistoryError, match="a look within 14 days"):
        landmark_of(days(0, 30, 60, 75, 105), day=on(105), horizon=90)


def test_nothing_seen_is_no_history() -> None:
    assert unbroken_days([]) == 0
    with pytest.raises(NotEnoughHistoryError, match="there are 0"):
        landmark_of([], day=on(0), horizon=90)


def test_looks_after_the_day_asked_about_are_no_landmarks() -> None:
    assert landmark_of(days(*WEEKLY), day=on(100), horizon=90).start == BEGIN + timedelta(days=7)
