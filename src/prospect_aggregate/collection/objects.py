"""Sources, runs and schedule rows as programs get them: the same names on the command line and in the API."""

from datetime import datetime
from typing import Any

from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.models import Run, Schedule, Source


def source_object(source: Source, *, now: datetime, prospects: int) -> dict[str, Any]:
    health = health_of(source, now=now)
    planned = Schedule.objects.filter(source_key=source.key, kind="collect", paused=False).first()
    newest = source.runs.good().exclude(edition_date=None).first()
    return {
        "key": source.key,
        "name": source.name,
        "agency": source.agency,
        "url": source.url,
        "coverage": source.coverage,
        "cadence_minutes": source.cadence_minutes,
        "freshness_limit_minutes": source.freshness_limit_minutes,
        "state": health.state,
        "reason": health.reason,
        "since": health.since,
        "acknowledged": False,
        "list_date": newest.edition_date if newest else None,
        "last_good_at": source.last_good_at,
        "next_run_at": planned.next_at if planned else None,
        "prospects": prospects,
    }


def run_object(run: Run) -> dict[str, Any]:
    return {
        "id": run.pk,
        "source": run.source.key,
        "status": run.status,
        "trigger": run.trigger,
        "attempt": run.attempt,
        "batch": run.batch_id,
        **{name: getattr(run, name) for name in ("rows", "new", "changed", "unchanged", "gone", "rejected")},
        "error_kind": run.error_kind or None,
        "error": run.error or None,
        "notes": run.notes,
        "artifact": run.artifact.sha256 if run.artifact else None,
        "edition_date": run.edition_date,
        "complete": run.complete,
        "queued_at": run.queued_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "observed_at": run.observed_at,
    }
