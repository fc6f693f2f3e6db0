"""Mails to one person: an invitation, a new password."""

import logging
import smtplib
import threading

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)


class NotMailedError(Exception):
    """The mail did not go out; the sentence says why."""


def is_set_up() -> bool:
    """Links in mails need our address from the settings: what a request says of it, anybody can write."""
    return bool(settings.MAIL_IS_SET_UP and settings.ADDRESS)


def send(to: str, subject: str, body: str) -> None:
    """Raises NotMailedError."""
    mail = EmailMessage(f"[prospects] {subject}", body, settings.ALERT_MAIL_FROM, [to])
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
