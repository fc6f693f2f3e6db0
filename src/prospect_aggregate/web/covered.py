"""The coverage statement as pages show it: each entry beside how its source is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from prospect_aggregate.collection.coverage import WORDS, Entry, is_fresh, named_in, statement, summary
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web.states import health_by_key


@dataclass(frozen=True, slots=True)
class Row:
    """An agency, and its source where it has one: nothing is called covered by a list that does not come."""

    entry: Entry
    source: str
    """What people call it; empty where there is none."""
    state: str

    @property
    def word(self) -> str:
        return WORDS[self.entry.status]


def rows(*, now: datetime) -> tuple[str, list[Row]]:
    """The statement in one sentence, and every entry of it."""
    health = health_by_key(now=now)
    states = {key: each.state for key, each in health.items()}
    return summary(statement(), health), [_row(entry, states) for entry in statement()]


def missing(text: str, *, now: datetime) -> list[Row]:
    """Agencies that somebody's words name and that no fresh list covers: why nothing of them is found."""
    if not (named := named_in(text)):
        return []
    health = health_by_key(now=now)
    states = {key: each.state for key, each in health.items()}
    return [_row(entry, states) for entry in named if not is_fresh(entry, health)]


def _row(entry: Entry, states: Mapping[str, str]) -> Row:
    if not entry.source:
        return Row(entry, "", "")
    return Row(entry, scraper_registry.get(entry.source).name, states.get(entry.source, "never"))
