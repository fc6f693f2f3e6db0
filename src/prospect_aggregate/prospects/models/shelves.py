"""Shelves: what a prospect is to whoever looks at the list on a day, by its phase and its last day (fields.md R20)."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce

from prospect_aggregate.prospects.models.reading import Reading

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


def outlook_on(day: date) -> Case:
    """The shelves are a partition: the first that fits."""
    return Case(
        When(phase__in=CLOSED_PHASES, then=Value("closed")),
        When(_GONE, then=Value("left")),
        When(phase__in=UNDER_WAY_PHASES, then=Value("under_way")),
        When(anchor__gte=day, then=Value("upcoming")),
        When(anchor__gte=day - DORMANT_AFTER, then=Value("passed")),
        When(anchor__isnull=False, then=Value("dormant")),
        default=Value("undated"),
        output_field=models.CharField(),
    )


_GONE = Q(state__in=[Reading.State.EXPIRED, Reading.State.WITHDRAWN])
_CLOSED, _UNDER_WAY = (Q(phase__isnull=False, phase__in=each) for each in (CLOSED_PHASES, UNDER_WAY_PHASES))
_HERE = Q(state__in=["listed", "missing"]) & (
    Q(phase=None) | ~Q(phase__in=[*CLOSED_PHASES, *UNDER_WAY_PHASES])
)
SHELVES: dict[str, Callable[[date], Q]] = {
    "closed": lambda _: _CLOSED,
    "left": lambda _: _GONE & ~_CLOSED,
    "under_way": lambda _: _UNDER_WAY & ~_GONE,
    "upcoming": lambda day: _HERE & Q(anchor__gte=day),
    "passed": lambda day: _HERE & Q(anchor__lt=day, anchor__gte=day - DORMANT_AFTER),
    "dormant": lambda day: _HERE & Q(anchor__lt=day - DORMANT_AFTER),
    "undated": lambda _: _HERE & Q(anchor=None),
}
"""The same as `outlook_on`, one shelf at a time (a test holds them together)."""
