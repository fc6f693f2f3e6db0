"""How all sources are, at once: what `health_of` says, without asking it for those that are well."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import connection

from prospect_aggregate.collection.health import Health, conditions
from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import memo

ORDER = ("failing", "quarantined", "blocked", "late", "never", "disabled", "fresh")
WORDS = {
    "fresh": "Fresh", "late": "Late", "failing": "Failing", "blocked": "Blocked", "quarantined": "Held for review",
    "never": "Never collected", "disabled": "Paused",
}  # fmt: skip
_FACTS = """SELECT each.*, schedule.paused, schedule.paused_until, schedule.pause_reason,
    (SELECT max(finished_at) FROM collection_run WHERE source_id = each.id)
    FROM collection_source AS each
    LEFT JOIN collection_schedule AS schedule ON schedule.source_key = each.key AND schedule.kind = 'collect'
    ORDER BY each.id, schedule.id"""
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
    """Worst first, then longest in trouble. Every page asks.

    Worked out again in each minute, and at once when anything but the time is different.
    """
    asked = f"states {now:%Y-%m-%d %H:%M} {_facts()}"
    return memo.kept(asked, None, partial(_states, now), room="pages")


def _facts() -> list[tuple[object, ...]]:
    """All that is told of the sources themselves, of their pauses and of their last runs."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def _states(now: datetime) -> list[State]:
    found = [State(it.source, it.health, it.told_by, it.list_date) for it in conditions(now=now)]
    return sorted(
        found, key=lambda it: (ORDER.index(it.health.state), it.health.since or now, it.source.name)
    )


def health_by_key(*, now: datetime) -> dict[str, Health]:
    """Of the sources that were ever asked for; the others were never collected."""
    return {state.source.key: state.health for state in states(now=now)}
