"""What a person has done at once: a list collected or given, a source checked, a run cancelled, an edition let in."""

import uuid
from datetime import datetime
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from prospect_aggregate import review
from prospect_aggregate.collection import audit, given, runs
from prospect_aggregate.collection.models import Batch, Ruling, Run, Schedule, Source
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks import wakeup
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.task import AnyTask
from prospect_aggregate.tasks.task_factory import request_batch


class NobodyThereError(Exception):
    """The broker did not take the message, and a check leaves nothing else behind."""


def collect_now(key: str, *, click: str = "", force: bool = False) -> Run:
    """A run asked for by a person. The same click, sent twice, is the same run. Raises UnknownNameError."""
    registered = scraper_registry.get(key)
    task = task_registry.get_scraper_task(registered.key)
    with transaction.atomic():
        source = Source.objects.of(registered)
        run = runs.request(
            source, reason=f"click {_one_click(click)}", trigger=Run.Trigger.PERSON, force=force
        )
        if run.sent_at is None:
            wakeup.wake(run, task)
    return run


def let_in(held: Run, *, reason: Ruling.Reason, note: str, by: str, partial: bool = False) -> Ruling:
    """A worker lets it in; the ruling names the run. Raises CannotRuleError, UnknownNameError."""
    with transaction.atomic():
        ruling = review.let_in(held, reason=reason, note=note, by=by, now=timezone.now(), partial=partial)
        if ruling.admitted:
            wakeup.wake(ruling.admitted, task_registry.get_scraper_task(held.source.key))
    return ruling


def read_file(
    key: str, file: "UploadedFile[bytes]", *, observed_at: datetime | None = None, click: str = ""
) -> Run:
    """The run that reads what a person downloaded. The same click, sent twice, is the same run.

    Raises UnknownNameError, UnfitFileError for a file that cannot be read, OutOfOrderError for an older edition.
    """
    registered = scraper_registry.get(key)
    task = task_registry.get_scraper_task(registered.key)
    now = timezone.now()
    if observed_at and observed_at > now:
        raise given.UnfitFileError(
            f"{observed_at:%Y-%m-%d %H:%M} UTC lies ahead; say when the list was downloaded"
        )
    run = given.receive(
        registered,
        cast("BinaryIO", file.file),
        filename=file.name or "",
        size=file.size or 0,
        reason=f"upload {_one_click(click)}",
        now=now,
        observed_at=observed_at,
    )
    if run.sent_at is None:
        wakeup.wake(run, task)
    return run


def collect_all(*, by: str, click: str = "", force: bool = False) -> Batch:
    """Every source, as one batch; the same click, sent twice, is the same batch."""
    reason = f"click {_one_click(click)}"
    return request_batch(scraper_registry, task_registry, reason=reason, by=by, force=force)


def cancel_now(run: Run, *, reason: str, by: str) -> None:
    """End a run that waits or goes on; who wanted it stands on its record. Raises AlreadyEndedError."""
    why = " ".join(reason.split())
    runs.stop(run, f"by {by}: {why}" if why else f"by {by}", now=timezone.now())


def check_now(key: str) -> AnyTask:
    """The task that was sent. Raises UnknownNameError for a source without a health check, NobodyThereError without
    an engine."""
    task = task_registry.get_health_check_task(key)
    _publish(task)
    audit.record("check", "source", getattr(task, "source_key", key))
    return task


def fire_now(row: Schedule, *, click: str = "") -> Run | None:
    """What the schedule would do at its next slot, which stays where it is; None for a task that leaves no run."""
    if row.kind == "collect":
        return collect_now(row.source_key, click=click)
    _publish(task_registry.get_task(row.task))
    audit.record("fire now", "schedule", row.name)
    return None


def _publish(task: AnyTask) -> None:
    if not wakeup.publish(task):
        raise NobodyThereError("Nobody took it: the engine does not run. Start it with prospects up.")


def _one_click(given: str) -> str:
    """The number that the button carried; a new one where it carried none that is one."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid4())
