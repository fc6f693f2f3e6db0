"""Lives of planned purchases: when a row enters its agency's list, is revised, is away, and leaves.

Each life is a pure function of seed, agency and number, read off at a date. Nothing is kept between editions,
so the edition of any day can be made alone and streamed, and a sample home that is started again next week
meets the same rows a week older, not a new world.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from random import Random
from typing import TypeVar

from prospect_aggregate.sandbox.chance import Spread, generator, wait

T = TypeVar("T")
SOLICITATION, AWARD = "solicitation", "award"
EPOCH = date(2010, 1, 1).toordinal()  # numbers grow from here, which brings 2026 near the real 60,000s


AT_ANY_TIME = Spread({0: 10, 1: 200})
SLIP = Spread({0: 14, 0.5: 63, 0.9: 182, 1: 460})  # DHS, 37 moved solicitation dates
ABSENCE = Spread({0: 5, 1: 16})


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How one agency's list moves; shares are chances from 0 to 1, rates are per row and day."""

    births: float
    """Rows that enter on a day."""
    stay: Spread
    """Days from entering to leaving, before any slip."""
    early: float = 0.0
    """Share that leaves before its award date: 30 of 297 departures at DHS, 2026-05-13 to 06-29."""
    early_by: Spread = AT_ANY_TIME
    rounded: float = 0.4
    """Share of dates on the 1st or 15th: 39 % at DHS."""
    revisions: float = 0.0
    facets: Mapping[str, float]
    """What a revision touches, each with its chance."""
    slip: Spread = SLIP
    later: float = 0.97
    """36 of 37 moved solicitation dates moved later (DHS, 2026-05-13 to 06-29)."""
    absences: float = 0.0006
    """23 of 718 rows vanished and came back within 47 days (the same editions)."""
    away: Spread = ABSENCE

    @property
    def horizon(self) -> int:
        """Days after which even a row that slipped twice has left."""
        return self.stay.largest + 2 * self.slip.largest * (AWARD in self.facets)


@dataclass(frozen=True, slots=True)
class Revision:
    day: int
    facets: frozenset[str]
    shift: int
    """Days by which the dates among the facets move."""


@dataclass(frozen=True)
class Standing:
    """One row's life, as far as it has gone on `day`. Days are ordinals: they are compared by the million.

    Facts are drawn in order, so a standing makes its row once; `dataclasses.replace` gives a fresh one.
    """

    name: str
    serial: int
    width: int
    """Numbers given out in a day, used or not."""
    day: int
    born: int
    lead: int
    """Days from entering to leaving as first planned."""
    leaves: int
    early_by: int
    revisions: tuple[Revision, ...]

    @cached_property
    def chance(self) -> Random:
        """Draws the row's facts, always the same ones in the same order."""
        return generator(self.name, "facts")

    def draw(self, make: Callable[[Random], T], facet: str = "") -> T:
        """A fact of this row; a revised facet is made anew, and the facts after it stay what they were."""
        first = make(self.chance)
        version = self.version(facet)
        return make(generator(self.name, facet, version)) if version else first

    def number_since(self, start: date) -> int:
        """The row's number in a count that began on a day, as offices number within a fiscal year."""
        return self.serial - (start.toordinal() - EPOCH) * self.width

    def version(self, facet: str) -> int:
        return sum(facet in revision.facets for revision in self.revisions)

    def slipped(self, facet: str) -> int:
        return sum(revision.shift for revision in self.revisions if facet in revision.facets)

    @property
    def award(self) -> int:
        """The promised award. A list drops a row on that day: none of 2,103 DHS rows had one in the past."""
        return self.leaves + self.early_by

    @property
    def published(self) -> tuple[int, ...]:
        """Days on which the agency edited this row, the first one being its entry."""
        return (self.born, *(revision.day for revision in self.revisions))


def standings(seed: int, key: str, habits: Habits, day: date, scale: float) -> Iterator[Standing]:
    """The rows that stand on an agency's list on a day, oldest first."""
    today, births = day.toordinal(), habits.births * scale
    width = ceil(2 * births) + 1
    for born in range(today - habits.horizon, today + 1):
        chance = generator(seed, key, "births", born)
        count = int(chance.uniform(0, 2 * births) + chance.random())
        for serial in range((born - EPOCH) * width, (born - EPOCH) * width + count):
            life = _life(generator(seed, key, serial), habits, born, today)
            row = Standing(f"{seed}:{key}:{serial}", serial, width, today, born, *life)
            if row.leaves > today and not _is_away(row, habits):
                yield row


def _life(
    chance: Random, habits: Habits, born: int, today: int
) -> tuple[int, int, int, tuple[Revision, ...]]:
    """Lead, leaving, early departure and revisions, as the fields of a standing."""
    round_up = chance.random() < habits.rounded
    early_by = habits.early_by.days(chance) if chance.random() < habits.early else 0
    first = leaves = _settled(born + max(1, habits.stay.days(chance)), round_up=round_up)
    revisions = []
    when = born + wait(chance, habits.revisions)
    while when <= today and when < leaves:
        revision = _revision(chance, habits, when)
        revisions.append(revision)
        if AWARD in revision.facets:
            leaves = max(when + 1, _settled(leaves + revision.shift, round_up=round_up))
        when += wait(chance, habits.revisions)
    return first - born, leaves, early_by, tuple(revisions)


def _revision(chance: Random, habits: Habits, day: int) -> Revision:
    facets = frozenset(facet for facet, share in habits.facets.items() if chance.random() < share)
    shift = habits.slip.days(chance)
    return Revision(day, facets, shift if chance.random() < habits.later else -shift // 2)


def _settled(day: int, *, round_up: bool) -> int:
    """The next 1st or 15th, for those who plan in half months."""
    while round_up and date.fromordinal(day).day not in {1, 15}:
        day += 1
    return day


def _is_away(row: Standing, habits: Habits) -> bool:
    """Whether the row is missing for now: absence from one edition is not deletion."""
    chance = generator(row.name, "away")
    back = row.born
    while True:
        gone = back + wait(chance, habits.absences)
        back = gone + habits.away.days(chance)
        if row.day < back:
            return row.day >= gone
