"""What is exported: whose rows, as of which day, in which columns, and what a file of them says of itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from prospect_aggregate.prospects.models import Prospect, ProspectQuerySet
from prospect_aggregate.prospects.objects import prospect_object
from prospect_aggregate.web.exports.columns import COLUMNS, Column

SAMPLE = "sample data"
AT_ONCE = 1000  # rows fetched, and written, together


def _silent(rows: int) -> None:
    """Nobody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Every row of a view. It must come from `search`, which puts each on its shelf."""

    found: ProspectQuerySet
    day: date
    now: datetime
    sample: bool
    """Whether the home holds made-up data; every file of it says so."""
    columns: tuple[Column, ...] = COLUMNS
    asked: tuple[str, ...] = ()
    """The view in words."""
    called: str = ""
    """What of it the name of a file says."""
    say: Callable[[int], None] = _silent
    """Told how many rows are written, now and then."""

    def prospects(self) -> Iterator[Prospect]:
        """One by one, as the database sends them."""
        rows = self.found.defer("raw", "digest").iterator(chunk_size=AT_ONCE)
        for number, prospect in enumerate(rows, start=1):
            if number % AT_ONCE == 0:
                self.say(number)
            yield prospect

    def objects(self) -> Iterator[dict[str, Any]]:
        """The objects of the API, with the chosen fields."""
        names = [column.name for column in self.columns]
        for prospect in self.prospects():
            whole = prospect_object(prospect, day=self.day)
            yield ({"sample_data": True} if self.sample else {}) | {name: whole[name] for name in names}

    def name(self, suffix: str) -> str:
        """Of a file of it: what it holds, as of when."""
        words = ["sample-data"] * self.sample + ["prospects"] + [self.called] * bool(self.called)
        return f"{'-'.join(words)}-{self.day:%Y-%m-%d}.{suffix}"
