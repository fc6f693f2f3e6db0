"""Sources, and what was fetched from them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import models
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
