"""Secrets that open something for one person until somebody takes them back; only their digests are kept."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q

from prospect_aggregate.collection import audit
from prospect_aggregate.web.models.people import Person

UNDO_FOR = timedelta(minutes=10)
"""A slip is mended within minutes; a secret that was revoked for good must not come back."""
NOTED_EVERY = timedelta(minutes=10)
"""How exactly the last use is known: a write for each request would be the most expensive thing about it."""


class RevocableQuerySet(models.QuerySet["Revocable"]):
    def live(self, now: datetime) -> Self:
        """That open something now."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None, person__is_active=True
        )

    def shown(self, now: datetime) -> Self:
        """What its owner still has something to decide about."""
        return self.filter(Q(revoked_at=None) | Q(revoked_at__gt=now - UNDO_FOR)).order_by("-pk")

    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def revoke(self, number: int, *, now: datetime) -> bool:
        return self.filter(revoked_at=None)._act("revoke", number, revoked_at=now)

    def restore(self, number: int, *, now: datetime) -> bool:
        """Undo of a revocation, while it is fresh."""
        return self.filter(revoked_at__gt=now - UNDO_FOR)._act("restore", number, revoked_at=None)

    def _act(self, act: str, number: int, **facts: Any) -> bool:
        with transaction.atomic():
            done = bool(self.filter(pk=number).update(**facts))
            if done:
                audit.record(f"{act} {self.model.kind}", self.model.kind, number)
        return done

    def note_use(self, number: int, *, now: datetime) -> None:
        stale = Q(used_at=None) | Q(used_at__lte=now - NOTED_EVERY)
        self.filter(stale, pk=number).update(used_at=now)


class Revocable(models.Model):
    """A secret of somebody's: who reads the database cannot use it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    kind: ClassVar[str]
    """What it is called in the audit log."""

    objects = RevocableQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
