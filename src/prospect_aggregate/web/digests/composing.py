"""The mail of a digest that is under way, with the address that ends it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings

from prospect_aggregate.collection import homes
from prospect_aggregate.web.digests.contents import contents_of
from prospect_aggregate.web.digests.letter import letter_of
from prospect_aggregate.web.mailing import RichMail
from prospect_aggregate.web.models import Digest, DigestLink, Person
from prospect_aggregate.web.tokens import digest_of, fresh

LINK_LASTS = timedelta(days=365)  # mails are kept for long, and found again


def mail_of(digest: Digest, *, now: datetime) -> RichMail | None:
    """None where nothing changed that its reader follows and has not marked seen."""
    told = contents_of(digest, now=now)
    if not told.count:
        return None
    off = settings.ADDRESS + address_that_ends(digest.person, now=now)
    sample = homes.kind() is homes.Kind.SAMPLE
    letter = letter_of(told, off=off, schedule=digest.when.words, sample=sample)
    return RichMail(
        to=digest.person.email, subject=letter.subject, text=letter.text, html=letter.html,
        headers=_headers(digest, off), count=told.count,
    )  # fmt: skip


def address_that_ends(person: Person, *, now: datetime) -> str:
    """The path, of one mail alone: none can be made again from what is kept."""
    secret = fresh()
    DigestLink.objects.filter(expires_at__lte=now).delete()
    DigestLink.objects.create(
        person=person, name="digest", digest=digest_of(secret), made_at=now, expires_at=now + LINK_LASTS
    )
    return f"/digest/off/{secret}/"


def _headers(digest: Digest, off: str) -> Mapping[str, str]:
    """RFC 2369 and RFC 8058; its one click is for https alone. Sent twice, it is the same mail to a mailbox."""
    headers = {
        "List-Unsubscribe": f"<{off}>",
        "Message-ID": _message_id(digest),
        "Auto-Submitted": "auto-generated",
    }
    if off.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _message_id(digest: Digest) -> str:
    host = parseaddr(settings.ALERT_MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    of = f"{settings.ADDRESS} {digest.pk} {digest.slot}"
    return f"<digest.{sha256(of.encode()).hexdigest()[:32]}@{host}>"
