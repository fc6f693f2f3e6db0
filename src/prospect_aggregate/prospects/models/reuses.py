"""Numbers that may have been given to another requirement."""

from typing import Self

from django.db import models

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models.prospects import Prospect


class ReuseQuerySet(models.QuerySet["Reuse"]):
    def waiting(self) -> Self:
        return self.filter(verdict=None)

    def cutting(self) -> Self:
        """Those at which a history is cut: undecided, or decided to be another requirement."""
        return self.exclude(verdict=Reuse.Verdict.SAME)

    def with_prospect(self) -> Self:
        return self.select_related("prospect__source")


class Reuse(models.Model):
    """One edition in which a number changed so much that it may stand for another requirement (`reuse.py`)."""

    class Verdict(models.TextChoices):
        SAME = "same"
        ANOTHER = "another"

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="reuses")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    """When the edition was observed: what was seen before belongs to the other requirement."""
    before = models.TextField()
    after = models.TextField()
    """The titles."""
    differ = models.JSONField()
    """Facts that differ beside them."""
    verdict = models.CharField(max_length=8, choices=Verdict, null=True)
    by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = ReuseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["prospect", "run"], name="reuse_once")]

    def __str__(self) -> str:
        return f"{self.prospect} used again on {self.at:%Y-%m-%d}"
