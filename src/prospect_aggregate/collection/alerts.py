"""Troubles that somebody must know of: told once when they begin, and once when they are over."""

from datetime import datetime

from django.db import transaction

from prospect_aggregate.collection import deliveries
from prospect_aggregate.collection.models import Alert, Delivery, Run, Source

ENGINE = "engine"
LATE = "late"


def open_for(run: Run, *, cause: str, now: datetime) -> Alert:
    """Of a run that ended badly; the same trouble of its source again is the same alert."""
    return open_alert(run.source.key, cause, run.error, since=now, now=now, run=run)


def open_alert(
    subject: str, cause: str, text: str, *, since: datetime, now: datetime, run: Run | None = None
) -> Alert:
    """The open alert of this subject and cause. Of several processes that see the trouble, one opens and tells it."""
    with transaction.atomic():
        alert, opened = Alert.objects.get_or_create(
            subject=subject,
            cause=cause,
            closed_at=None,
            defaults={"text": text, "run": run, "since": since, "opened_at": now},
        )
        if opened:
            deliveries.plan(alert, Delivery.Edge.OPENED, now=now)
    return alert


def close_all(source: Source, *, now: datetime) -> None:
    """A good edition ends whatever was wrong with a source, but not that its list is old."""
    for alert in Alert.objects.open().filter(subject=source.key).exclude(cause=LATE):
        close(alert, now=now)


def close(alert: Alert, *, now: datetime) -> bool:
    """False when somebody else closed it."""
    with transaction.atomic():
        if not Alert.objects.open().filter(pk=alert.pk).update(closed_at=now):
            return False
        alert.closed_at = now
        deliveries.plan(alert, Delivery.Edge.CLOSED, now=now)
    return True


def acknowledge(alert: Alert, *, by: str, now: datetime) -> bool:
    """Somebody has it in hand; False when somebody else had it already."""
    return bool(
        Alert.objects.filter(pk=alert.pk, acknowledged_at=None).update(
            acknowledged_at=now, acknowledged_by=by
        )
    )
