"""Up to where a person has seen the changes: an act, with the cut at which it was done."""

from typing import Self

from django.conf import settings
from django.db import models

from prospect_aggregate.prospects.cuts import Cut


class SeenQuerySet(models.QuerySet["Seen"]):
    def of(self, person: int | None) -> Self:
        return self.filter(person=person)

    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Seen(models.Model):
    """Everything that lies before the cut was marked seen. The newest one that stands counts; none is changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    newest = models.BigIntegerField()
    open_runs = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    objects = SeenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"], name="seen_by_person")]

    def __str__(self) -> str:
        return f"seen up to {self.cut} by {self.person_id}"

    @property
    def cut(self) -> Cut:
        return Cut(self.newest, frozenset(self.open_runs))
