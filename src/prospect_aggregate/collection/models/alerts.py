"""Trouble that somebody is told of, and each telling."""

from typing import Self

from django.db import models
from django.db.models import Q

from prospect_aggregate.collection.models.runs import Run


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Alert(models.Model):
    """A trouble that somebody must know of: opened when it begins, closed when it is over."""

    subject = models.SlugField(max_length=60)
    """The key of a source, or `engine` for what concerns them all."""
    cause = models.CharField(max_length=40)
    """The kind of trouble; one alert per subject and cause is open at a time."""
    text = models.TextField()
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="alerts")
    since = models.DateTimeField()
    """When the trouble began, as far as it is known."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "cause"], condition=Q(closed_at=None), name="alert_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.cause}"


class Delivery(models.Model):
    """One message about one alert by one channel: on record before it is sent, and until it has arrived."""

    class Edge(models.TextChoices):
        OPENED = "opened"
        CLOSED = "closed"

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="deliveries")
    edge = models.CharField(max_length=6, choices=Edge)
    channel = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    """Not sent before; moved on by every try, so that one process at a time tries."""
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    """When it arrived, or when it was given up or became pointless."""
    arrived = models.BooleanField(default=False)
    reached = models.TextField(blank=True)
    """Whom, as far as that may be said: addresses of webhooks are secrets."""
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["alert", "edge", "channel"], name="delivery_once")]
        indexes = [models.Index(fields=["ended_at", "due_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.edge} of {self.alert} by {self.channel}"
