"""Sources, runs and schedule rows as programs get them: the same names on the command line and in the API."""

from datetime import datetime
from typing import Any

from django.db.models import Count

from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.batches import Standing
from prospect_aggregate.collection.health import health_of, list_date
from prospect_aggregate.collection.models import Alert, Delivery, LogLine, Ruling, Run, Schedule, Source
from prospect_aggregate.collection.signals import Signal, signals_of
from prospect_aggregate.scrapers.registry import ScraperRegistry


def source_objects(scrapers: ScraperRegistry, *, now: datetime) -> list[dict[str, Any]]:
    """Every source, also the registered ones that were never collected."""
    for registered in scrapers:
        Source.objects.of(registered)
    return [
        source_object(source, now=now)
        for source in Source.objects.annotate(known=Count("prospects")).order_by("key")
    ]


def source_object(source: Source, *, now: datetime) -> dict[str, Any]:
    health = health_of(source, now=now)
    planned = Schedule.objects.filter(source_key=source.key, kind="collect").awake(now).first()
    return {
        "key": source.key,
        "name": source.name,
        "agency": source.agency,
        "url": source.url,
        "coverage": source.coverage,
        "cadence_minutes": source.cadence_minutes,
        "freshness_limit_minutes": source.freshness_limit_minutes,
        "list_limit_minutes": source.list_limit_minutes,
        "state": health.state,
        "reason": health.reason,
        "since": health.since,
        "acknowledged": alerts.in_hand(source.key),
        "signals": {it.name: _signal(it) for it in signals_of(source, now=now)},
        "list_date": list_date(source),
        "last_good_at": source.last_good_at,
        "next_run_at": planned.next_at if planned else None,
        "prospects": getattr(source, "known", None) or source.prospects.count(),
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {"state": signal.state.value, "reason": signal.reason, "since": signal.since}


def run_object(run: Run) -> dict[str, Any]:
    return {
        "id": run.pk,
        "source": run.source.key,
        "purpose": run.purpose,
        "status": run.status,
        "trigger": run.trigger,
        "attempt": run.attempt,
        "batch": run.batch_id,
        "stage": run.stage or None,
        "bytes": run.bytes,
        **{name: getattr(run, name) for name in ("rows", "new", "changed", "unchanged", "gone", "rejected")},
        "error_kind": run.error_kind or None,
        "error": run.error or None,
        "evidence": run.evidence,
        "notes": run.notes,
        "artifact": run.artifact.sha256 if run.artifact else None,
        "edition_date": run.edition_date,
        "complete": run.complete,
        "queued_at": run.queued_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "observed_at": run.observed_at,
    }


def ruling_object(ruling: Ruling) -> dict[str, Any]:
    return {
        "run": ruling.held_id,
        "source": ruling.held.source.key,
        **{name: getattr(ruling, name) for name in ("verdict", "reason", "note", "by", "at", "undone_at")},
        "undone_by": ruling.undone_by or None,
        "admitted": run_object(ruling.admitted) if ruling.admitted else None,
    }


def batch_object(standing: Standing) -> dict[str, Any]:
    batch = standing.batch
    return {
        "id": batch.pk,
        "asked_at": batch.asked_at,
        "asked_by": batch.asked_by or None,
        "force": batch.force,
        "outcome": standing.outcome.value,
        "waiting": len(standing.waiting),
        "in_progress": len(standing.going),
        "good": len(standing.good),
        "bad": len(standing.bad),
        "failed": [run.source.key for run in standing.bad],
    }


def alert_object(alert: Alert) -> dict[str, Any]:
    names = ("subject", "cause", "text", "since", "opened_at", "closed_at", "acknowledged_at")
    return {
        "id": alert.pk,
        **{name: getattr(alert, name) for name in names},
        "acknowledged_by": alert.acknowledged_by or None,
        "run": alert.run_id,
        "messages": [_message(delivery) for delivery in alert.deliveries.all()],
    }


def _message(delivery: Delivery) -> dict[str, Any]:
    """`next_try_at` of one that is on its way."""
    return {
        **{name: getattr(delivery, name) for name in ("edge", "channel", "arrived", "tries", "ended_at")},
        "reached": delivery.reached or None,
        "error": delivery.error or None,
        "next_try_at": None if delivery.ended_at else delivery.due_at,
    }


def line_object(line: LogLine) -> dict[str, Any]:
    return {"id": line.pk, "at": line.at, "level": line.level, "text": line.told}
