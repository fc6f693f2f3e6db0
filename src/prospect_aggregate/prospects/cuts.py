"""A cut through everything that was ever told: what lies before it, what beyond, also while editions come in."""

from dataclasses import dataclass
from typing import Self

from django.db import connection
from django.db.models import Q

LONGEST = 2000
"""Characters of a cut as text; a hundred workers at once need a tenth."""
_NOW = """SELECT 'change', max(id) FROM prospects_change
    UNION ALL SELECT 'run', id FROM collection_run WHERE status = 'started'"""
"""Every page asks."""


class NoCutError(ValueError):
    """A text that names no cut; the message says where to take one from."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The newest change there was, and the runs that might have been writing smaller numbers unseen.

    PostgreSQL shows what a transaction wrote when it ends, so numbers appear out of order. All changes of a run appear
    at once, and only of one that is started: those of runs that were started at the cut lie beyond it.
    """

    newest: int = 0
    open_runs: frozenset[int] = frozenset()

    @classmethod
    def now(cls) -> Self:
        """Both in one statement, which sees one moment: who had taken a smaller number is started in it, or done."""
        with connection.cursor() as cursor:
            cursor.execute(_NOW)
            found = cursor.fetchall()
        newest = next(pk for what, pk in found if what == "change")
        return cls(newest or 0, frozenset(pk for what, pk in found if what == "run"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises NoCutError for what `str` did not write."""
        numbers = text.split("-") if text.isascii() and len(text) <= LONGEST else []
        if not numbers or not all(number.isdigit() and len(number) < 19 for number in numbers):
            raise NoCutError(f"{text[:40]!r} is no cut; take it from the listing of changes, unchanged")
        newest, *runs = map(int, numbers)
        return cls(newest, frozenset(runs))

    def __str__(self) -> str:
        return "-".join(map(str, (self.newest, *sorted(self.open_runs))))

    @property
    def within(self) -> Q:
        """Changes that lie before it."""
        return Q(pk__lte=self.newest) & ~Q(run__in=self.open_runs)

    @property
    def beyond(self) -> Q:
        """All others."""
        return Q(pk__gt=self.newest) | Q(run__in=self.open_runs)

    def goes_further_than(self, other: "Cut") -> bool:
        if self.newest != other.newest:
            return self.newest > other.newest
        return self.open_runs < other.open_runs
