"""The headings of two editions side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from prospect_aggregate.scrapers.headings import fold


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, and its place among the others: in the last good edition, and in the held one."""

    name: str
    before: int | None
    now: int | None

    @property
    def same(self) -> bool:
        return self.before == self.now


def headings_of(before: Sequence[str], now: Sequence[str]) -> list[Heading]:
    """In the held edition's order; those that are gone stand last. Case, blanks and punctuation are typing."""
    was, is_now = _places(before), _places(now)
    names = {fold(name): name.strip() for name in [*before, *now]}
    found = [
        Heading(names[folded], old, new)
        for folded in names
        for old, new in zip_longest(was[folded], is_now[folded])
    ]
    return sorted(found, key=lambda it: (it.now is None, it.now or it.before))


def _places(headings: Sequence[str]) -> defaultdict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, heading in enumerate(headings, start=1):
        places[fold(heading)].append(number)
    return places
