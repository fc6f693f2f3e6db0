"""What an administrator does with people: a role, off and on, an end to their sessions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from prospect_aggregate.collection import audit
from prospect_aggregate.scrapers.catalog import nearest
from prospect_aggregate.web import lockout, sessions
from prospect_aggregate.web.models import DigestLink, Person
from prospect_aggregate.web.permissions import Role, permissions_of


class LastAdministratorError(Exception):
    """Nobody would be left who can give it back."""


def person_named(name: str) -> Person:
    """Whatever the case. Raises LookupError, naming the nearest."""
    found = Person.objects.filter(username__iexact=name).first()
    if found is None:
        known = list(Person.objects.values_list("username", flat=True))
        raise LookupError(f"nobody is called {name!r}; {nearest(name, known)}")
    return found


def edit(person: Person, *, role: Role | None, active: bool | None) -> None:
    """All of it or nothing. Raises LastAdministratorError."""
    with transaction.atomic():
        if role is not None and role != person.role:
            give_role(person, role)
        if active is not None and active != person.is_active:
            (switch_on if active else switch_off)(person)


def person_objects(people: Iterable[Person], *, now: datetime) -> list[dict[str, Any]]:
    """As programs get them."""
    signed_in = sessions.visits()
    return [
        {
            "name": person.get_username(),
            "role": person.role,
            "permissions": sorted(permissions_of(person.role)),
            "email": person.email or None,
            "active": person.is_active,
            "joined_at": person.date_joined,
            "signed_in_at": person.last_login,
            "sessions": len(signed_in.get(person.pk, ())),
            "locked_until": lockout.locked_until(lockout.account_key(person.get_username()), now=now),
        }
        for person in people
    ]


def give_role(person: Person, role: Role) -> None:
    """It holds from the next page on. Raises LastAdministratorError."""
    with transaction.atomic():
        administrators = _lock_administrators()
        if role != Role.ADMINISTRATOR:
            _check_not_last(person, administrators)
        Person.objects.filter(pk=person.pk).update(role=role)
        audit.record("give role", "person", person, before={"role": person.role}, after={"role": role})
    person.refresh_from_db()


def switch_off(person: Person) -> None:
    """No way in any more, and every session ends; what they wrote stays theirs. Raises LastAdministratorError."""
    with transaction.atomic():
        _check_not_last(person, _lock_administrators())
        Person.objects.filter(pk=person.pk).update(is_active=False)
        person.sign_in_links.all().delete()
        sessions.end_all(person)
        audit.record("switch off", "person", person)
    person.refresh_from_db()


def switch_on(person: Person) -> None:
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=True)
        audit.record("switch on", "person", person)
    person.refresh_from_db()


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """How many there were."""
    with transaction.atomic():
        count = sessions.end_all(person, but=but)
        audit.record("end sessions", "person", person, after={"ended": count})
    return count


def end_session(person: Person, handle: str) -> bool:
    """False when it had ended already."""
    with transaction.atomic():
        ended = sessions.end(person, handle)
        if ended:
            audit.record("end sessions", "person", person, after={"ended": 1})
    return ended


def write_email(person: Person, email: str) -> None:
    """Who reads the former mailbox ends nothing any more."""
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(email=email)
        DigestLink.objects.of(person).filter(revoked_at=None).update(revoked_at=timezone.now())
        audit.record("write e-mail", "person", person, before={"email": person.email}, after={"email": email})


def lift(person: Person) -> None:
    """They may try again at once."""
    with transaction.atomic():
        lockout.lift(lockout.account_key(person.get_username()))
        audit.record("lift lock-out", "person", person)


def lift_address(neighbourhood: str) -> None:
    with transaction.atomic():
        lockout.lift(f"address:{neighbourhood}")
        audit.record("lift lock-out", "address", neighbourhood)


def _lock_administrators() -> list[int]:
    """Two who take each other's role at the same moment are heard one after the other."""
    administrators = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return list(administrators.select_for_update().order_by("pk").values_list("pk", flat=True))


def _check_not_last(person: Person, administrators: list[int]) -> None:
    if administrators == [person.pk]:
        raise LastAdministratorError(
            f"{person.get_username()} is the last administrator; make somebody else one first"
        )
