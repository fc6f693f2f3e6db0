"""The benchmarks' table: what a ratio is of, and when a target counts as met."""

import pytest
from bench.beside import Beside, interleaved


def test_the_ratio_is_of_the_runs_that_stood_side_by_side() -> None:
    calm, busy = 1.0, 10.0
    stage = Beside(stage="a", ours=[calm, busy, calm], theirs=[2 * calm, 2 * busy, 2 * calm])
    assert stage.ratio == 2


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ({"at_least": 2}, "met"),
        ({"at_least": 2.1}, "MISSED"),
        ({"at_most": 0.5}, "met"),
        ({"at_most": 0.4}, "MISSED"),
        ({"below": 4}, "met"),
        ({"below": 3}, "MISSED"),
        ({"at_least": 2, "below": 3}, "MISSED"),
        ({}, ""),
    ],
)
def test_a_target_is_met_or_missed(target: dict[str, float], verdict: str) -> None:
    assert Beside(stage="a", ours=[3, 3, 3], theirs=[6, 6, 6], **target).verdict == verdict


def test_all_take_a_turn_and_each_round_begins_with_another() -> None:
    order: list[str] = []

    def taking(name: str) -> dict[str, float]:
        order.append(name)
        return {"seconds": len(order)}

    found = interleaved({"ours": lambda: taking("ours"), "theirs": lambda: taking("theirs")}, rounds=2)
    assert order == ["ours", "theirs", "theirs", "ours"]
    assert found == {"ours": {"seconds": [1, 4]}, "theirs": {"seconds": [2, 3]}}
