"""Mails to one person: an invitation, a new password, a digest."""

import logging
import smtplib
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RichMail:
    """Plain text, and beside it the same in HTML."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    count: int
    """Of what it tells."""


class NotMailedError(Exception):
    """The mail did not go out; the sentence says why."""


def is_set_up() -> bool:
    """Links in mails need our address from the settings: what a request says of it, anybody can write."""
    return bool(settings.MAIL_IS_SET_UP and settings.ADDRESS)


def send(to: str, subject: str, body: str) -> None:
    """Raises NotMailedError."""
    _send(EmailMessage(_subject(subject), body, settings.ALERT_MAIL_FROM, [to]))


def send_rich(it: RichMail) -> None:
    """Raises NotMailedError."""
    mail = EmailMultiAlternatives(
        _subject(it.subject), it.text, settings.ALERT_MAIL_FROM, [it.to], headers=dict(it.headers)
    )
    mail.attach_alternative(it.html, "text/html")
    _send(mail)


def _subject(text: str) -> str:
    return f"[prospects] {text}"


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        raise NotMailedError(f"the mail server says: {error}") from error


def send_unseen(to: str, subject: str, body: str) -> None:
    """Nobody waits, so nobody learns from the time whether there was something to send."""
    threading.Thread(target=_sent_or_logged, args=(to, subject, body), daemon=True).start()


def _sent_or_logged(to: str, subject: str, body: str) -> None:
    try:
        send(to, subject, body)
    except NotMailedError as error:
        logger.warning("mail %r was not sent: %s", subject, error)
