"""How a batch stands is read from its runs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prospect_aggregate.collection import batches, runs
from prospect_aggregate.collection.batches import Outcome
from prospect_aggregate.collection.models import Batch, Run
from prospect_aggregate.collection.outcomes import Decision
from tests.agency import Site
from tests.given import LISTING, a_run, claimed, collected, named, published, rows

pytestmark = pytest.mark.django_db
OTHER = named("Other", lambda: None)


def asked(*wanted: object, reason: str = "click 1") -> Batch:
    return batches.ask(wanted or (LISTING, OTHER), reason=reason, by="ana")  # type: ignore[arg-type]


def run_of(batch: Batch, key: str) -> Run:
    return batch.runs.select_related("source").get(source__key=key, attempt=1)


def ended(run: Run, status: Run.Status) -> None:
    runs.end(claimed(run), status, now=timezone.now())


def failed(run: Run, *, again: bool) -> None:
    retry = timezone.now() if again else None
    runs.fail(run, OSError("away"), Decision(status="failed", kind="x", retry_at=retry), now=timezone.now())


def sentence(batch: Batch) -> tuple[str, dict[str, list[str]]]:
    standing = batches.standing_of(batch)
    parts = {"waiting": standing.waiting, "going": standing.going, "good": standing.good, "bad": standing.bad}
    return standing.outcome, {
        name: [run.source.key for run in found] for name, found in parts.items() if found
    }


def test_a_batch_that_nobody_has_begun_waits() -> None:
    assert sentence(asked()) == (Outcome.IN_PROGRESS, {"waiting": ["listing", "other"]})


def test_the_same_reason_again_is_the_same_batch() -> None:
    assert asked() == asked()
    assert Run.objects.count() == 2


def test_a_batch_goes_on_until_its_last_run_has_ended() -> None:
    batch = asked()
    ended(run_of(batch, "listing"), Run.Status.SUCCEEDED)
    claimed(run_of(batch, "other"))
    assert sentence(batch) == (Outcome.IN_PROGRESS, {"good": ["listing"], "going": ["other"]})


def test_a_batch_whose_runs_all_ended_well_succeeded() -> None:
    batch = asked()
    ended(run_of(batch, "listing"), Run.Status.SUCCEEDED)
    ended(run_of(batch, "other"), Run.Status.UNCHANGED)
    assert sentence(batch) == (Outcome.SUCCEEDED, {"good": ["listing", "other"]})


@pytest.mark.parametrize("status", ["quarantined", "blocked", "failed", "lost"])
def test_a_batch_with_one_bad_end_failed_and_says_where(status: str) -> None:
    batch = asked()
    ended(run_of(batch, "listing"), Run.Status.SUCCEEDED)
    ended(run_of(batch, "other"), Run.Status(status))
    assert sentence(batch) == (Outcome.FAILED, {"good": ["listing"], "bad": ["other"]})


def test_a_run_that_a_person_cancelled_is_not_good() -> None:
    batch = asked(LISTING)
    runs.stop(run_of(batch, "listing"), "by ana", now=timezone.now())
    assert sentence(batch) == (Outcome.FAILED, {"bad": ["listing"]})


def test_of_each_request_the_newest_attempt_counts() -> None:
    batch = asked(LISTING)
    failed(claimed(run_of(batch, "listing")), again=True)
    assert sentence(batch) == (Outcome.IN_PROGRESS, {"waiting": ["listing"]})
    ended(batch.runs.get(attempt=2), Run.Status.SUCCEEDED)
    assert sentence(batch) == (Outcome.SUCCEEDED, {"good": ["listing"]})


def test_a_request_that_another_run_meets_is_as_that_run_is() -> None:
    busy = claimed(a_run())
    batch = asked(LISTING)
    assert runs.claim(run_of(batch, "listing").pk, worker="w", now=timezone.now()) is None
    assert sentence(batch) == (Outcome.IN_PROGRESS, {"going": ["listing"]})
    failed(busy, again=True)
    assert sentence(batch) == (Outcome.IN_PROGRESS, {"waiting": ["listing"]})
    failed(claimed(Run.objects.get(request=busy.request, attempt=2)), again=False)
    assert sentence(batch) == (Outcome.FAILED, {"bad": ["listing"]})


def test_a_request_that_was_met_before_it_began_is_good(site: Site) -> None:
    batch = asked(LISTING)
    site.serve(published(rows(3)))
    collected(force=True)
    now = timezone.now() + timedelta(seconds=1)
    assert runs.claim(run_of(batch, "listing").pk, worker="w", now=now) is None
    assert sentence(batch) == (Outcome.SUCCEEDED, {"good": ["listing"]})


def test_many_batches_are_read_at_once(django_assert_num_queries: object) -> None:
    made = [asked(reason=f"click {number}") for number in range(5)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [standing.batch for standing in batches.standings(made)] == made
