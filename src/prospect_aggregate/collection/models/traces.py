"""What a run leaves behind: its edition, the rows it refused, its log."""

from django.db import models

from prospect_aggregate.collection.models.runs import Run
from prospect_aggregate.collection.models.sources import Source


class Edition(models.Model):
    """One distinct state of a source's list."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="editions")
    run = models.OneToOneField(Run, models.PROTECT, related_name="edition")
    observed_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    complete = models.BooleanField(default=True)

    class Meta:
        ordering = ["observed_at"]
        constraints = [models.UniqueConstraint(fields=["source", "observed_at"], name="edition_one_per_time")]

    def __str__(self) -> str:
        return f"{self.source} of {self.observed_at:%Y-%m-%d}"


class RejectedRow(models.Model):
    """A row that became no draft, kept whole with its reason."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="rejected_rows")
    number = models.PositiveIntegerField()
    reason = models.TextField()
    raw = models.JSONField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.run} row {self.number}"


class LogLine(models.Model):
    """One line of what a run said while it ran."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="log")
    at = models.DateTimeField()
    level = models.CharField(max_length=8)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def told(self) -> str:
        """Without the run's number, which whoever reads the log of one run knows."""
        return self.text.removeprefix(f"run {self.run_id}: ")
