"""Runs, each an attempt at a request, and what a person ruled of one that was held."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from prospect_aggregate.collection.models.sources import Artifact, Source


class Batch(models.Model):
    """Requests made together. How it stands is never stored: it is worked out from its runs (`batches.py`)."""

    request = models.CharField(max_length=120, unique=True, null=True)
    """The one reason for it: one person's click, one message; its runs are asked for by the same."""
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=150, blank=True)
    """A person, or the task that asked."""
    force = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class RunQuerySet(models.QuerySet["Run"]):
    def collecting(self) -> Self:
        """Runs that looked at a list; one that let in or saw again what was taken back counts no more."""
        looked = self.filter(purpose__in=[Run.Purpose.COLLECT, Run.Purpose.ADMIT])
        believed = Q(purpose=Run.Purpose.ADMIT) | Q(status=Run.Status.UNCHANGED)
        return looked.exclude(believed & Exists(Ruling.objects.undone_behind()))

    def good(self) -> Self:
        """Runs that showed a good edition: a new one, or the same one again."""
        return self.collecting().filter(status__in=[Run.Status.SUCCEEDED, Run.Status.UNCHANGED])

    def read_anew(self) -> Self:
        """Runs that read a list, newest first; an unchanged list was read by the one before."""
        return self.collecting().filter(status=Run.Status.SUCCEEDED).order_by("-finished_at")

    def telling(self) -> Self:
        """Ended runs that say how their source is; a person's file that could not be read says nothing."""
        untold = [Run.Status.QUEUED, Run.Status.STARTED, Run.Status.CANCELLED]
        told = self.collecting().exclude(status__in=untold)
        unread = [Run.Status.FAILED, Run.Status.BLOCKED, Run.Status.LOST]
        return told.exclude(status__in=unread, given__isnull=False)

    def due(self, now: datetime) -> Self:
        """Queued runs whose time has come."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=now), status=Run.Status.QUEUED)

    def waiting_since(self, now: datetime) -> datetime | None:
        """Since when the longest waiting of the due ones could have been taken."""
        could = Greatest("queued_at", Coalesce("not_before", "queued_at"))
        since: datetime | None = self.due(now).aggregate(since=Min(could))["since"]
        return since

    def unsent(self, since: datetime) -> Self:
        """Runs whose message was never sent, or not taken since then."""
        return self.filter(Q(sent_at=None) | Q(sent_at__lte=since))

    def silent(self, since: datetime) -> Self:
        """Started runs that gave no sign of life since then."""
        return self.filter(status=Run.Status.STARTED, heartbeat_at__lte=since)


class Run(models.Model):
    """One attempt at one request to collect a source. A final status never changes again."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        STARTED = "started"
        SUCCEEDED = "succeeded"
        UNCHANGED = "unchanged"
        QUARANTINED = "quarantined"
        FAILED = "failed"
        BLOCKED = "blocked"
        CANCELLED = "cancelled"
        LOST = "lost"

    class Trigger(models.TextChoices):
        SCHEDULE = "schedule"
        PERSON = "person"
        BATCH = "batch"
        PROGRAM = "program"

    class Purpose(models.TextChoices):
        COLLECT = "collect"
        ADMIT = "admit"
        """A person, or a replay, has decided already: the gate's findings stand on record and hold nothing."""
        UNDO = "undo"
        REPLAY = "replay"

    source = models.ForeignKey(Source, models.PROTECT, related_name="runs")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.COLLECT)
    request = models.CharField(max_length=120)
    """The one reason for this run: a slot of the schedule, one person's click."""
    attempt = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status, default=Status.QUEUED)
    trigger = models.CharField(max_length=10, choices=Trigger)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="runs")
    covered_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The run that met this one's request, which was then not run."""
    force = models.BooleanField(default=False)
    """Read again even what is unchanged; never past the gate."""
    given = models.ForeignKey(Artifact, models.PROTECT, null=True, related_name="+")
    """A file that a person downloaded, read instead of fetching."""
    observed_at = models.DateTimeField(null=True)
    """When this edition was published or seen; given with old files, else the time of fetching."""

    not_before = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=40, blank=True)
    stage_at = models.DateTimeField(null=True)
    """When it entered that stage."""
    bytes = models.PositiveBigIntegerField(null=True)
    """What came so far; once they are kept, the size of the artifact."""

    artifact = models.ForeignKey(Artifact, models.PROTECT, null=True, related_name="runs")
    edition_date = models.DateField(null=True)
    """The list's own date, where it prints one."""
    complete = models.BooleanField(default=True)
    """A partial edition adds and changes but shows no absence."""
    rows = models.PositiveIntegerField(null=True)
    new = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    unchanged = models.PositiveIntegerField(null=True)
    gone = models.PositiveIntegerField(null=True)
    rejected = models.PositiveIntegerField(null=True)
    layout = models.JSONField(default=dict)
    """Field → the headings it was read from in this edition."""
    reader = models.CharField(max_length=60, blank=True, default="", db_default="")
    """Which version of our code read it (`reader_version`); empty where nothing was read."""
    apart = models.BooleanField(default=False)
    """Read in a layout that numbers rows otherwise than the whole list: what it read is not missed there."""
    heading_row = models.PositiveIntegerField(null=True)
    """Where the headings stood in the file; None where a format has no such row."""
    headings = models.JSONField(default=list)
    """Every heading of this edition, in its order."""
    filled = models.JSONField(default=dict)
    """Field → the share of this edition's rows that it was read in, for fields that the layout publishes."""
    notes = models.JSONField(default=list)
    verdict = models.JSONField(default=list)
    """The gate's checks: name, what it saw, what it expected, whether it passed."""
    error_kind = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    """What was seen instead of the list: status, address, type, size, title, first words."""

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "request", "attempt"], name="run_once_per_attempt"),
            models.UniqueConstraint(fields=["source"], condition=Q(status="started"), name="run_one_started"),
        ]
        indexes = [
            models.Index(fields=["status", "queued_at"], name="run_waiting"),
            models.Index(fields=["source", "-id"], name="run_of_source"),
            models.Index(fields=["source", "-finished_at"], name="run_ended"),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def ended(self) -> bool:
        return self.status not in (Run.Status.QUEUED, Run.Status.STARTED)


class RulingQuerySet(models.QuerySet["Ruling"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def undone_behind(self) -> Self:
        """In a subquery over runs: rulings that had let in a run's bytes when it started, and were taken back later."""
        letting = self.filter(admitted__isnull=False, held__artifact=OuterRef("artifact"))
        return letting.filter(at__lte=OuterRef("started_at"), undone_at__gt=OuterRef("started_at"))


class Ruling(models.Model):
    """What a person made of a held edition. One stands at a time; an undone one stays on record."""

    class Verdict(models.TextChoices):
        WHOLE = "whole"
        PARTIAL = "partial"
        OUT = "out"

    class Reason(models.TextChoices):
        NEW_FISCAL_YEAR = "new_fiscal_year"
        CLEAN_UP = "clean_up"
        PARTIAL_LIST = "partial_list"
        OTHER = "other"

    held = models.ForeignKey(Run, models.PROTECT, related_name="rulings")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=16, choices=Reason)
    note = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    admitted = models.OneToOneField(Run, models.PROTECT, null=True, related_name="admitted_by")
    """The run that lets the edition in; None for one that is kept out."""
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["held"], condition=Q(undone_at=None), name="ruling_one_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} for {self.held}"
