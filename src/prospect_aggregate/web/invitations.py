"""Somebody new comes in by a link, with the role that an administrator chose."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from prospect_aggregate.collection import audit
from prospect_aggregate.web import mailing
from prospect_aggregate.web.models import Invitation, Person
from prospect_aggregate.web.permissions import Role
from prospect_aggregate.web.tokens import digest_of, fresh

VALID_FOR = timedelta(days=7)


class InvitationOverError(Exception):
    """It was used, taken back, or its week is over."""


def invite(role: Role, *, email: str = "", by: Person | None, now: datetime) -> tuple[Invitation, str]:
    """The invitation, and the path to hand over: this is the only moment at which it is known."""
    token = fresh()
    with transaction.atomic():
        made = Invitation.objects.create(
            digest=digest_of(token),
            role=role,
            email=email,
            invited_by=by,
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        audit.record("invite", "invitation", made.pk, after={"role": role, "email": email})
    return made, reverse("invitation", args=[token])


def mail(invitation: Invitation, path: str) -> None:
    """Raises NotMailedError."""
    body = (
        f"You are invited to JPS Prospects, as {invitation.role}.\n\n{settings.ADDRESS}{path}\n\n"
        f"The link works once, until {invitation.expires_at:%Y-%m-%d %H:%M} UTC."
    )
    mailing.send(invitation.email, "an invitation", body)


def mailed(invitation: Invitation, path: str) -> bool:
    """False where mail is not set up, nobody is named, or the mail did not go out."""
    if not invitation.email or not mailing.is_set_up():
        return False
    try:
        mail(invitation, path)
    except mailing.NotMailedError:
        return False
    return True


def opened(token: str, *, now: datetime) -> Invitation | None:
    """Looking does not use it."""
    return Invitation.objects.open(now).filter(digest=digest_of(token)).first()


def accept(invitation: Invitation, person: Person, *, now: datetime) -> Person:
    """`person` is not kept yet. Raises InvitationOverError for everybody but the first."""
    with transaction.atomic():
        is_open = Invitation.objects.open(now).filter(pk=invitation.pk).exists()
        unused = Invitation.objects.filter(pk=invitation.pk, used_at=None)
        if not is_open or not unused.update(used_at=now):
            raise InvitationOverError("this invitation was used just now")
        person.role = invitation.role
        person.email = person.email or invitation.email
        person.save()
        after = {"invitation": invitation.pk, "role": person.role}
        audit.record("accept invitation", "person", person, after=after, by=person.get_username())
    return person


def take_back(number: int, *, now: datetime) -> None:
    """Raises InvitationOverError when it is over already."""
    with transaction.atomic():
        if not Invitation.objects.open(now).filter(pk=number).delete()[0]:
            raise InvitationOverError(f"invitation {number} was used, or is over")
        audit.record("take back invitation", "invitation", number)
