"""How all sources are, at once: what `health_of` says, without asking it for those that are well."""

from dataclasses import dataclass
from datetime import date, datetime

from prospect_aggregate.collection.health import Health, conditions
from prospect_aggregate.collection.models import Source

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
    """Worst first, then longest in trouble."""
    found = [State(it.source, it.health, it.told_by, it.list_date) for it in conditions(now=now)]
    return sorted(
        found, key=lambda it: (ORDER.index(it.health.state), it.health.since or now, it.source.name)
    )


def health_by_key(*, now: datetime) -> dict[str, Health]:
    """Of the sources that were ever asked for; the others were never collected."""
    return {state.source.key: state.health for state in states(now=now)}
