"""When each task is due, and the slots that were missed."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def due(self, now: datetime) -> Self:
        return self.awake(now).filter(next_at__lte=now).order_by("next_at")

    def awake(self, now: datetime) -> Self:
        """Not paused, or paused until a time that has come."""
        return self.filter(Q(paused_until=None) | Q(paused_until__lte=now), paused=False)

    def asleep(self, now: datetime) -> Self:
        """Paused by somebody, for good or until a time ahead."""
        return self.filter(Q(paused=True) | Q(paused_until__gt=now))


class Schedule(models.Model):
    """When one task fires: slots `cadence_minutes` apart, `offset_minutes` after Monday 00:00 UTC."""

    name = models.CharField(max_length=120, unique=True)
    task = models.CharField(max_length=160)
    source_key = models.SlugField(max_length=60, blank=True)
    kind = models.CharField(max_length=12)
    cadence_minutes = models.FloatField()
    offset_minutes = models.FloatField()
    seeded_cadence = models.FloatField()
    """What the code said last; a row whose cadence equals it was never edited and follows the code."""
    paused = models.BooleanField(default=False)
    paused_until = models.DateTimeField(null=True)
    """A pause with an end leaves `paused` alone: the next slot lies after it."""
    pause_reason = models.CharField(max_length=200, blank=True)
    paused_by = models.CharField(max_length=150, blank=True)
    set_by = models.CharField(max_length=150, blank=True)
    """Who edited the slots; empty while the code decides them."""
    next_at = models.DateTimeField()
    moved_by = models.CharField(max_length=150, blank=True)
    """Who set the next firing by hand; empty while it is one of the slots."""
    last_at = models.DateTimeField(null=True)
    missed = models.PositiveIntegerField(default=0)
    """Slots that passed while nobody fired them, before the last firing."""

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at"], name="schedule_next")]

    def __str__(self) -> str:
        return self.name

    @property
    def edited(self) -> bool:
        """An edit may move the slots alone and keep the cadence."""
        return bool(self.set_by) or self.cadence_minutes != self.seeded_cadence

    def asleep(self, now: datetime) -> bool:
        return self.paused or (self.paused_until is not None and self.paused_until > now)


class Stop(models.Model):
    """A time in which no beat attended to the schedule, and slots of collections passed."""

    began_at = models.DateTimeField()
    """When the last beat before it was heard last."""
    ended_at = models.DateTimeField()
    slots = models.PositiveIntegerField()

    class Meta:
        ordering = ["-ended_at"]

    def __str__(self) -> str:
        return f"stopped {self.began_at:%Y-%m-%d %H:%M} to {self.ended_at:%Y-%m-%d %H:%M}"
