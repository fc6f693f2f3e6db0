"""How all sources are, at once: what `health_of` says, without asking it for those that are well."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from prospect_aggregate.collection.health import TROUBLE, Health, health_of
from prospect_aggregate.collection.models import Run, Schedule, Source

ORDER = ("failing", "quarantined", "blocked", "late", "never", "disabled", "fresh")
WORDS = {
    "fresh": "Fresh", "late": "Late", "failing": "Failing", "blocked": "Blocked", "quarantined": "Held for review",
    "never": "Never collected", "disabled": "Paused",
}  # fmt: skip
IN_TROUBLE = ("failing", "quarantined", "blocked", "late")
_TELLING = [*TROUBLE, Run.Status.SUCCEEDED, Run.Status.UNCHANGED]


@dataclass(frozen=True, slots=True)
class State:
    """A source and how it is. `since` is None where only `health_of` would tell it and nobody asked."""

    source: Source
    health: Health

    @property
    def troubled(self) -> bool:
        return self.health.state in IN_TROUBLE


def states(*, now: datetime) -> list[State]:
    """Worst first, then longest in trouble. One query, and what `health_of` needs for each source in trouble."""
    found = [State(source, _health(source, now)) for source in _sources(now)]
    return sorted(
        found, key=lambda it: (ORDER.index(it.health.state), it.health.since or now, it.source.name)
    )


def health_by_key(*, now: datetime) -> dict[str, Health]:
    """Of the sources that were ever asked for; the others were never collected."""
    return {state.source.key: state.health for state in states(now=now)}


def _sources(now: datetime) -> QuerySet[Source]:
    ended = (
        Run.objects.collecting().filter(source=OuterRef("pk"), status__in=_TELLING).order_by("-finished_at")
    )
    paused = Schedule.objects.asleep(now).filter(source_key=OuterRef("key"), kind="collect")
    return Source.objects.annotate(last_status=Subquery(ended.values("status")[:1]), is_paused=Exists(paused))


def _health(source: Source, now: datetime) -> Health:
    """A source whose last run was good, and that is neither paused nor old, is fresh: no need to ask."""
    status, paused = getattr(source, "last_status", None), getattr(source, "is_paused", False)
    seen = source.last_good_at
    if seen and not paused and status not in TROUBLE and now <= seen + source.freshness_limit:
        return Health("fresh", "", seen)
    return health_of(source, now=now)
