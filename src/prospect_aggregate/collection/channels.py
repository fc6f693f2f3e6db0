"""The ways by which people are told of alerts: mail, a chat's incoming webhook, a signed webhook for programs."""

import hashlib
import hmac
import smtplib
from collections.abc import Callable, Mapping
from datetime import datetime

import httpx2
import orjson
from django.conf import settings
from django.core.mail import EmailMessage

from prospect_aggregate.collection.models import Alert, Delivery

SECONDS = 5.0  # for one message
SIGNATURE = "X-Prospects-Signature"


class NotDeliveredError(Exception):
    """The message did not arrive; the sentence says why."""


def configured() -> list[str]:
    """The channels that were set up; none is no error: pages and `prospects status` tell it all the same."""
    set_up = {
        "mail": settings.ALERT_MAIL,
        "chat": settings.ALERT_CHAT_URL,
        "webhook": settings.ALERT_WEBHOOK_URL,
    }
    return [name for name, target in set_up.items() if target]


def recipients(channel: str) -> str:
    """Who gets a message by it."""
    return ", ".join(settings.ALERT_MAIL) if channel == "mail" else f"the {channel}"


def send(delivery: Delivery) -> None:
    """Raises NotDeliveredError."""
    if delivery.channel not in configured():
        raise NotDeliveredError(f"{delivery.channel} is not set up any more")
    _SEND[delivery.channel](delivery)


def headline(alert: Alert, edge: str) -> str:
    """`commerce: quarantined` or `commerce: quarantined is over`."""
    return f"{alert.subject}: {alert.cause.replace('_', ' ')}" + (
        " is over" if edge == Delivery.Edge.CLOSED else ""
    )


def message(alert: Alert, edge: str) -> str:
    """What happened, since when, and where to look."""
    lines = [alert.text, f"Since {_moment(alert.since)}."]
    if edge == Delivery.Edge.CLOSED and alert.closed_at:
        lines.append(f"Over since {_moment(alert.closed_at)}.")
    if settings.ADDRESS:
        lines.append(
            f"{settings.ADDRESS}/runs/{alert.run_id}/" if alert.run_id else f"{settings.ADDRESS}/sources/"
        )
    return "\n".join(lines)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _mail(delivery: Delivery) -> None:
    mail = EmailMessage(
        subject=f"[prospects] {headline(delivery.alert, delivery.edge)}",
        body=message(delivery.alert, delivery.edge),
        from_email=settings.ALERT_MAIL_FROM,
        to=settings.ALERT_MAIL,
    )
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        raise NotDeliveredError(f"mail: {error}") from error


def _chat(delivery: Delivery) -> None:
    text = f"*{headline(delivery.alert, delivery.edge)}*\n{message(delivery.alert, delivery.edge)}"
    _post(settings.ALERT_CHAT_URL, orjson.dumps({"text": text}), {})


def _webhook(delivery: Delivery) -> None:
    body = orjson.dumps(_facts(delivery))
    _post(settings.ALERT_WEBHOOK_URL, body, {SIGNATURE: signature(body)})


def signature(body: bytes) -> str:
    """HMAC-SHA256 of the body under PROSPECTS_ALERT_WEBHOOK_SECRET, in hexadecimal, as `sha256=…`."""
    return "sha256=" + hmac.new(settings.ALERT_WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()


def _facts(delivery: Delivery) -> dict[str, object]:
    alert = delivery.alert
    return {
        "id": alert.pk,
        "edge": delivery.edge,
        "subject": alert.subject,
        "cause": alert.cause,
        "text": alert.text,
        "run": alert.run_id,
        "since": alert.since,
        "opened_at": alert.opened_at,
        "closed_at": alert.closed_at,
    }


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Addresses are secrets: no message repeats them."""
    try:
        with httpx2.Client(timeout=SECONDS) as client:
            answer = client.post(url, content=body, headers={"Content-Type": "application/json", **headers})
    except httpx2.HTTPError as error:
        raise NotDeliveredError(f"no answer ({type(error).__name__})") from error
    if not answer.is_success:
        raise NotDeliveredError(f"HTTP {answer.status_code}")


_SEND: Mapping[str, Callable[[Delivery], None]] = {"mail": _mail, "chat": _chat, "webhook": _webhook}
