"""Tokens of the API: made, and known again when a program shows one."""

from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.web.models import ApiToken, Person
from prospect_aggregate.web.tokens import digest_of, fresh

PREFIX = "jps_"
"""By which scanners of code and logs can tell what leaked."""
SHOWN = 12


def make(person: Person, *, name: str, scope: str, days: int, now: datetime) -> str:
    """The secret, for its owner's eyes once."""
    secret = fresh(PREFIX)
    with transaction.atomic():
        token = ApiToken.objects.create(
            person=person,
            name=name,
            scope=scope,
            digest=digest_of(secret),
            prefix=secret[:SHOWN],
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        audit.record("make token", token.kind, token.pk, after={"name": name, "scope": scope, "days": days})
    return secret


def token_of(secret: str, *, now: datetime) -> ApiToken | None:
    """None for what is not known, revoked, expired, or of somebody who was let go."""
    live = ApiToken.objects.live(now).select_related("person")
    found = cast("ApiToken | None", live.filter(digest=digest_of(secret)).first())
    if found:
        ApiToken.objects.all().note_use(found.pk, now=now)
    return found
