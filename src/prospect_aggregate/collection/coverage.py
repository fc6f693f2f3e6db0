"""The coverage statement: for every agency, where its forecast is, and what of it is collected here."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from prospect_aggregate.collection.health import Health

GOVERNMENT_LIST = "https://www.acquisition.gov/procurement-forecasts"
"""The government's own list of agencies' forecast pages."""
_COMMON = frozenset(
    {"of", "the", "and", "for", "department", "administration", "agency", "national", "u", "s"}
)
"""Words of agencies' names that name none of them."""


class Status(StrEnum):
    """What can be had of an agency's forecast."""

    COVERED = "covered"
    """A source here collects it."""
    BY_HAND = "by_hand"
    """Published for people (a PDF, a file that moves about), and not collected here."""
    BLOCKED = "blocked"
    """Published, and programs are turned away."""
    NONE = "none"
    """Nothing is published that a program could read."""
    NOT_CHECKED = "not_checked"
    """Nobody has looked: this says nothing of the agency."""


WORDS = {
    Status.COVERED: "Covered", Status.BY_HAND: "By hand", Status.BLOCKED: "Blocked", Status.NONE: "None published",
    Status.NOT_CHECKED: "Not checked",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One agency, or a component of it that publishes apart."""

    agency: str
    component: str
    short: str
    page: str
    """Where a person sees the forecast; empty where no address is known for sure."""
    status: Status
    source: str
    """Key of the source that collects it; empty unless covered."""
    as_of: date
    """The day of the look; the day of writing where that of the look is not known, or where nobody looked."""
    reason: str
    evidence: str

    @property
    def name(self) -> str:
        return self.component or self.agency

    def is_named(self, words: frozenset[str]) -> bool:
        """Whether these words hold its short name, or every word of its name that is its own."""
        own = _words(self.name) - _COMMON
        return self.short.casefold() in words or own <= words


@cache
def statement() -> tuple[Entry, ...]:
    """Every entry, by agency."""
    text = files(__package__).joinpath("coverage.csv").read_text(encoding="utf-8")
    return tuple(entry_of(row) for row in csv.DictReader(text.splitlines()))


def entry_of(row: dict[str, str]) -> Entry:
    """One row of the table. Raises ValueError, naming it, when it contradicts itself."""
    facts = {**row, "status": Status(row["status"]), "as_of": date.fromisoformat(row["as_of"])}
    entry = Entry(**facts)  # type: ignore[arg-type]  # the columns are its fields
    if bool(entry.source) is not (entry.status is Status.COVERED):
        raise ValueError(f"coverage of {entry.name}: what is covered, and nothing else, names its source")
    return entry


def named_in(text: str) -> list[Entry]:
    """Agencies that somebody's words name: `EPA cloud`, `environmental protection`."""
    words = _words(text)
    return [entry for entry in statement() if entry.is_named(words)]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def is_fresh(entry: Entry, health: Mapping[str, Health]) -> bool:
    """Whether it is covered by a list that is fresh now; `health` is that of each source, by its key."""
    return entry.source in health and health[entry.source].state == "fresh"


def summary(entries: Iterable[Entry], health: Mapping[str, Health]) -> str:
    """`22 of 55 agencies and components are covered, 20 of them by a list that is fresh now.`"""
    listed = list(entries)
    covered = [entry for entry in listed if entry.status is Status.COVERED]
    fresh = sum(is_fresh(entry, health) for entry in covered)
    return (
        f"{len(covered)} of {len(listed)} agencies and components are covered, "
        f"{fresh or 'none'} of them by a list that is fresh now."
    )


def coverage_object(entry: Entry, health: Mapping[str, Health]) -> dict[str, Any]:
    """An entry as programs get it; `state` is its source's, now."""
    state = health[entry.source].state if entry.source in health else "never"
    return {
        "agency": entry.agency,
        "component": entry.component or None,
        "short": entry.short or None,
        "status": entry.status.value,
        "source": entry.source or None,
        "state": state if entry.source else None,
        "reason": entry.reason,
        "as_of": entry.as_of,
        "page": entry.page or None,
        "evidence": entry.evidence or None,
    }
