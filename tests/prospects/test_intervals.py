"""The test vectors of STATISTICS §12, and what holds for any of their kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.prospects.intervals import (
    design_effect,
    median_ranks,
    middle_of,
    share_of,
    wilson,
)

HIT_AT_ONCE = [2, 3, 0, 1, 4, 2, 0, 3, 2, 1, 30, 2]
QUIET = [3 if hits == 30 else hits for hits in HIT_AT_ONCE]
OFFICES = st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1)


def percent(interval: tuple[float, float]) -> list[float]:
    return [round(100 * end, 1) for end in interval]


@pytest.mark.parametrize(
    ("k", "n", "interval"),
    [
        (0, 20, [0.0, 16.1]), (1, 20, [0.9, 23.6]), (7, 20, [18.1, 56.7]), (20, 20, [83.9, 100.0]),
        (0, 61, [0.0, 5.9]), (36, 718, [3.6, 6.9]), (71, 120, [50.2, 67.5]), (367, 691, [49.4, 56.8]),
    ],
)  # fmt: skip
def test_wilson(k: int, n: int, interval: list[float]) -> None:
    assert percent(wilson(k / n, n)) == interval


@pytest.mark.parametrize(
    ("n", "ranks"),
    [
        (5, None), (6, (1, 6)), (8, (1, 8)), (10, (2, 9)), (15, (4, 12)), (20, (6, 15)), (36, (12, 25)),
        (37, (13, 25)), (50, (18, 33)), (100, (40, 61)),
    ],
)  # fmt: skip
def test_the_ranks_around_a_median(n: int, ranks: tuple[int, int] | None) -> None:
    assert median_ranks(n) == ranks


def test_nobody_has_no_ranks() -> None:
    assert [median_ranks(n) for n in range(5)] == [None] * 5


def test_rows_of_one_office_that_moved_together_say_less() -> None:
    share = share_of([(40, hits) for hits in HIT_AT_ONCE])
    assert (round(100 * share.value, 1), round(share.n / share.n_eff, 1), round(share.n_eff, 1)) == (
        10.4,
        18.1,
        26.5,
    )
    assert percent((share.low, share.high)) == [3.5, 27.4]
    assert percent(wilson(share.value, share.n)) == [8.0, 13.5]


def test_offices_that_behave_alike_have_no_design_effect_below_one() -> None:
    assert design_effect([(40, hits) for hits in QUIET]) == 1.0
    p, whole = sum(QUIET) / 480, 480
    by_office = 12 / 11 * sum((y - p * 40) ** 2 for y in QUIET) / whole**2
    assert round(by_office / (p * (1 - p) / whole), 2) == 0.84


@pytest.mark.parametrize("offices", [[(40, 2)] * 7, [(40, 0)] * 12, [(40, 40)] * 12, []])
def test_where_no_design_effect_can_be_estimated_rows_are_independent(offices: list[tuple[int, int]]) -> None:
    assert design_effect(offices) is None
    share = share_of(offices)
    assert (share.n_eff, share.independent) == (share.n, True)


def test_few_offices_take_the_design_effect_of_their_source() -> None:
    share = share_of([(40, 2)], otherwise=4.0)
    assert (share.n_eff, share.independent) == (10.0, False)


@pytest.mark.parametrize(
    ("n", "effect", "shown"), [(19, 1, False), (20, 1, True), (20, 2, True), (20, 2.1, False)]
)
def test_too_few_are_not_shown(n: int, effect: float, shown: bool) -> None:
    assert share_of([(n, 1)], otherwise=effect).shown is shown


def test_a_median_of_six_has_an_interval_and_a_middle_half() -> None:
    middle = middle_of([63, 10, 20, 400, 90, 63])
    assert (middle.shown, middle.median, middle.interval, middle.half) == (True, 63, (10, 400), (20, 90))
    assert not middle_of([1, 2, 3, 4, 5]).shown


@given(OFFICES)
def test_an_interval_holds_its_share_and_is_never_narrower_than_of_independent_rows(
    offices: list[tuple[int, int]],
) -> None:
    share = share_of(offices)
    low, high = wilson(share.value, share.n)
    assert 0 <= share.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.high <= 1
    assert share.high - share.low >= high - low - 1e-12


@given(OFFICES, st.data())
def test_an_office_split_into_two_never_narrows_an_interval_below_that_of_independent_rows(
    offices: list[tuple[int, int]], draw: st.DataObject
) -> None:
    at = draw.draw(st.integers(0, len(offices) - 1))
    n, y = offices[at]
    halves = [(n, y), (n, y)]
    share = share_of([*offices[:at], *halves, *offices[at + 1 :]])
    low, high = wilson(share.value, share.n)
    assert share.high - share.low >= high - low - 1e-12


@given(st.lists(st.integers(-400, 400), min_size=6))
def test_a_median_lies_in_its_interval(values: list[int]) -> None:
    middle = middle_of(values)
    low, high = middle.interval
    assert low <= middle.median <= high
    assert min(values) <= middle.half[0] <= middle.half[1] <= max(values)
