"""A narrow question answered once: which prospects match, so that what follows looks at those alone."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from prospect_aggregate.prospects.entries import Entry, EntryQuerySet
from prospect_aggregate.prospects.filters import Filters
from prospect_aggregate.prospects.search import entries

OUTLOOK = "outlook"  # what `on_shelves` works out
MOST = 20_000
"""Above it, looking again costs less than carrying the numbers along."""


def few(asked: Filters, *, day: date) -> dict[int, str] | None:
    """Primary key → shelf of everything that matches; None when that is more than a few."""
    found = dict(entries(asked, day=day).order_by().values_list("pk", OUTLOOK)[: MOST + 1])
    return found if len(found) <= MOST else None


def those(pks: Iterable[int], *, day: date) -> EntryQuerySet:
    """Their entries. The numbers go in as one parameter: databases limit how many there may be."""
    numbers = sorted(pks)
    if connection.vendor == "postgresql":
        chosen = RawSQL("SELECT unnest(%s::bigint[])", [numbers])
    else:
        chosen = RawSQL("SELECT value FROM json_each(%s)", [str(numbers)])
    return Entry.objects.filter(Q(pk__in=chosen)).on_shelves(day)
