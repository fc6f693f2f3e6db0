"""Letting the first person in: an administrator without a password, and a link that works once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from prospect_aggregate.web.models import Person, SignInLink
from prospect_aggregate.web.models.people import SignInLinkQuerySet
from prospect_aggregate.web.permissions import Role
from prospect_aggregate.web.tokens import digest_of, fresh

ADMINISTRATOR = "admin"
VALID_FOR = timedelta(hours=1)


def ensure_administrator() -> str | None:
    """The path of a fresh one-time link while the administrator has no password; None once somebody can sign in.

    The administrator is made when there is nobody at all. Earlier links end with the new one.
    """
    with transaction.atomic():
        if not Person.objects.exists():
            Person.objects.create_superuser(ADMINISTRATOR, password=None)
        waiting = _without_password()
        return link_for(waiting, now=timezone.now()) if waiting else None


def _without_password() -> Person | None:
    """An administrator who came in by a link and set no password would otherwise be locked out."""
    administrator = Person.objects.filter(
        username=ADMINISTRATOR, role=Role.ADMINISTRATOR, is_active=True
    ).first()
    return administrator if administrator and not administrator.has_usable_password() else None


def link_for(person: Person, *, now: datetime) -> str:
    """A path that signs `person` in once, within the hour; earlier ones of theirs are void."""
    token = fresh()
    ours = SignInLink.objects.to_sign_in()
    ours.filter(person=person).delete()
    ours.create(person=person, digest=digest_of(token), expires_at=now + VALID_FOR)
    return reverse("sign-in-link", args=[token])


def owner_of(token: str, *, now: datetime) -> Person | None:
    """Whose link it is, while it is good; looking does not use it."""
    link = _open(token, now).select_related("person").first()
    return link.person if link and link.person.is_active else None


def redeem(token: str, *, now: datetime) -> Person | None:
    """The person, for the one caller who is first; None for everybody after and for what expired."""
    person = owner_of(token, now=now)
    used = _open(token, now).update(used_at=now)
    return person if used else None


def _open(token: str, now: datetime) -> SignInLinkQuerySet:
    return SignInLink.objects.to_sign_in().open(now).filter(digest=digest_of(token))
