"""A new password by a link: asked for by anybody, mailed only to its owner; or handed over by an administrator."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from prospect_aggregate.collection import audit
from prospect_aggregate.web import lockout, mailing, sessions
from prospect_aggregate.web.models import Person, SignInLink
from prospect_aggregate.web.tokens import digest_of, fresh

VALID_FOR = timedelta(hours=1)
AGAIN_AFTER = timedelta(minutes=5)  # nobody's mailbox is filled by strangers


def ask(who: str, *, now: datetime) -> None:
    """By name or e-mail address. Whether there is such a person shows nowhere."""
    if not who.strip() or not mailing.is_set_up():
        return
    known = Q(username__iexact=who.strip()) | Q(email__iexact=who.strip())
    for person in Person.objects.filter(known, is_active=True).exclude(email="")[:2]:
        lately = SignInLink.objects.to_set_a_password().filter(person=person, made_at__gt=now - AGAIN_AFTER)
        if not lately.exists():
            _mail(person, link_for(person, now=now))


def link_for(person: Person, *, now: datetime) -> str:
    """A path that sets a new password once, within the hour; earlier ones stay good for theirs."""
    token = fresh()
    with transaction.atomic():
        SignInLink.objects.create(
            person=person,
            purpose=SignInLink.Purpose.PASSWORD,
            digest=digest_of(token),
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        audit.record("make password link", "person", person)
    return reverse("reset", args=[token])


def _mail(person: Person, path: str) -> None:
    body = (
        f"A new password was asked for, for {person.get_username()}.\n\n{settings.ADDRESS}{path}\n\n"
        "The link works once, within the hour. If you did not ask, leave it: nothing has changed."
    )
    mailing.send_unseen(person.email, "a new password", body)


def owner_of(token: str, *, now: datetime) -> Person | None:
    """Whose link it is, while it is good; looking does not use it."""
    open_links = SignInLink.objects.to_set_a_password().open(now)
    link = open_links.filter(digest=digest_of(token)).select_related("person").first()
    return link.person if link and link.person.is_active else None


def redeem(token: str, password: str, *, now: datetime) -> Person | None:
    """The password is set, for the one caller who is first. All sessions, links and waits of that person end."""
    with transaction.atomic():
        person = owner_of(token, now=now)
        ours = SignInLink.objects.open(now).filter(digest=digest_of(token))
        if person is None or not ours.update(used_at=now):
            return None
        person.set_password(password)
        person.save(update_fields=["password"])
        SignInLink.objects.filter(person=person).delete()
        sessions.end_all(person)
        lockout.lift(lockout.account_key(person.get_username()))
        audit.record("set password", "person", person, after={"by": "link"}, by=person.get_username())
    return person
