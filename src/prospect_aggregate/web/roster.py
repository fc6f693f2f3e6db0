"""What an administrator does with people: a role, off and on, an end to their sessions."""

from django.db import models, transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.web import lockout, sessions
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role


class LastAdministratorError(Exception):
    """Nobody would be left who can give it back."""


def give_role(person: Person, role: Role) -> None:
    """It holds from the next page on. Raises LastAdministratorError."""
    with transaction.atomic():
        _lock_administrators()
        if role != Role.ADMINISTRATOR:
            _check_not_last(person)
        Person.objects.filter(pk=person.pk).update(role=role)
        audit.record("give role", "person", person, before={"role": person.role}, after={"role": role})
    person.refresh_from_db()


def switch_off(person: Person) -> None:
    """No way in any more, and every session ends; what they wrote stays theirs. Raises LastAdministratorError."""
    with transaction.atomic():
        _lock_administrators()
        _check_not_last(person)
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
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(email=email)
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


def _administrators() -> models.QuerySet[Person]:
    return Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True)


def _lock_administrators() -> None:
    """Two who take each other's role at the same moment are heard one after the other."""
    list(_administrators().select_for_update().values_list("pk").order_by("pk"))


def _check_not_last(person: Person) -> None:
    if not _administrators().exclude(pk=person.pk).exists():
        raise LastAdministratorError(
            f"{person.get_username()} is the last administrator; make somebody else one first"
        )
