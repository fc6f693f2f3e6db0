"""How all sources are, at once: what `health_of` says, without asking it for those that are well."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from prospect_aggregate.collection.health import TROUBLE, Health, freshness, health_of
from prospect_aggregate.collection.models import Run, Schedule, Source

ORDER = ("failing", "quarantined", "blocked", "late", "never", "disabled", "fresh")
WORDS = {
    "fresh": "Fresh", "late": "Late", "failing": "Failing", "blocked": "Blocked", "quarantined": "Held for review",
    "never": "Never collected", "disabled": "Paused",
}  # fmt: skip
IN_TROUBLE = ("failing", "quarantined", "blocked", "late")


@dataclass(frozen=True, slots=True)
class State:
    """A source, how it is, by which run one knows, and the date that its newest list gives itself."""

    source: Source
    health: Health
    told_by: int | None = None
    list_date: date | None = None

    @property
    def troubled(self) -> bool:
        return self.health.state in IN_TROUBLE

    @property
    def word(self) -> str:
        return WORDS[self.health.state]

    @property
    def as_of(self) -> date | None:
        """What its list is of: by the agency's own date, else as we saw it."""
        seen = self.source.last_good_at
        return self.list_date or (seen.date() if seen else None)


def states(*, now: datetime) -> list[State]:
    """Worst first, then longest in trouble. One query, and what `health_of` needs for each source in trouble."""
    found = [_state(source, now) for source in _sources(now)]
    return sorted(
        found, key=lambda it: (ORDER.index(it.health.state), it.health.since or now, it.source.name)
    )


def health_by_key(*, now: datetime) -> dict[str, Health]:
    """Of the sources that were ever asked for; the others were never collected."""
    return {state.source.key: state.health for state in states(now=now)}


def _sources(now: datetime) -> QuerySet[Source]:
    runs = Run.objects.filter(source=OuterRef("pk"))
    last = runs.telling().order_by("-finished_at")
    paused = Schedule.objects.asleep(now).filter(source_key=OuterRef("key"), kind="collect")
    return Source.objects.annotate(
        last_status=Subquery(last.values("status")[:1]),
        last_run=Subquery(last.values("pk")[:1]),
        listed=Subquery(runs.read_anew().values("edition_date")[:1]),
        is_paused=Exists(paused),
    )


def _state(source: Source, now: datetime) -> State:
    """Of a source that is neither in trouble nor paused, everything is known already: no need to ask."""
    status, paused = getattr(source, "last_status", None), getattr(source, "is_paused", False)
    listed = getattr(source, "listed", None)
    well = status not in TROUBLE and not paused
    health = freshness(source, listed, now=now) if well else health_of(source, now=now)
    return State(source, health, getattr(source, "last_run", None), listed)
