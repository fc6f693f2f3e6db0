"""The engine's own record: signs of life, checks, leases, the clock's anchor, the kind of home."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from prospect_aggregate.collection.models.sources import Source


class Process(models.Model):
    """A process of the product, as it was last heard of."""

    class Kind(models.TextChoices):
        WORKER = "worker"
        BEAT = "beat"
        WEB = "web"
        ENGINE = "engine"

    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=120, unique=True)
    """Host, process number and a part by chance: numbers come again."""
    started_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it said goodbye; one that was killed says nothing."""
    disk_free = models.BigIntegerField(null=True)
    """Bytes left where the archive is kept."""
    troubles = models.JSONField(default=dict)
    """What it says is wrong: cause → sentence."""

    class Meta:
        ordering = ["-heard_at"]
        indexes = [models.Index(fields=["kind", "-heard_at"], name="process_heard")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Check(models.Model):
    """What one health check found: whether the source can be reached, and what it answered."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="checks")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    ok = models.BooleanField(null=True)
    error_kind = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "-id"], name="check_of_source")]

    def __str__(self) -> str:
        return f"check {self.pk}"


class Home(models.Model):
    """The one row that says what kind of data this home holds."""

    kind = models.CharField(max_length=6)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} home"


class Lease(models.Model):
    """A right that one process holds for a while: to be the beat, to speak to a host."""

    name = models.CharField(max_length=200, primary_key=True)
    owner = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    """When its owner last took, renewed or released it."""
    rest_until = models.DateTimeField(null=True)
    """Nobody may take it before this time, the owner included."""

    def __str__(self) -> str:
        return f"{self.name} held by {self.owner}"


class Anchor(models.Model):
    """What the home's clock showed at one reading of its machine's steady clock (`clock.py`; SQLite only)."""

    boot = models.CharField(max_length=64, primary_key=True)
    """The start of the machine since which that clock counts."""
    steady = models.FloatField()
    """The reading, in seconds."""
    at = models.DateTimeField()
    rate = models.FloatField(default=1.0)
    """Less than 1 while the home's clock waits for a machine's clock that was set back."""

    def __str__(self) -> str:
        return f"{self.at} at {self.steady:.0f} s"

    def shows(self, steady: float) -> datetime:
        return self.at + timedelta(seconds=(steady - self.steady) * self.rate)
