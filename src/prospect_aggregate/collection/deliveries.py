"""Messages about alerts on their way to people: planned with the alert, tried until they arrive or are given up."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from prospect_aggregate.collection import channels, forks
from prospect_aggregate.collection.models import Alert, Delivery

logger = logging.getLogger(__name__)
WAITS = (1, 2, 5, 15, 60, 60, 60)  # minutes after the first, second, … try that failed; then it is given up
AT_ONCE = 5  # deliveries in one go: a mail server that hangs must not hold up a sign of life for long
POINTLESS = "over before anybody was told"


def plan(alert: Alert, edge: Delivery.Edge, *, now: datetime) -> None:
    """One message by each channel, on record. What begins and ends in quiet hours is not told at all."""
    if edge == Delivery.Edge.CLOSED:
        untold = alert.deliveries.filter(edge=Delivery.Edge.OPENED, ended_at=None, tries=0)
        silent = set(untold.values_list("channel", flat=True))
        untold.update(ended_at=now, error=POINTLESS)
    else:
        silent = set()
    due = settings.QUIET_HOURS.after(now) if settings.QUIET_HOURS else now
    Delivery.objects.bulk_create(
        [
            Delivery(alert=alert, edge=edge, channel=name, due_at=due)
            for name in channels.configured()
            if name not in silent
        ],
        ignore_conflicts=True,
    )


def send_due(*, now: datetime) -> int:
    """Try what is due; returns how many messages arrived."""
    due = Delivery.objects.filter(ended_at=None, due_at__lte=now).select_related("alert__run")
    return sum(_try(delivery, now) for delivery in due.order_by("due_at")[:AT_ONCE])


def _try(delivery: Delivery, now: datetime) -> bool:
    """By whoever takes it first: the claim moves its time on."""
    wait = timedelta(minutes=WAITS[min(delivery.tries, len(WAITS) - 1)])
    mine = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, ended_at=None)
    if not mine.update(due_at=now + wait, tries=F("tries") + 1):
        return False
    try:
        with forks.allowed():
            channels.send(delivery)
    except channels.NotDeliveredError as error:
        _failed(delivery, str(error), now)
        return False
    reached = channels.recipients(delivery.channel)
    Delivery.objects.filter(pk=delivery.pk).update(ended_at=now, arrived=True, error="", reached=reached)
    return True


def _failed(delivery: Delivery, error: str, now: datetime) -> None:
    logger.warning("alert %s not delivered by %s: %s", delivery.alert_id, delivery.channel, error)
    given_up = delivery.tries + 1 > len(WAITS)
    Delivery.objects.filter(pk=delivery.pk).update(error=error, ended_at=now if given_up else None)


def undelivered() -> list[Delivery]:
    """Messages that were tried and have not arrived: to be shown where people look.

    One that was given up stands there until somebody has the alert in hand, or it is over.
    """
    tried = Delivery.objects.filter(arrived=False, tries__gt=0).exclude(error=POINTLESS)
    unseen = Q(alert__closed_at=None, alert__acknowledged_at=None)
    return list(tried.filter(unseen | Q(ended_at=None)).select_related("alert").order_by("-pk")[:20])
