"""How a person likes to look at the list: searches kept by name, and what the list opens with."""

from datetime import datetime
from typing import Self

from django.db import models, transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.web.models.people import Person
from prospect_aggregate.web.models.texts import storable

LONGEST_NAME = 80


class UnfitSearchError(ValueError):
    """A search that cannot be kept; the message says why."""


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def save_as(self, person: Person, name: str, query: str, *, now: datetime) -> "SavedSearch":
        """The same name again is the same search with another question. Raises UnfitSearchError."""
        kept = " ".join(storable(name).split())
        if not kept or len(kept) > LONGEST_NAME:
            raise UnfitSearchError(f"give the search a name of 1 to {LONGEST_NAME} letters")
        facts = {"query": query, "saved_at": now, "seen_at": now}
        with transaction.atomic():
            search = self.update_or_create(person=person, name=kept, defaults=facts)[0]
            audit.record("save search", "search", kept, after={"query": query})
        return search


class SavedSearch(models.Model):
    """A question by its name: the part of the address after `?`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="searches")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """What was first seen later is new."""
    digest = models.BooleanField(default=True, db_default=True)
    """Whether its owner's digest tells of it, where they chose one."""

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="search_once")]

    def __str__(self) -> str:
        return self.name

    def mark_seen(self, *, now: datetime) -> None:
        with transaction.atomic():
            self.seen_at = now
            self.save(update_fields=["seen_at"])
            audit.record("mark search seen", "search", self.name)

    def tell_by_digest(self, *, on: bool) -> None:
        """Saying so again is no act."""
        with transaction.atomic():
            if not SavedSearch.objects.filter(pk=self.pk, digest=not on).update(digest=on):
                return
            self.digest = on
            audit.record("put search in digest" if on else "leave search out", "search", self.name)

    def forget(self) -> None:
        with transaction.atomic():
            self.delete()
            audit.record("delete search", "search", self.name, before={"query": self.query})


class UsualViewQuerySet(models.QuerySet["UsualView"]):
    def choose(self, person: Person, chip: str, *, on: bool) -> None:
        with transaction.atomic():
            self.update_or_create(person=person, defaults={chip: on})
            audit.record("choose usual view", "person", person, after={chip: on})


class UsualView(models.Model):
    """What the list opens with where the company has a profile; both are on until taken off."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="usual_view")
    fit = models.BooleanField(default=True)
    """Only what fits or possibly fits."""
    competed = models.BooleanField(default=True)
    """No sole source."""

    objects = UsualViewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"usual view of {self.person}"
