"""A group fixed on a day: who is in it, and what befell each first. The properties of STATISTICS §12."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.collection.outcomes import OutOfOrderError
from prospect_aggregate.normalize.dates import Window, quarter_window
from prospect_aggregate.prospects.cohorts import Cohort, Outcome, cohort_of, outcome_of
from prospect_aggregate.prospects.groups import WHOLE
from prospect_aggregate.prospects.landmarks import Followed
from prospect_aggregate.prospects.lives import lives_of, observations_of
from prospect_aggregate.prospects.reliability import Figures, figures_of
from prospect_aggregate.scrapers.registry import Registered
from tests.given import a_run, collected
from tests.prospects.histories import (
    BEGIN,
    History,
    Read,
    Row,
    at,
    followed,
    for_one_example,
    histories,
    load,
    plainly,
)

pytestmark = pytest.mark.django_db
few = settings(  # each example loads some editions; to shrink one takes minutes
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def cohort(source: Source, until: Followed | None = None) -> Cohort:
    return cohort_of(lives_of(source), until or followed())


def figures(source: Source) -> Figures | None:
    return figures_of(cohort(source)).get(WHOLE)


def day(text: str) -> Window:
    moment = date.fromisoformat(text)
    return Window(moment, moment, "day", text)


@few
@given(histories())
def test_the_ledger_tells_what_the_editions_showed(editions: History) -> None:
    with for_one_example():
        members = cohort(load(editions)).members
    assert sorted(Read(it.outcome, it.due) for it in members) == plainly(editions)


@few
@given(histories())
def test_the_outcomes_of_a_group_are_all_of_it(editions: History) -> None:
    with for_one_example():
        it = figures(load(editions))
    assert it
    assert sum(it.outcomes.values()) == it.n
    assert it.listed == len(editions[0])


@few
@given(histories(), st.integers(1, 6))
def test_no_later_edition_changes_who_is_in_a_group_or_whose_date_falls_due(
    editions: History, known: int
) -> None:
    with for_one_example():
        source = load(editions[:known])
        before = cohort(source)
        load(editions[known:], first=known)
        after = cohort(source)
    assert [(it.spot, it.due) for it in before.members] == [(it.spot, it.due) for it in after.members]
    assert before.others == after.others


@few
@given(histories(), st.integers(0, 5))
def test_an_edition_seen_twice_changes_no_figure(editions: History, which: int) -> None:
    which = min(which, len(editions) - 1)
    with for_one_example():
        source = load(editions[: which + 1])
        load([editions[which]], first=which, days=1)
        load(editions[which + 1 :], first=which + 1)
        again = figures(source)
    with for_one_example():
        assert figures(load(editions)) == again


def test_an_edition_out_of_order_is_refused_and_changes_no_figure() -> None:
    source = load([{"1": FAR, "2": FAR}, {"1": FAR}])
    before = figures(source)
    with pytest.raises(OutOfOrderError):
        load([{"1": SOON, "2": SOON}], first=0, days=1)
    assert figures(source) == before


@few
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_prospects_are_kept_changes_no_figure(
    editions: History, chance: random.Random
) -> None:
    with for_one_example():
        lives = lives_of(load(editions))
    shuffled = chance.sample(lives, len(lives))
    told = [figures_of(cohort_of(some, followed()))[WHOLE] for some in (lives, shuffled)]
    assert told[0] == told[1]


@few
@given(histories())
def test_a_prospect_that_arrives_later_changes_nothing(editions: History) -> None:
    late = [editions[0], *({**edition, "late": Row(day("2026-02-01"))} for edition in editions[1:])]
    with for_one_example():
        without = figures(load(editions))
    with for_one_example():
        assert figures(load(late)) == without


@few
@given(histories())
def test_runs_that_failed_or_were_held_change_no_figure(editions: History) -> None:
    with for_one_example():
        source = load(editions)
        before, seen = figures(source), observations_of(source)
        for status in (Run.Status.FAILED, Run.Status.QUARANTINED, Run.Status.BLOCKED, Run.Status.LOST):
            run = a_run(Registered(source.key, source.name, lambda: None))
            Run.objects.filter(pk=run.pk).update(status=status, observed_at=BEGIN + timedelta(days=3))
        assert (figures(source), observations_of(source)) == (before, seen)


@few
@given(histories())
def test_where_nothing_moved_none_moved_later_and_there_is_no_size(editions: History) -> None:
    still = [
        {number: row._replace(window=editions[0].get(number, row).window) for number, row in edition.items()}
        for edition in editions
    ]
    with for_one_example():
        it = figures(load(still))
    assert it
    assert (it.later.k, it.size.values, it.size.shown) == (0, (), False)


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        (day("2026-06-01"), day("2026-08-03"), Outcome.LATER),
        (day("2026-06-01"), day("2026-06-15"), None),
        (day("2026-06-01"), day("2026-06-16"), Outcome.LATER),
        (day("2026-06-16"), day("2026-06-01"), Outcome.EARLIER),
        (quarter_window(2026, 2), quarter_window(2026, 3), Outcome.LATER),
        (quarter_window(2026, 3), day("2026-05-15"), None),
        (quarter_window(2026, 4), day("2026-06-15"), Outcome.EARLIER),
        (day("2026-06-01"), quarter_window(2026, 4), Outcome.REMOVED),
        (day("2026-06-01"), Window(text="TBD"), Outcome.REMOVED),
        (Window(text="TBD"), day("2026-06-01"), None),
    ],
)
def test_what_a_new_promise_comes_to(old: Window, new: Window, outcome: Outcome | None) -> None:
    """A date made vaguer without overlap is removed (§4), though the ledger counts its days (§2)."""
    assert outcome_of(old, new) == outcome


def told(*rows: Row | None) -> list[Read]:
    """The outcome of one prospect that is so in each edition; another one keeps the list going, and moves."""
    clock = [
        {"other": Row(window, office=None)}
        for window in (day(f"2026-05-{n + 1:02}") for n in range(len(rows)))
    ]
    editions = [{**other, **({"1": row} if row else {})} for other, row in zip(clock, rows, strict=True)]
    members = cohort(load(editions)).members
    return [Read(it.outcome, it.due) for it in members if it.spot[2]]


SOON, FAR = Row(day("2026-01-20")), Row(day("2026-06-01"))


def test_one_that_leaves_before_its_day_left_early_and_after_it_was_due() -> None:
    assert told(SOON, None, None, None) == [Read("left_early", True)]


def test_one_that_leaves_after_its_day_left_due_and_counts_as_stood() -> None:
    assert told(SOON, SOON, SOON, None, None) == [Read("left_due", True)]


def test_one_absence_is_no_leaving() -> None:
    assert told(FAR, None, FAR, None) == [Read("stands_ahead", False)]


def test_one_that_was_absent_on_the_day_is_no_member() -> None:
    source = load([{"1": FAR, "2": FAR}, {"2": FAR}, {"1": FAR, "2": FAR}])
    group = cohort_of(lives_of(source), followed(1, start=1))
    assert len(group.members) == 1


def test_the_first_of_two_things_counts() -> None:
    awarded = FAR._replace(phase="awarded")
    assert told(FAR, awarded, Row(day("2026-08-01"), "awarded"), None) == [Read("closed", False)]


def test_of_one_edition_the_move_counts() -> None:
    assert told(FAR, Row(day("2026-08-01"), "awarded")) == [Read("later", False)]


def test_the_net_of_a_move_is_what_it_came_to_at_the_end() -> None:
    rows = [FAR, Row(day("2026-08-01")), Row(day("2026-07-01")), Row(day("2026-09-01"))]
    group = cohort(load([{"1": row} for row in rows]), followed(2))
    assert [it.net for it in group.members] == [30]


def test_an_office_is_the_one_that_it_was_then() -> None:
    group = cohort(load([{"1": FAR}, {"1": FAR._replace(office="Z")}]))
    assert [it.spot[2] for it in group.members] == ["A"]


@pytest.fixture
def pushed() -> Source:
    """An office of 30 that pushes 12 of them, another one that moves one of its 30 by itself."""
    rows = {
        f"{office}{number}": Row(day("2026-06-01"), office=office) for office in "AB" for number in range(30)
    }
    moved = {f"A{number}": Row(day("2026-09-01")) for number in range(12)} | {
        "B1": Row(day("2026-08-01"), office="B")
    }
    return load([rows, {**rows, **moved}])


def test_moves_of_one_revision_are_named_with_the_share_without_them(pushed: Source) -> None:
    it = figures(pushed)
    assert it
    assert it.bulk
    assert (it.later.k, it.later.n, it.bulk.moves, it.bulk.of) == (13, 60, 12, 13)
    assert [(each.office[2], each.at) for each in it.bulk.revisions] == [("A", at(1))]
    assert (it.bulk.without.k, it.bulk.without.n) == (1, 48)


def test_ten_moves_of_a_large_office_are_no_revision() -> None:
    rows = {f"{number}": FAR for number in range(40)}
    moved = {f"{number}": Row(day("2026-09-01")) for number in range(10)}
    it = figures(load([rows, {**rows, **moved}]))
    assert it
    assert (it.later.k, it.bulk) == (10, None)


def test_a_number_used_again_is_counted_apart() -> None:
    source = load([{"1": FAR, "2": FAR}])
    other = replace(
        FAR.draft("1"), title="Something else entirely", office="Elsewhere", naics_codes=("541512",)
    )
    plan = Registered("plan", "Plan", lambda: [other, FAR.draft("2")])
    collected(plan, at=at(1), purpose=Run.Purpose.ADMIT)
    it = figures(source)
    assert it
    assert (it.n, it.excluded["reused"], it.listed) == (1, 1, 2)
