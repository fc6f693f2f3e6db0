"""The one list of prospects, narrowed down."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from prospect_aggregate.prospects.conditions import condition
from prospect_aggregate.prospects.entries import Entry, EntryQuerySet
from prospect_aggregate.prospects.filters import OUTLOOKS, Filters, UnknownFilterError
from prospect_aggregate.prospects.models import Change, ListQuerySet, Pair, Prospect, ProspectQuerySet

__all__ = ["OUTLOOKS", "Filters", "UnknownFilterError", "by_key", "changes_of", "entries", "search"]
Rows = TypeVar("Rows", bound=ListQuerySet[Any])


def search(filters: Filters, *, day: date) -> ProspectQuerySet:
    """Prospects that match every filter, on their shelves as of `day`, the soonest to end first."""
    found = narrowed(Prospect.objects.all(), filters, day=day).select_related("source").defer("words")
    return found.order_by(F("anchor").asc(nulls_last=True), "source__key", "native_id")


def entries(filters: Filters, *, day: date) -> EntryQuerySet:
    """The same prospects by their deciding columns, in no order: to count, and to find where a page begins."""
    return narrowed(Entry.objects.all(), filters, day=day)


def narrowed(rows: Rows, asked: Filters, *, day: date) -> Rows:
    """Rows that every filter lets pass, each purchase once."""
    found = rows.once().on_shelves(day)
    if asked.outlook:
        found = found.on_shelf(*asked.outlook, day=day)
    if asked.overdue:
        found = found.overdue(day)
    for name in asked.asked:
        if name not in ("outlook", "overdue"):
            found = found.filter(condition(asked, name))
    return found


def by_key(key: str, *, day: date) -> Prospect:
    """By `source:number`, or by the number alone where one source only has it. Raises LookupError otherwise."""
    source, colon, number = key.partition(":")
    named = Q(source__key=source, native_id=number) if colon else Q(native_id=key)
    everything = Prospect.objects.on_shelves(day).select_related("source")
    found = list(everything.filter(named)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupError(
            f"more than one source has {key!r}; say which: {' or '.join(each.key for each in found)}"
        )
    raise LookupError(f"no prospect {key!r}; `prospects search` lists keys")


def changes_of(
    *, source: str | None, key: str | None, kind: str | None, field: str | None, since: datetime | None
) -> QuerySet[Change]:
    """Changes, newest first, narrowed down by whatever was asked."""
    asked = {"prospect__source__key": source, "kind": kind, "field": field, "at__gte": since}
    if key:
        asked |= {"prospect__native_id": key.partition(":")[2] or key}
    wanted = {name: value for name, value in asked.items() if value is not None}
    return told_changes().filter(**wanted).select_related("prospect__source")


def told_changes() -> QuerySet[Change]:
    """All but one kind: an earlier name did not leave, it became another."""
    renamed = Pair.objects.standing().filter(kind=Pair.Kind.RENAMED, older=OuterRef("prospect"))
    became = Exists(renamed.filter(newer__first_seen_at__lte=OuterRef("at")))
    return Change.objects.exclude(Q(kind__in=Change.LEFT) & became)
