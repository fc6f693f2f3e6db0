"""The gate: what an edition is held for, alone and against the past of its list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.collection.gate import Census, Finding, QuarantinedError, admit, judge
from prospect_aggregate.collection.history import History

YOUNG = History()
STEADY = History([3452, 3440, 3460, 3431], [{"value": 1.0, "award": 0.5}] * 4)


def census(**facts: object) -> Census:
    usual = {"rows": 3450, "rejected": 0, "listed": 3452, "gone": 40, "filled": {"value": 1.0, "award": 0.48}}
    return Census(**{**usual, **facts})  # type: ignore[arg-type]


def failed(findings: list[Finding]) -> list[str]:
    return [finding.check for finding in findings if not finding.passed]


def test_a_usual_edition_passes_every_check() -> None:
    findings = judge(census(), STEADY)
    assert failed(findings) == []
    assert [finding.check for finding in findings] == [
        "rows", "headings", "keys", "rejected", "gone", "row count", "fields",
    ]  # fmt: skip


def test_a_list_cut_to_half_says_what_was_expected_and_from_what() -> None:
    findings = judge(census(rows=1654, gone=1811), STEADY)
    assert failed(findings) == ["gone", "row count"]
    assert findings[-2].saw == "1,654 rows"
    assert findings[-2].expected == "2,929 to 5,169, from 4 editions"


def test_a_list_that_doubles_is_held() -> None:
    assert failed(judge(census(rows=6900), STEADY)) == ["row count"]


def test_a_restless_list_is_judged_by_its_own_spread() -> None:
    restless = History([100, 60, 140, 80, 120], [{}] * 5)
    assert failed(judge(census(rows=45, listed=100, gone=20), restless)) == []
    assert failed(judge(census(rows=45, listed=100, gone=20), History([100] * 5, [{}] * 5))) == ["row count"]


def test_a_field_that_is_hardly_read_any_more_is_held_by_its_name() -> None:
    findings = judge(census(filled={"value": 1.0, "award": 0.1}), STEADY)
    assert failed(findings) == ["field award"]
    assert findings[-1].saw == "award read in 10% of the rows"


def test_a_field_that_no_edition_published_before_is_not_missed() -> None:
    assert failed(judge(census(filled={"value": 1.0, "place": 0.0}), STEADY)) == []


def test_a_list_that_is_older_than_the_newest_one_is_held() -> None:
    dated = History(dated=date(2026, 5, 12))
    assert failed(judge(census(dated=date(2026, 4, 29)), dated)) == ["list's date"]
    assert failed(judge(census(dated=date(2026, 5, 12)), dated)) == []


def test_three_good_editions_are_no_history() -> None:
    young = History(STEADY.rows[:3], STEADY.filled[:3])
    assert failed(judge(census(rows=2400, gone=1100), young)) == []


def test_without_a_history_the_absolute_checks_hold() -> None:
    assert failed(judge(census(rows=0), YOUNG)) == ["rows"]
    assert failed(judge(census(rejected=200), YOUNG)) == ["rejected"]
    assert failed(judge(census(gone=1200), YOUNG)) == ["gone"]
    assert failed(judge(census(keyless=40), YOUNG)) == ["keys"]


def test_a_partial_edition_is_not_held_for_what_it_lacks() -> None:
    assert failed(judge(census(rows=1000, gone=2452), STEADY, complete=False)) == []


def test_a_short_list_may_lose_a_few_rows() -> None:
    short = History([12, 12, 12, 12], [{"award": 1.0}] * 4)
    assert failed(judge(census(rows=9, listed=12, gone=3, filled={"award": 0.8}), short)) == []


def test_a_held_edition_says_all_that_is_wrong_in_one_line() -> None:
    with pytest.raises(
        QuarantinedError, match=r"1,654 rows, expected 2,929 to 5,169, from 4 editions"
    ) as held:
        admit(judge(census(rows=1654, gone=1811), STEADY))
    assert "\n" not in str(held.value)


@given(st.lists(st.integers(1, 10_000), min_size=4, max_size=26), st.integers(0, 30_000))
def test_whatever_the_history_a_verdict_comes(rows: list[int], now: int) -> None:
    history = History(rows, [{"value": 1.0}] * len(rows))
    findings = judge(census(rows=now, gone=0), history)
    assert all(finding.saw and finding.expected for finding in findings)
    assert now == 0 or "row count" not in failed(judge(census(rows=sorted(rows)[len(rows) // 2]), history))
