"""What a worker does when one of its pool processes died with a run in its hands: our code ends that run, at once.

Without this the run would end too, when its heartbeat has been missed for long enough.
"""

from typing import Any

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery.signals import task_failure

from prospect_aggregate.collection import clock, forks, runs
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.outcomes import LostError
from prospect_aggregate.tasks import policy

DIED = (TimeLimitExceeded, WorkerLostError)


@task_failure.connect
def end_its_run(
    exception: BaseException | None = None, task_id: str = "", kwargs: dict[str, Any] | None = None, **_: Any
) -> None:
    """Hears of every failure; those whose process lived were recorded there."""
    if not isinstance(exception, DIED):
        return
    with forks.none():
        _end(_run_of(task_id, kwargs or {}), exception)


def _run_of(task_id: str, kwargs: dict[str, Any]) -> Run | None:
    """The run that the message carried, or the one that it made for itself."""
    started = Run.objects.filter(status=Run.Status.STARTED).select_related("source")
    named = {"pk": kwargs["run_id"]} if kwargs.get("run_id") else {"request": f"message {task_id}"}
    return started.filter(**named).first()


def _end(run: Run | None, exception: BaseException) -> None:
    if run is None:
        return
    now = clock.now()
    error = _error(run, exception)
    runs.fail(run, error, policy.decide(error, attempt=run.attempt, now=now), now=now)


def _error(run: Run, exception: BaseException) -> BaseException:
    if isinstance(exception, TimeLimitExceeded):
        return exception
    return LostError(f"its process {run.worker} died: {exception}")
