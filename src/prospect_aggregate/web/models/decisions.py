"""Whether the team goes for a prospect, why, and how the prospect stood when that was decided."""

from datetime import datetime
from typing import Self

from django.db import models, transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models.people import Person

LONGEST_REASON = 1000


class UnfitDecisionError(ValueError):
    """A decision that cannot be; the message says what is missing."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        return self.filter(taken_back_at=None)

    def on(self, prospect: Prospect) -> Self:
        """The latest first; the first is what holds."""
        return self.standing().filter(prospect=prospect).select_related("by")

    def take_back(self, number: int, *, by: Person, now: datetime) -> bool:
        """One's own; the one before it holds again."""
        own = self.standing().filter(pk=number, by=by)
        with transaction.atomic():
            found = own.select_related("prospect__source").first()
            done = bool(own.update(taken_back_at=now))
            if found and done:
                audit.record("take back decision", "decision", number, before=found.facts)
        return done


class Decision(models.Model):
    """The team's. A later one replaces it; none is overwritten."""

    class Verdict(models.TextChoices):
        GO = "go", "Go"
        NO_GO = "no_go", "No-go"
        UNDECIDED = "undecided", "Undecided"

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kept = models.JSONField()
    """Watched field → its value as the ledger writes it, when it was decided (`decided.py`)."""
    taken_back_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.prospect}"

    @property
    def facts(self) -> dict[str, str]:
        """For the audit log."""
        return {"prospect": self.prospect.key, "verdict": self.verdict, "reason": self.reason}
