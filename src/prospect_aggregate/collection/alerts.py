"""Troubles that somebody must know of: told once when they begin, and once when they are over."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from prospect_aggregate.collection import audit, deliveries
from prospect_aggregate.collection.models import Alert, Delivery, Run, Source

ENGINE = "engine"
LATE = "late"


class AlertChangedError(Exception):
    """The alert is not as it was shown; the message says how it is."""


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


def acknowledge(alert: Alert, *, by: str, now: datetime) -> None:
    """Somebody has it in hand. Raises AlertChangedError when somebody else has, or when it is over."""
    free = Alert.objects.open().filter(pk=alert.pk, acknowledged_at=None)
    with transaction.atomic():
        if not free.update(acknowledged_at=now, acknowledged_by=by):
            raise AlertChangedError(_as_it_is(alert))
        audit.record("acknowledge alert", "alert", alert.pk, after={"in hand": by, **_named(alert)})


def release(alert: Alert) -> None:
    """Nobody has it in hand after all. Raises AlertChangedError when nobody had, or when it is over."""
    taken = Alert.objects.open().filter(pk=alert.pk, acknowledged_at__isnull=False)
    was = {"in hand": alert.acknowledged_by, **_named(alert)}
    with transaction.atomic():
        if not taken.update(acknowledged_at=None, acknowledged_by=""):
            raise AlertChangedError(_as_it_is(alert))
        audit.record("release alert", "alert", alert.pk, before=was)


def _named(alert: Alert) -> dict[str, str]:
    return {"subject": alert.subject, "cause": alert.cause}


def _as_it_is(alert: Alert) -> str:
    alert.refresh_from_db()
    if alert.closed_at:
        return f"alert {alert.pk} of {alert.subject} is over since {alert.closed_at:%Y-%m-%d %H:%M} UTC"
    if alert.acknowledged_at:
        return f"{alert.acknowledged_by} has alert {alert.pk} of {alert.subject} in hand"
    return f"nobody has alert {alert.pk} of {alert.subject} in hand"


def open_of(subjects: Iterable[str]) -> dict[str, list[Alert]]:
    """By subject, with their messages."""
    found: dict[str, list[Alert]] = defaultdict(list)
    for alert in Alert.objects.open().filter(subject__in=subjects).prefetch_related("deliveries"):
        found[alert.subject].append(alert)
    return found


def in_hand(subject: str) -> bool:
    """Whether something is wrong with it, and people have taken note of all of that."""
    found = list(Alert.objects.open().filter(subject=subject).values_list("acknowledged_at", flat=True))
    return bool(found) and None not in found
