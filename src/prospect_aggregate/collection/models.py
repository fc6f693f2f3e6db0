"""The record of every collection: sources, runs, artifacts, rejected rows, checks, schedules and leases."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.registry import Collects, Registered


class SourceQuerySet(models.QuerySet["Source"]):
    def of(self, registered: Registered) -> "Source":
        """The row of a registered scraper, made on first request, brought up to what its class declares."""
        source = self.named(registered.key, registered.name)
        if self._bring_up(source, registered):
            source.refresh_from_db()
        return source

    def know(self, registered: Iterable[Registered]) -> None:
        """What `of` does, for all of them at once."""
        wanted = {each.key: each for each in registered}
        known = set(self.values_list("key", flat=True))
        new = [Source(key=key, name=each.name) for key, each in wanted.items() if key not in known]
        self.bulk_create(new, ignore_conflicts=True)
        declaring = [key for key, each in wanted.items() if declared(each.run)]
        for source in self.filter(key__in=declaring):
            self._bring_up(source, wanted[source.key])

    def _bring_up(self, source: "Source", registered: Registered) -> bool:
        """True when the class declares something else than the row says."""
        facts = declared(registered.run)
        differs = any(getattr(source, name) != value for name, value in facts.items())
        return differs and bool(self.filter(key=source.key).update(**facts))

    def named(self, key: str, name: str) -> "Source":
        return self.get_or_create(key=key, defaults={"name": name})[0]


def declared(run: Collects) -> dict[str, Any]:
    """What a source's row has of its class; nothing for a function."""
    if not isinstance(run, Scraper):
        return {}
    return {
        "name": run.name,
        "agency": run.agency,
        "url": run.url,
        "coverage": run.coverage,
        "cadence_minutes": run.cadence / timedelta(minutes=1),
        "freshness_limit_minutes": run.freshness_limit / timedelta(minutes=1),
        "list_limit_minutes": run.list_limit and run.list_limit / timedelta(minutes=1),
    }


class Source(models.Model):
    """An agency's feed. Its state is never stored: it is worked out from runs and the clock (`health.py`)."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=500, blank=True)
    coverage = models.TextField(blank=True)
    cadence_minutes = models.FloatField(default=1440)
    freshness_limit_minutes = models.FloatField(default=4320)
    list_limit_minutes = models.FloatField(null=True)
    """How old the list may be by its own date; null where that is not asked."""
    last_good_at = models.DateTimeField(null=True)
    """When the newest good edition was observed: a new one, or the same one seen again."""
    last_good = models.ForeignKey("Artifact", models.PROTECT, null=True, related_name="+")
    """The bytes of that edition; the same bytes again end a run `unchanged`."""
    created_at = models.DateTimeField(default=timezone.now)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def freshness_limit(self) -> timedelta:
        return timedelta(minutes=self.freshness_limit_minutes)

    @property
    def list_limit(self) -> timedelta | None:
        return None if self.list_limit_minutes is None else timedelta(minutes=self.list_limit_minutes)


class Artifact(models.Model):
    """Bytes as they came, kept under their SHA-256 before anyone parsed them."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="artifacts")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    filename = models.CharField(max_length=255, blank=True)
    etag = models.CharField(max_length=255, blank=True)
    last_modified = models.CharField(max_length=80, blank=True)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="artifact_once_per_source")]

    def __str__(self) -> str:
        return f"{self.source}:{self.sha256[:12]}"


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
