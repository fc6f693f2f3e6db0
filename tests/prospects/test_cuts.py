"""A cut splits all changes in two, also those that a run in progress writes under smaller numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.cuts import Cut, NoCutError
from prospect_aggregate.prospects.models import Change, Prospect
from tests.given import a_run, claimed, day

CUTS = st.builds(Cut, st.integers(0, 10**12), st.frozensets(st.integers(1, 10**9), max_size=5))


@given(CUTS)
def test_a_cut_is_read_as_it_was_written(cut: Cut) -> None:
    assert Cut.read(str(cut)) == cut


@pytest.mark.parametrize("text", ["", "x", "-", "1-", "1-x", "٣", "1" * 19, "1-" * 2000, "1 or 1=1"])
def test_what_we_did_not_write_is_no_cut(text: str) -> None:
    with pytest.raises(NoCutError, match="take it from the listing"):
        Cut.read(text)


@given(CUTS, CUTS)
def test_of_two_cuts_one_at_most_goes_further(one: Cut, other: Cut) -> None:
    assert not (one.goes_further_than(other) and other.goes_further_than(one))
    assert not one.goes_further_than(one)
    assert Cut(one.newest + 1).goes_further_than(one)


def a_change(run: Run) -> Change:
    number = Prospect.objects.count()
    facts = {"source": run.source, "first_run": run, "last_run": run, "first_seen_at": day("2026-05-01")}
    prospect = Prospect.objects.create(native_id=str(number), digest=str(number).encode(), **facts)
    return Change.objects.create(
        prospect=prospect, run=run, kind="listed", significance="normal", at=day("2026-05-01")
    )


class EveryCut(TestCase):
    @given(st.lists(st.integers(0, 2), min_size=1, max_size=12), st.data())
    def test_every_change_lies_on_one_side(self, of_run: list[int], data: st.DataObject) -> None:
        runs = [a_run() for _ in range(3)]
        written = [a_change(runs[number]).pk for number in of_run]
        still_open = data.draw(st.frozensets(st.sampled_from([run.pk for run in runs])))
        cut = Cut(data.draw(st.sampled_from([0, *written])), still_open)
        within, beyond = (
            set(Change.objects.filter(side).values_list("pk", flat=True)) for side in (cut.within, cut.beyond)
        )
        assert within | beyond == set(written)
        assert not within & beyond


@pytest.mark.django_db
def test_what_a_started_run_writes_lies_beyond_the_cut_whatever_its_number() -> None:
    """As PostgreSQL shows it: a smaller number appears after a larger one."""
    slow = claimed(a_run())
    early, late = a_change(slow), a_change(a_run())
    cut = Cut.now()
    assert cut == Cut(late.pk, frozenset({slow.pk}))
    assert list(Change.objects.filter(cut.beyond)) == [early]
    Run.objects.filter(pk=slow.pk).update(status=Run.Status.SUCCEEDED)
    assert not Change.objects.filter(Cut.now().beyond).exists()
