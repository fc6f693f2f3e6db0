"""Who is signed in where: read from the sessions themselves, so that ending one is deleting it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from prospect_aggregate.collection import audit
from prospect_aggregate.web.address import address_of
from prospect_aggregate.web.models import Person

BEGAN = "began"


@dataclass(frozen=True, slots=True)
class Visit:
    """One browser in which somebody is signed in. `handle` names it in pages; its key would let anybody in."""

    handle: str
    person: int
    began_at: datetime | None
    address: str
    browser: str
    until: datetime


@receiver(user_logged_in)
def _remember(request: HttpRequest, user: Person, **_: Any) -> None:
    browser = request.headers.get("User-Agent", "")[:200]
    request.session[BEGAN] = [timezone.now().isoformat(), address_of(request), browser]
    audit.record("sign in", "person", user)


def handle_of(key: str | None) -> str:
    return sha256((key or "").encode()).hexdigest()[:16]


def visits() -> dict[int, list[Visit]]:
    """By person, the newest first."""
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit, _ in _all():
        found[visit.person].append(visit)
    for mine in found.values():
        mine.sort(key=lambda it: (it.began_at is not None, it.began_at), reverse=True)
    return found


def end(person: Person, handle: str) -> bool:
    """One of that person's; False when there is none of that name."""
    return bool(_delete(key for visit, key in _all() if (visit.person, visit.handle) == (person.pk, handle)))


def end_all(person: Person, *, but: str | None = None) -> int:
    """Every one of that person's, except the one with the key `but`; how many."""
    return _delete(key for visit, key in _all() if visit.person == person.pk and key != but)


def _delete(keys: Iterator[str]) -> int:
    return Session.objects.filter(pk__in=list(keys)).delete()[0]


def _all() -> Iterator[tuple[Visit, str]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        held = session.get_decoded()
        if str(held.get(SESSION_KEY, "")).isdigit():
            yield _visit(session, held), session.session_key


def _visit(session: Session, held: dict[str, Any]) -> Visit:
    began, address, browser = held.get(BEGAN) or (None, "", "")
    return Visit(
        handle=handle_of(session.session_key),
        person=int(held[SESSION_KEY]),
        began_at=datetime.fromisoformat(began) if began else None,
        address=address,
        browser=browser,
        until=session.expire_date,
    )
