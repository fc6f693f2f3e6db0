"""Alerts as people read them: who was told and whether it arrived, and how they look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.deliveries import POINTLESS
from prospect_aggregate.collection.models import Alert, Delivery
from prospect_aggregate.web.models import Digest

SHAPES = {"blocked": "blocked", "quarantined": "quarantined", "late": "late"}


@dataclass(frozen=True, slots=True)
class Told:
    """One message: `told ops@example.com`, and when; `missed` where it has not arrived."""

    text: str
    at: datetime | None = None
    missed: bool = False


def shape(alert: Alert) -> str:
    return "fresh" if alert.closed_at else SHAPES.get(alert.cause, "failing")


def title(alert: Alert) -> str:
    """`quarantined`, `no worker`; and that it is over."""
    return alert.cause.replace("_", " ") + (", over" if alert.closed_at else "")


def is_of_engine(alert: Alert) -> bool:
    return alert.subject == alerts.ENGINE


def told(alert: Alert) -> Iterator[Told]:
    """Of its beginning, by each channel; nothing where no channel was set up."""
    for message in alert.deliveries.all():
        if message.edge == Delivery.Edge.OPENED and message.error != POINTLESS:
            yield _told(message)


def _told(message: Delivery) -> Told:
    if message.arrived:
        return Told(f"told {message.reached or message.channel}", message.ended_at)
    if message.ended_at:
        return Told(f"{message.channel} given up after {message.tries} tries ({message.error})", missed=True)
    if message.tries:
        return Told(f"{message.channel} failed ({message.error}), next try", message.due_at, missed=True)
    return Told(f"{message.channel} goes out", message.due_at)


def untold(messages: list[Delivery]) -> str:
    """What the board says of messages that have not arrived."""
    named = [f"{message.channel} did not take the alert of {message.alert}" for message in messages[:2]]
    more = f" and {len(messages) - 2} more" if len(messages) > 2 else ""
    return "; ".join(named) + more


def digests_untold() -> str:
    """How many digests have not arrived, and what the last one met."""
    waiting = Digest.objects.undelivered().order_by("-try_at")
    count = waiting.count()
    return f"mail did not take {count} digest{'s' * (count > 1)}: {waiting[0].error}" if count else ""
