"""The watch over a run in progress: it ends work that others ended, and no other."""

import signal
import time
from collections.abc import Callable

import pytest
from django.utils import timezone

from prospect_aggregate.collection import heartbeat, runs
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.runlog import RunLog
from tests.given import a_run, claimed

pytestmark = pytest.mark.django_db(transaction=True)  # the watch has a connection of its own
LOOKS = 0.02  # seconds


@pytest.fixture
def interrupts(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run, Callable[[Run], object]], list[int]]:
    """The signals that a run's work hears when that happens to it while it is watched."""
    monkeypatch.setattr(heartbeat, "LOOKS_EVERY", LOOKS)
    monkeypatch.setattr(heartbeat, "KILLED_AFTER", LOOKS)

    def watch(run: Run, happens: Callable[[Run], object]) -> list[int]:
        heard: list[int] = []
        with heartbeat.Heartbeat(RunLog(run), too_much=print, interrupt=heard.append):
            happens(run)
            deadline = time.monotonic() + 0.5
            while not heard and time.monotonic() < deadline:
                time.sleep(LOOKS)
        return heard

    return watch


def test_work_that_ended_its_run_is_not_interrupted(
    interrupts: Callable[[Run, Callable[[Run], object]], list[int]],
) -> None:
    """Between the end of a run and the end of its work the watch may look."""
    run = claimed(a_run())
    assert interrupts(run, lambda run: runs.end(run, Run.Status.SUCCEEDED, now=timezone.now())) == []


def test_work_on_a_run_that_a_person_cancelled_is_interrupted(
    interrupts: Callable[[Run, Callable[[Run], object]], list[int]],
) -> None:
    run = claimed(a_run())
    seen_elsewhere = Run.objects.get(pk=run.pk)
    heard = interrupts(run, lambda _: runs.stop(seen_elsewhere, "nobody needs it", now=timezone.now()))
    assert heard[0] == signal.SIGTERM
