"""How made DHS lists move over seven weeks, against real ones from 2026-05-13 to 06-29 (research/peers.md §0)."""

from datetime import date

import pytest

from prospect_aggregate.sandbox.editions import editions

from . import measures
from .measures import Row


@pytest.fixture(scope="module")
def weeks() -> list[list[Row]]:
    lists = [one.listing() for one in editions("dhs", today=date(2026, 6, 29), count=8)]
    return [[dict(zip(one.headings, cells, strict=True)) for cells in one.rows] for one in lists]


def test_dates_move_later_and_hardly_ever_earlier(weeks):
    shifts = measures.shifts(weeks)  # 36 later, 1 earlier
    assert shifts["later"] >= 20
    assert shifts["earlier"] <= shifts["later"] / 8


def test_two_thirds_of_a_list_survive_seven_weeks(weeks):
    assert measures.survivors(weeks) == pytest.approx(492 / 718, abs=0.05)


def test_rows_come_back(weeks):
    assert 8 <= measures.returned(weeks) <= 40  # 23 did


def test_half_of_the_solicitations_are_passed(weeks):
    passed = measures.dhs_outlook(weeks[-1], date(2026, 6, 29))["solicitation passed"]
    assert passed == pytest.approx(367 / 750, abs=0.05)
