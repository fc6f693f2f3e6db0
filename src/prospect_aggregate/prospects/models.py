"""Prospects as last published, and every change seen in them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, reduce
from operator import or_
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.company import Company as Company

CLOSED_PHASES = (
    "awarded",
    "cancelled",
    "withdrawn_by_agency",
    "no_longer_required",
    "option_exercise",
    "closed",
)
"""What the agency itself calls over (fields.md R1); such a prospect is not overdue and not upcoming."""
UNDER_WAY_PHASES = ("solicitation", "evaluation")
DORMANT_AFTER = timedelta(days=180)
ANCHOR = Coalesce("solicitation_to", "award_to", "incumbent_ends_to")
"""The last day that decides the shelf."""


def _outlook(day: date) -> Case:
    """The shelves are a partition: the first that fits."""
    return Case(
        When(phase__in=CLOSED_PHASES, then=Value("closed")),
        When(state__in=[Prospect.State.EXPIRED, Prospect.State.WITHDRAWN], then=Value("left")),
        When(phase__in=UNDER_WAY_PHASES, then=Value("under_way")),
        When(anchor__gte=day, then=Value("upcoming")),
        When(anchor__gte=day - DORMANT_AFTER, then=Value("passed")),
        When(anchor__isnull=False, then=Value("dormant")),
        default=Value("undated"),
        output_field=models.CharField(),
    )


_GONE = Q(state__in=["expired", "withdrawn"])
_CLOSED, _UNDER_WAY = (Q(phase__isnull=False, phase__in=each) for each in (CLOSED_PHASES, UNDER_WAY_PHASES))
_HERE = Q(state__in=["listed", "missing"]) & (
    Q(phase=None) | ~Q(phase__in=[*CLOSED_PHASES, *UNDER_WAY_PHASES])
)
_SHELVES: dict[str, Callable[[date], Q]] = {
    "closed": lambda _: _CLOSED,
    "left": lambda _: _GONE & ~_CLOSED,
    "under_way": lambda _: _UNDER_WAY & ~_GONE,
    "upcoming": lambda day: _HERE & Q(anchor__gte=day),
    "passed": lambda day: _HERE & Q(anchor__lt=day, anchor__gte=day - DORMANT_AFTER),
    "dormant": lambda day: _HERE & Q(anchor__lt=day - DORMANT_AFTER),
    "undated": lambda _: _HERE & Q(anchor=None),
}
"""The same as `_outlook`, one shelf at a time (a test holds them together)."""

Listed = TypeVar("Listed", bound=models.Model)


class ListQuerySet(models.QuerySet[Listed]):
    """What can be asked of prospects, and of them as entries of the list (`entries.py`)."""

    def of(self, source_key: str) -> Self:
        return self.filter(source__key=source_key)

    def listed(self) -> Self:
        """On the latest edition of their source."""
        return self.filter(state=Prospect.State.LISTED)

    def open(self) -> Self:
        """Neither closed nor under way, as far as the agency says."""
        return self.filter(Q(phase=None) | ~Q(phase__in=[*CLOSED_PHASES, *UNDER_WAY_PHASES]))

    def overdue(self, day: date) -> Self:
        """Listed, open, and the last day of the promised solicitation window passed before `day`."""
        return self.listed().open().filter(basis="forecast", solicitation_to__lt=day)

    def on_shelves(self, day: date) -> Self:
        """Each with its `anchor` (the last day that decides) and the `outlook` it gives on `day` (fields.md R20)."""
        return self.annotate(anchor=ANCHOR).annotate(outlook=_outlook(day))

    def on_shelf(self, *outlooks: str, day: date) -> Self:
        """Those of some shelves, asked so that the database finds them by their last day; after `on_shelves`."""
        return self.filter(reduce(or_, (_SHELVES[outlook](day) for outlook in outlooks)))

    def once(self) -> Self:
        """Each purchase once: without what a person called an earlier name, or a second copy, of another one."""
        return self.exclude(pk__in=RawSQL(*hidden(connection.vendor)))  # noqa: S611  # our own query

    def reused_suspected(self) -> Self:
        """Whose number may have been given to another requirement: in no shift and no share until a person decides."""
        return self.filter(pk__in=Reuse.objects.waiting().values("prospect"))

    def in_naics(self, prefix: str) -> Self:
        return self.filter(naics_code__startswith=prefix)


@cache
def hidden(vendor: str) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG001  # each writes it its own way
    """As SQL, for every page asks it several times."""
    return Pair.objects.hiding().values("under").order_by().query.sql_with_params()


class ProspectQuerySet(ListQuerySet["Prospect"]):
    """Prospects, whole."""


class Reading(models.Model):
    """What is known of one planned purchase: what its agency last published, as we read it, and what we saw.

    `*_text` is what was published; the value beside it is None where it could not be read.
    """

    class State(models.TextChoices):
        LISTED = "listed"
        MISSING = "missing"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    native_id = models.CharField(max_length=200)
    title = models.TextField(null=True)
    title_derived = models.BooleanField(default=False)
    description = models.TextField(null=True)
    agency = models.TextField(null=True)
    component = models.TextField(null=True)
    office = models.TextField(null=True)
    program_office = models.TextField(null=True)
    naics_code = models.CharField(max_length=6, null=True)
    naics_codes = models.JSONField(default=list)
    psc_code = models.CharField(max_length=4, null=True)
    psc_codes = models.JSONField(default=list)
    set_aside = models.CharField(max_length=12, null=True)
    set_aside_text = models.TextField(null=True)
    competition = models.CharField(max_length=40, null=True)
    competition_text = models.TextField(null=True)
    contract_type = models.TextField(null=True)
    contract_vehicle = models.TextField(null=True)
    contract_vehicle_text = models.TextField(null=True)
    award_type = models.TextField(null=True)
    requirement_type = models.TextField(null=True)
    phase = models.CharField(max_length=24, null=True)
    phase_text = models.TextField(null=True)
    basis = models.CharField(max_length=20, default="forecast")
    value_min = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_max = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_basis = models.CharField(max_length=8, null=True)
    value_text = models.TextField(null=True)
    solicitation_from = models.DateField(null=True)
    solicitation_to = models.DateField(null=True)
    solicitation_precision = models.CharField(max_length=8, null=True)
    solicitation_text = models.TextField(null=True)
    award_from = models.DateField(null=True)
    award_to = models.DateField(null=True)
    award_precision = models.CharField(max_length=8, null=True)
    award_text = models.TextField(null=True)
    performance_from = models.DateField(null=True)
    performance_to = models.DateField(null=True)
    performance_precision = models.CharField(max_length=8, null=True)
    performance_text = models.TextField(null=True)
    place_city = models.TextField(null=True)
    place_state = models.CharField(max_length=2, null=True)
    place_country = models.CharField(max_length=3, null=True)
    place_text = models.TextField(null=True)
    incumbent_name = models.TextField(null=True)
    incumbent_contract = models.TextField(null=True)
    incumbent_ends_from = models.DateField(null=True)
    incumbent_ends_to = models.DateField(null=True)
    contacts = models.JSONField(default=list)
    clearance = models.TextField(null=True)
    solicitation_number = models.TextField(null=True)
    solicitation_url = models.TextField(null=True)
    agency_updated_at = models.DateField(null=True)
    url = models.TextField(null=True)
    raw = models.JSONField(default=dict)
    """The row as published: heading → cell."""
    digest = models.BinaryField(max_length=16)
    """Of the row as published; the same digest means that nothing of it was touched."""
    filled = models.BigIntegerField(default=0)
    """Which fields were read, as bits in the order of `record.FIELDS`: what coverage is counted from."""
    words = models.TextField(default="", db_default="")
    """Its texts as they are searched (`words.py`)."""

    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    """The run that last wrote this row, whose layout says where each value stood."""
    first_seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    """Observed at the first edition without it; None while it is listed."""
    gone_seen_at = models.DateTimeField(null=True)
    """Last observed, kept when it leaves; a listed prospect was last seen when its source was."""

    first_solicitation_from = models.DateField(null=True)
    first_solicitation_to = models.DateField(null=True)
    first_solicitation_precision = models.CharField(max_length=8, null=True)
    """The first dated promise seen; every slip is measured from it."""
    solicitation_moves = models.PositiveIntegerField(default=0)
    solicitation_slip_days = models.IntegerField(null=True)

    class Meta:
        abstract = True


class Prospect(Reading):
    """One planned purchase."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="prospects")

    objects = ProspectQuerySet.as_manager()

    class Meta:
        ordering = ["source", "native_id"]
        constraints = [models.UniqueConstraint(fields=["source", "native_id"], name="prospect_once")]
        indexes = [
            models.Index(fields=["source", "state"], name="prospect_listed"),
            models.Index(fields=["state", "solicitation_to"], name="prospect_by_solicitation"),
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


_ROLES = ("under_id", "older_id", "newer_id")


class PairQuerySet(models.QuerySet["Pair"]):
    def waiting(self) -> Self:
        """For a person: undecided while it matters, and those called one of which the earlier name came back."""
        here = [Prospect.State.LISTED, Prospect.State.MISSING]
        matters = Q(older__state__in=here) | Q(newer__state__in=here)
        is_back = Q(kind=Pair.Kind.RENAMED, older__state=Prospect.State.LISTED)
        return self.filter(Q(matters & ~is_back, verdict=None) | Q(is_back, verdict=Pair.Verdict.SAME))

    def with_both(self) -> Self:
        return self.select_related("older__source", "newer__source", "under__source")

    def standing(self) -> Self:
        """Those that a person called one."""
        return self.filter(verdict=Pair.Verdict.SAME)

    def hiding(self) -> Self:
        """Those whose `under` is seen with the other one only: it is on no list, or the second copy of one that is.

        Asked pair by pair, of which there are few: joined, a database may begin with all prospects.
        """
        under, older, newer = (Exists(Prospect.objects.listed().filter(pk=OuterRef(it))) for it in _ROLES)
        copied = Q(kind=Pair.Kind.TWIN) & older & newer
        return self.filter(~under | copied, under__isnull=False)


class Pair(models.Model):
    """Two prospects of one source that may be one purchase. A person decides, and may decide again."""

    class Kind(models.TextChoices):
        RENAMED = "renamed"
        """The older one left in the edition that listed the newer one."""
        TWIN = "twin"
        """Both are listed, read from two layouts that number their rows in two ways."""

    class Verdict(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    older = models.ForeignKey(Prospect, models.CASCADE, related_name="+")
    newer = models.ForeignKey(Prospect, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    """The one that suggested it."""
    evidence = models.JSONField()
    """`title`: how alike, of 100; `agree` and `differ`: the facts that both publish (`likeness.py`)."""
    suggested_at = models.DateTimeField()
    verdict = models.CharField(max_length=9, choices=Verdict, null=True)
    under = models.OneToOneField(Prospect, models.CASCADE, null=True, related_name="+")
    """Which of the two is shown with the other, while they are called one."""
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="pair_once"),
            models.UniqueConstraint(
                fields=["newer"], condition=Q(kind="renamed", verdict="same"), name="pair_one_earlier_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.older} and {self.newer}"

    @property
    def above(self) -> Prospect:
        """The other one."""
        return self.newer if self.under_id == self.older_id else self.older


class ReuseQuerySet(models.QuerySet["Reuse"]):
    def waiting(self) -> Self:
        return self.filter(verdict=None)

    def cutting(self) -> Self:
        """Those at which a history is cut: undecided, or decided to be another requirement."""
        return self.exclude(verdict=Reuse.Verdict.SAME)

    def with_prospect(self) -> Self:
        return self.select_related("prospect__source")


class Reuse(models.Model):
    """One edition in which a number changed so much that it may stand for another requirement (`reuse.py`)."""

    class Verdict(models.TextChoices):
        SAME = "same"
        ANOTHER = "another"

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="reuses")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    """When the edition was observed: what was seen before belongs to the other requirement."""
    before = models.TextField()
    after = models.TextField()
    """The titles."""
    differ = models.JSONField()
    """Facts that differ beside them."""
    verdict = models.CharField(max_length=8, choices=Verdict, null=True)
    by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = ReuseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["prospect", "run"], name="reuse_once")]

    def __str__(self) -> str:
        return f"{self.prospect} used again on {self.at:%Y-%m-%d}"
