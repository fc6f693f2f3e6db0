"""When a person wants their digest, and that they want none any more."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.web.digests.when import OFF, When
from prospect_aggregate.web.models import Digest, DigestLink, Person, SavedSearch
from prospect_aggregate.web.tokens import digest_of


def choose(person: Person, when: When, *, now: datetime, by: str = "") -> Digest:
    """One that was off begins with what comes from now on; another time takes nothing back of what was told."""
    with transaction.atomic():
        kept = Digest.objects.select_for_update().get_or_create(person=person)[0]
        before = kept.when
        if when == before:
            return kept
        if before.every == OFF:
            _begin(kept, now)
        if when.every == OFF:
            kept.try_at, kept.error = None, ""
        kept.every, kept.weekday, kept.hour, kept.zone = when.every, when.weekday, when.hour, when.zone
        kept.next_at = when.after(now)
        kept.save()
        audit.record("choose digest", "person", person, before={"digest": before.words},
                     after={"digest": when.words}, by=by)  # fmt: skip
    return kept


def _begin(kept: Digest, now: datetime) -> None:
    cut = Cut.now()
    kept.told_newest, kept.told_open_runs, kept.told_at = cut.newest, sorted(cut.open_runs), now


def owner_of(secret: str, *, now: datetime) -> Person | None:
    """Whose mail it came by; looking changes nothing."""
    link = DigestLink.objects.live(now).filter(digest=digest_of(secret)).select_related("person").first()
    return link.person if link else None


def end(secret: str, *, now: datetime) -> Person | None:
    """Twice is once: mailboxes ask for it again."""
    person = owner_of(secret, now=now)
    if person:
        kept = Digest.objects.of(person).when
        choose(person, replace(kept, every=OFF), now=now, by=person.get_username())
    return person


def digest_object(person: Person) -> dict[str, Any]:
    """As programs get it."""
    kept = Digest.objects.of(person)
    return {
        "person": person.get_username(),
        "every": kept.every,
        "weekday": kept.weekday,
        "hour": kept.hour,
        "zone": kept.zone,
        "email": person.email or None,
        "next_at": kept.next_at,
        "sent_at": kept.sent_at,
        "sent_count": kept.sent_count if kept.sent_at else None,
        "tries": kept.tries,
        "try_at": kept.try_at,
        "error": kept.error or None,
        "searches": list(SavedSearch.objects.of(person).filter(digest=True).values_list("name", flat=True)),
    }
