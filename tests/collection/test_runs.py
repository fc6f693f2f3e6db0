"""The life of a run: one door, one claim, one end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.outcomes import AlreadyEndedError, Decision, OutOfOrderError
from tests.agency import Site
from tests.given import a_run, a_source, claimed, collected, day, published, rows

pytestmark = pytest.mark.django_db


def claim(run: Run) -> Run | None:
    return runs.claim(run.pk, worker="w", now=timezone.now())


def test_the_same_reason_is_the_same_run() -> None:
    assert a_run(reason="slot 06:12") == a_run(reason="slot 06:12")


def test_a_run_is_claimed_once() -> None:
    run = a_run()
    assert claim(run) == run
    assert claim(run) is None


def test_a_run_whose_time_has_not_come_is_not_claimed() -> None:
    assert claim(a_run(not_before=timezone.now() + timedelta(minutes=1))) is None


def test_one_run_of_a_source_at_a_time() -> None:
    claimed(a_run())
    second = a_run(force=True)
    assert claim(second) is None
    second.refresh_from_db()
    assert second.status == "queued"


def test_a_slot_is_met_by_the_run_in_progress() -> None:
    busy, slot = claimed(a_run()), a_run(trigger=Run.Trigger.SCHEDULE)
    assert claim(slot) is None
    slot.refresh_from_db()
    assert (slot.status, slot.error) == ("cancelled", f"covered by run {busy.pk}")


def test_a_slot_is_met_by_a_good_run_since_its_time(site: Site) -> None:
    slot = a_run(trigger=Run.Trigger.SCHEDULE)
    site.serve(published(rows(3)))
    collected(force=True)
    assert claim(slot) is None
    slot.refresh_from_db()
    assert slot.status == "cancelled"


def test_a_slot_is_not_met_by_a_run_that_failed_since() -> None:
    slot, failed = a_run(trigger=Run.Trigger.SCHEDULE), claimed(a_run(force=True))
    runs.end(failed, Run.Status.FAILED, now=timezone.now())
    assert claim(slot) == slot


def test_a_final_status_never_changes() -> None:
    run = claimed(a_run())
    assert runs.end(run, Run.Status.CANCELLED, now=timezone.now())
    assert not runs.end(run, Run.Status.SUCCEEDED, now=timezone.now())
    run.refresh_from_db()
    assert run.status == "cancelled"


def test_a_failure_and_its_next_attempt_are_one_step() -> None:
    run, later = claimed(a_run()), timezone.now() + timedelta(minutes=5)
    runs.fail(
        run,
        OSError("no way"),
        Decision(status="failed", kind="transient", retry_at=later),
        now=timezone.now(),
    )
    following = Run.objects.get(attempt=2)
    assert (following.request, following.not_before, following.status) == (run.request, later, "queued")


def test_a_run_ended_by_somebody_else_gets_no_next_attempt() -> None:
    run = claimed(a_run())
    Run.objects.update(status="lost")
    runs.fail(
        run,
        OSError("late"),
        Decision(status="failed", kind="transient", retry_at=timezone.now()),
        now=timezone.now(),
    )
    assert Run.objects.count() == 1


def test_an_edition_not_later_than_the_newest_is_refused(site: Site) -> None:
    site.serve(published(rows(3)))
    collected(at=day("2026-05-18"))
    with pytest.raises(OutOfOrderError, match="2026-05-11 00:00 is not later than the newest one kept"):
        a_run(observed_at=day("2026-05-11"))


def test_asking_changes_nothing_of_the_source() -> None:
    source = a_source()
    a_run()
    assert a_source() == source


def test_a_run_in_progress_is_stopped_by_a_person() -> None:
    run = claimed(a_run())
    runs.stop(run, "nobody needs it", now=timezone.now())
    run.refresh_from_db()
    assert (run.status, run.error) == ("cancelled", "nobody needs it")


def test_a_run_that_ended_is_not_stopped() -> None:
    run = claimed(a_run())
    runs.end(run, Run.Status.SUCCEEDED, now=timezone.now())
    with pytest.raises(AlreadyEndedError, match="had already ended: succeeded"):
        runs.stop(run, "too late", now=timezone.now())


def test_the_last_of_several_attempts_says_that_it_is_given_up() -> None:
    run = claimed(a_run())
    Run.objects.filter(pk=run.pk).update(attempt=4)
    run.refresh_from_db()
    runs.fail(run, ValueError("no"), Decision(status="failed", kind="bug"), now=timezone.now())
    run.refresh_from_db()
    assert run.error == "no; given up after 4 attempts"
