"""Prospects that a person keeps an eye on."""

from datetime import datetime
from typing import Self

from django.db import models, transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models.people import Person


class WatchQuerySet(models.QuerySet["Watch"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def set(self, person: Person, prospect: Prospect, *, on: bool, now: datetime) -> None:
        """Watching twice is watching once."""
        with transaction.atomic():
            if on:
                moved = self.get_or_create(person=person, prospect=prospect, defaults={"at": now})[1]
            else:
                moved = bool(self.of(person).filter(prospect=prospect).delete()[0])
            if moved:
                audit.record("watch" if on else "unwatch", "prospect", prospect.key)


class Watch(models.Model):
    """One person's own: nobody else sees it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="watches")
    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="watches")
    at = models.DateTimeField()

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "prospect"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.person} watches {self.prospect}"
