"""What can be asked of many prospects."""

from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from prospect_aggregate.prospects.models.reading import Reading
from prospect_aggregate.prospects.models.shelves import (
    ANCHOR,
    CLOSED_PHASES,
    SHELVES,
    UNDER_WAY_PHASES,
    outlook_on,
)

Listed = TypeVar("Listed", bound=models.Model)


class ListQuerySet(models.QuerySet[Listed]):
    """What can be asked of prospects, and of them as entries of the list (`entries.py`)."""

    def of(self, source_key: str) -> Self:
        return self.filter(source__key=source_key)

    def listed(self) -> Self:
        """On the latest edition of their source."""
        return self.filter(state=Reading.State.LISTED)

    def open(self) -> Self:
        """Neither closed nor under way, as far as the agency says."""
        return self.filter(Q(phase=None) | ~Q(phase__in=[*CLOSED_PHASES, *UNDER_WAY_PHASES]))

    def overdue(self, day: date) -> Self:
        """Listed, open, and the last day of the promised solicitation window passed before `day`."""
        return self.listed().open().filter(basis="forecast", solicitation_to__lt=day)

    def on_shelves(self, day: date) -> Self:
        """Each with its `anchor` (the last day that decides) and the `outlook` it gives on `day` (fields.md R20)."""
        return self.annotate(anchor=ANCHOR).annotate(outlook=outlook_on(day))

    def on_shelf(self, *outlooks: str, day: date) -> Self:
        """Those of some shelves, asked so that the database finds them by their last day; after `on_shelves`."""
        return self.filter(reduce(or_, (SHELVES[outlook](day) for outlook in outlooks)))

    def once(self) -> Self:
        """Each purchase once: without what a person called an earlier name, or a second copy, of another one."""
        return self.exclude(pk__in=RawSQL(*hidden(connection.vendor)))  # noqa: S611  # our own query

    def reused_suspected(self) -> Self:
        """Whose number may have been given to another requirement: in no shift and no share until a person decides."""
        from prospect_aggregate.prospects.models.reuses import Reuse  # which knows prospects

        return self.filter(pk__in=Reuse.objects.waiting().values("prospect"))

    def in_naics(self, prefix: str) -> Self:
        return self.filter(naics_code__startswith=prefix)


@cache
def hidden(vendor: str) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG001  # each writes it its own way
    """As SQL, for every page asks it several times."""
    from prospect_aggregate.prospects.models.pairs import Pair  # which knows prospects

    return Pair.objects.hiding().values("under").order_by().query.sql_with_params()
