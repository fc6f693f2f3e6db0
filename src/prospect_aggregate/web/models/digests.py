"""When a person is mailed what changed for them, and how far they have been told."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.web.digests.when import DAYS, OFF, When
from prospect_aggregate.web.models.people import Person
from prospect_aggregate.web.models.revocable import Revocable

WAITS = (2, 5, 15, 60)  # minutes after the first, second, … try; the first outlasts a server that hangs


class DigestQuerySet(models.QuerySet["Digest"]):
    def of(self, person: Person) -> "Digest":
        """Theirs, or one that is off and not kept yet."""
        return self.filter(person=person).first() or Digest(person=person)

    def due(self, now: datetime) -> Self:
        """To people who can be reached: one begins, or one that did not go out is tried again."""
        time = Q(next_at__lte=now) | Q(try_at__lte=now)
        reached = self.filter(person__is_active=True).exclude(person__email="")
        return reached.filter(time).select_related("person").order_by("next_at")

    def undelivered(self) -> Self:
        """Tried, and not arrived."""
        return self.filter(person__is_active=True).exclude(try_at=None).exclude(error="")

    def claim(self, digest: "Digest", *, now: datetime) -> bool:
        """By whoever is first. A new time takes over from a mail that never went out: it tells all of that, too."""
        if digest.next_at and digest.next_at <= now:
            mine, tries = self.filter(pk=digest.pk, next_at=digest.next_at), 0
            cut = Cut.now()
            facts = {"slot": digest.next_at, "next_at": digest.when.after(now), "upto_at": now, "error": "",
                     "upto_newest": cut.newest, "upto_open_runs": sorted(cut.open_runs)}  # fmt: skip
        else:
            mine, tries, facts = self.filter(pk=digest.pk, try_at=digest.try_at), digest.tries, {}
        wait = timedelta(minutes=WAITS[min(tries, len(WAITS) - 1)])
        return bool(mine.update(**facts, tries=tries + 1, try_at=now + wait))

    def failed(self, digest: "Digest", error: str) -> None:
        self.filter(pk=digest.pk, slot=digest.slot).update(error=error)

    def told(self, digest: "Digest", *, count: int, now: datetime) -> None:
        """All up to its cut, by a mail or because there was nothing."""
        sent = {"sent_at": now, "sent_count": count} if count else {}
        self.filter(pk=digest.pk, slot=digest.slot, try_at__isnull=False).update(
            told_newest=F("upto_newest"), told_open_runs=F("upto_open_runs"), told_at=F("upto_at"),
            try_at=None, tries=0, error="", **sent,
        )  # fmt: skip


class Digest(models.Model):
    """One person's. It is off, it waits for `next_at`, or one is under way and is tried (again) at `try_at`."""

    class Every(models.TextChoices):
        OFF = "off", "Off"
        DAILY = "daily", "Every day"
        WEEKLY = "weekly", "Every week"

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    every = models.CharField(max_length=6, choices=Every, default=OFF)
    weekday = models.SmallIntegerField(default=0, choices=list(enumerate(DAYS)))
    hour = models.SmallIntegerField(default=7)
    zone = models.CharField(max_length=64, default="UTC")
    next_at = models.DateTimeField(null=True)
    told_newest = models.BigIntegerField(default=0)
    told_open_runs = models.JSONField(default=list)
    told_at = models.DateTimeField(null=True)
    """What lies before that cut was told, or there was nothing of it to tell."""
    slot = models.DateTimeField(null=True)
    """When the one under way, or the last one, was due."""
    upto_newest = models.BigIntegerField(default=0)
    upto_open_runs = models.JSONField(default=list)
    upto_at = models.DateTimeField(null=True)
    """How far the one under way tells: however late it is tried again, it stays the same mail."""
    try_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_count = models.IntegerField(default=0)

    objects = DigestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="digest_next"),
            models.Index(fields=["try_at"], name="digest_try"),
        ]

    def __str__(self) -> str:
        return f"digest of {self.person}"

    @property
    def when(self) -> When:
        return When(every=self.every, weekday=self.weekday, hour=self.hour, zone=self.zone)

    @property
    def between(self) -> Q:
        """The changes of the one under way."""
        told = Cut(self.told_newest, frozenset(self.told_open_runs))
        return told.beyond & Cut(self.upto_newest, frozenset(self.upto_open_runs)).within


class DigestLink(Revocable):
    """What switches a digest off from one of its mails, by whoever has that mail."""

    kind: ClassVar[str] = "digest link"
