"""The life of a run: asked for, claimed, ended. Every change of status is a conditional update."""

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from prospect_aggregate.collection import alerts, audit, clock, leases
from prospect_aggregate.collection.models import Artifact, Batch, Ruling, Run, Source
from prospect_aggregate.collection.outcomes import AlreadyEndedError, Decision, OutOfOrderError, one_line

logger = logging.getLogger(__name__)


def request(
    source: Source,
    *,
    reason: str,
    trigger: Run.Trigger,
    purpose: Run.Purpose = Run.Purpose.COLLECT,
    not_before: datetime | None = None,
    batch: Batch | None = None,
    force: bool = False,
    given: Artifact | None = None,
    observed_at: datetime | None = None,
    complete: bool = True,
) -> Run:
    """The one door to a run. The same reason again is the same run.

    `complete=False` asks to take the list for a partial one: it adds and changes, and shows no absence.

    Raises OutOfOrderError when `observed_at` is not later than the newest edition kept.
    """
    _refuse_older(source, observed_at)
    run, is_new = Run.objects.get_or_create(
        source=source,
        request=reason,
        attempt=1,
        defaults={
            "trigger": trigger,
            "purpose": purpose,
            "not_before": not_before,
            "batch": batch,
            "force": force,
            "given": given,
            "observed_at": observed_at,
            "complete": complete,
            "queued_at": clock.now(),
        },
    )
    if is_new and trigger == Run.Trigger.PERSON and purpose == Run.Purpose.COLLECT:
        _record(run)
    return run


def _refuse_older(source: Source, observed_at: datetime | None) -> None:
    if observed_at and source.last_good_at and observed_at <= source.last_good_at:
        raise OutOfOrderError(
            f"{source.key}: the edition of {observed_at:%Y-%m-%d %H:%M} is not later than the newest one kept "
            f"({source.last_good_at:%Y-%m-%d %H:%M} UTC); load old editions oldest first, into a fresh home"
        )


def _record(run: Run) -> None:
    facts: dict[str, Any] = {"source": run.source.key}
    if run.given:
        facts |= {"file": run.given.filename, "sha256": run.given.sha256, "size": run.given.size}
    if run.force:
        facts["force"] = True
    audit.record("upload" if run.given else "collect", "run", run.pk, after=facts)


def _next_attempt(run: Run, not_before: datetime) -> None:
    """What a person ruled is carried out by the next attempt then: the one that taking it back takes back."""
    following, _ = Run.objects.get_or_create(
        source=run.source,
        request=run.request,
        attempt=run.attempt + 1,
        defaults={
            "trigger": run.trigger,
            "purpose": run.purpose,
            "not_before": not_before,
            "batch": run.batch,
            "force": run.force,
            "given": run.given,
            "observed_at": run.observed_at,
            "complete": run.complete,
            "queued_at": clock.now(),
        },
    )
    Ruling.objects.filter(admitted=run).update(admitted=following)


def claim(run_id: int, *, worker: str, now: datetime) -> Run | None:
    """The run, started and ours; None when it is not to be run now.

    That is so when another worker has it or had it, its time has not come, another run already met its request, or
    its source is being collected (then it stays queued and the loop sends it again).
    """
    run = Run.objects.select_related("source__last_good", "given").filter(pk=run_id).first()
    if run is None or run.status != Run.Status.QUEUED or (run.not_before and run.not_before > now):
        return None
    if cover := _covering(run):
        cancel(run, f"covered by run {cover}", now=now, covered_by=cover)
        return None
    return run if _start(run, worker, now) else None


def _start(run: Run, worker: str, now: datetime) -> bool:
    facts: dict[str, Any] = {
        "status": Run.Status.STARTED,
        "started_at": now,
        "heartbeat_at": now,
        "worker": worker,
    }
    try:
        with transaction.atomic():
            won = Run.objects.filter(pk=run.pk, status=Run.Status.QUEUED).update(**facts)
    except IntegrityError:  # run_one_started: the source is being collected
        return False
    for name, value in facts.items():
        setattr(run, name, value)
    return bool(won)


def _covering(run: Run) -> int | None:
    """The number of a run of the same source that does what was asked for: in progress, or good since it was asked.

    A file that a person gave, a forced reading and what is no collection are met by nothing else.
    """
    if run.given_id or run.force or run.purpose != Run.Purpose.COLLECT:
        return None
    others = Run.objects.filter(source=run.source_id, purpose=Run.Purpose.COLLECT, given=None)
    others = others.exclude(pk=run.pk)
    going = Q(status=Run.Status.STARTED)
    since = Q(started_at__gte=run.not_before or run.queued_at)
    if not others.filter(going | since).exists():  # mostly; the exact question costs a tenth of a small run
        return None
    for met in (others.filter(going), others.good().filter(since)):
        if (pk := met.values_list("pk", flat=True).first()) is not None:
            return pk
    return None


def cancel(run: Run, reason: str, *, now: datetime, covered_by: int | None = None) -> bool:
    """End a queued run without running it."""
    facts = {"status": Run.Status.CANCELLED, "error": reason, "finished_at": now, "covered_by_id": covered_by}
    return bool(Run.objects.filter(pk=run.pk, status=Run.Status.QUEUED).update(**facts))


def stop(run: Run, reason: str, *, now: datetime) -> None:
    """End a run that waits or goes on, because a person wants it to. Raises AlreadyEndedError.

    Whoever works on it hears of it within a second or two; what it was about to write is not written.
    """
    was = run.status
    with transaction.atomic():
        if not cancel(run, reason, now=now) and not end(run, Run.Status.CANCELLED, now=now, error=reason):
            run.refresh_from_db()
            raise AlreadyEndedError(f"run {run.pk} of {run.source} had already ended: {run.status}")
        after = {"source": run.source.key, "status": Run.Status.CANCELLED, "reason": reason}
        audit.record("cancel run", "run", run.pk, before={"status": was}, after=after)
    leases.release_all(owner(run), now=now)


def end(run: Run, status: Run.Status, *, now: datetime, **facts: Any) -> bool:
    """Give a started run its final status; False when somebody else already did."""
    facts = {"status": status, "finished_at": now, "stage": "", **facts}
    if not Run.objects.filter(pk=run.pk, status=Run.Status.STARTED).update(**facts):
        return False
    for name, value in facts.items():
        setattr(run, name, value)
    return True


def fail(run: Run, error: BaseException, decision: Decision, *, now: datetime) -> bool:
    """End a started run that failed, and queue its next attempt where the policy says so, in one transaction."""
    facts = {
        "error_kind": decision.kind,
        "error": _said(error, run, decision),
        "evidence": getattr(error, "evidence", {}),
    }
    with transaction.atomic():
        ended = end(run, Run.Status(decision.status), now=now, **facts)
        if ended and decision.retry_at:
            _next_attempt(run, decision.retry_at)
        if ended and decision.tell:
            alerts.open_for(run, cause=decision.kind, now=now)
    leases.release_all(owner(run), now=now)
    if ended:
        logger.warning("run %s: %s %s: %s", run.pk, run.source, decision.status, facts["error"])
    return ended


def _said(error: BaseException, run: Run, decision: Decision) -> str:
    """One line, which also says when nobody will try again by themselves after several attempts."""
    said = decision.says or one_line(error)
    given_up = decision.retry_at is None and run.attempt > 1
    return f"{said}; given up after {run.attempt} attempts" if given_up else said


def owner(run: Run) -> str:
    """How a run signs its leases."""
    return f"run {run.pk}"
