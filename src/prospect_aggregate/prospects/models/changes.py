"""What editions showed of a prospect over time: its changes, and the times it was away."""

from django.db import models

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models.prospects import Prospect


class Change(models.Model):
    """One thing that an edition showed to be different."""

    class Kind(models.TextChoices):
        LISTED = "listed"
        CHANGED = "changed"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        REAPPEARED = "reappeared"

    LEFT = (Kind.WITHDRAWN, Kind.EXPIRED)

    class Significance(models.TextChoices):
        HIGH = "high"
        NORMAL = "normal"
        LOW = "low"

    prospect = models.ForeignKey(Prospect, models.PROTECT, related_name="changes")
    run = models.ForeignKey(Run, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    field = models.CharField(max_length=30, blank=True)
    old = models.TextField(null=True)
    new = models.TextField(null=True)
    shift_days = models.IntegerField(null=True)
    """Days that a window moved, later above zero (STATISTICS §2)."""
    shift_at_least = models.BooleanField(default=False)
    """True when the precision changed and the days are only a lower bound."""
    significance = models.CharField(max_length=6, choices=Significance)
    at = models.DateTimeField()
    """When the edition that shows it was observed."""

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="change_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.field}".strip()


class Absence(models.Model):
    """A time in which a prospect was on no edition, and from which it came back: whether it was listed on a day.

    One that lasts is on the prospect itself (`left_at`).
    """

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="absences")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    """The one that showed it again."""
    left_at = models.DateTimeField()
    """Observed at the first edition without it."""
    back_at = models.DateTimeField()
    declared = models.BooleanField()
    """Two editions in a row did not have it: it had left. One without it is a gap in the list."""

    class Meta:
        ordering = ["back_at"]
        constraints = [models.UniqueConstraint(fields=["prospect", "run"], name="absence_once")]

    def __str__(self) -> str:
        return f"{self.prospect} away until {self.back_at:%Y-%m-%d}"
