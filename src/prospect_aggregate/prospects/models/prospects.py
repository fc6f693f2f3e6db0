"""The list: each planned purchase as it stands now, or stood before a run."""

from datetime import datetime

from django.db import models

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.models.lists import ListQuerySet
from prospect_aggregate.prospects.models.reading import Reading
from prospect_aggregate.prospects.models.shelves import ANCHOR, CLOSED_PHASES


class ProspectQuerySet(ListQuerySet["Prospect"]):
    """Prospects, whole."""


class Prospect(Reading):
    """One planned purchase."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="prospects")

    objects = ProspectQuerySet.as_manager()

    class Meta:
        ordering = ["source", "native_id"]
        constraints = [models.UniqueConstraint(fields=["source", "native_id"], name="prospect_once")]
        indexes = [
            models.Index(fields=["source", "state"], name="prospect_listed"),
            models.Index(fields=["naics_code"], name="prospect_by_naics"),
            models.Index(  # all that shelves and quarters are counted from: rows have kilobytes, these a few bytes
                fields=[
                    "state",
                    "solicitation_to",
                    "phase",
                    "basis",
                    "award_to",
                    "incumbent_ends_to",
                    "solicitation_precision",
                    "award_precision",
                    "solicitation_moves",
                    "solicitation_slip_days",
                ],
                name="prospect_counted",
            ),
            models.Index("state", ANCHOR, "phase", name="prospect_on_shelf"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """What people and programs call it everywhere: `dhs:F2026073831`."""
        return f"{self.source.key}:{self.native_id}"

    @property
    def closed(self) -> bool:
        """True when the agency itself says that it is over."""
        return self.phase in CLOSED_PHASES

    @property
    def last_seen_at(self) -> datetime | None:
        return self.source.last_good_at if self.state == self.State.LISTED else self.gone_seen_at


class Before(Reading):
    """A prospect as it stood before a run that can be undone (`undo.py`)."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="+")
    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "prospect"], name="before_once")]

    def __str__(self) -> str:
        return f"{self.native_id} before {self.run}"
