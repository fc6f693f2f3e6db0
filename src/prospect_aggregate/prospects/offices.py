"""Prospects of one office, and whether an edition moved many of them at once (STATISTICS §6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Q

from prospect_aggregate.prospects.bulk import LEAST, is_bulk
from prospect_aggregate.prospects.ledger import WINDOWS
from prospect_aggregate.prospects.models import Change, Prospect

OFFICES = ("office", "component", "program_office")
"""The first that a list names is who buys (STATISTICS §5)."""


def office_name(prospect: Prospect) -> str | None:
    return named(getattr(prospect, name) for name in OFFICES)


def of_office(office: str | None, prefix: str = "") -> Q:
    """The first of the three names that is not empty, is this one; None is a prospect that names none."""
    empty, found = Q(), Q(pk__in=())
    for name in OFFICES:
        if office:
            found |= empty & Q(**{f"{prefix}{name}": office})
        empty &= Q(**{f"{prefix}{name}": None}) | Q(**{f"{prefix}{name}": ""})
    return found if office else empty


def sizes_at(source: str, at: datetime | None) -> dict[str | None, dict[str, int]]:
    """Office → field → prospects of it that have such a date, as they were listed in that edition.

    Under `""`, which is no field, all of them.
    """
    listed = Prospect.objects.of(source).order_by()
    if at:
        listed = listed.filter(Q(left_at=None) | Q(left_at__gt=at), first_seen_at__lte=at)
    counts = {name: Count(f"{name}_to") for name in WINDOWS}
    sizes: dict[str | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in listed.values(*OFFICES).annotate(every=Count("pk"), **counts):
        of_this = sizes[named([row[name] for name in OFFICES])]
        of_this[""] += row["every"]
        for name in WINDOWS:
            of_this[name] += row[name]
    return sizes


def dated_in(sizes: Mapping[str | None, Mapping[str, int]], office: str | None, field: str) -> int:
    """For a field that is no date, all prospects of the office."""
    return sizes.get(office, {}).get(field if field in WINDOWS else "", 0)


def named(names: Iterable[str | None]) -> str | None:
    return next(filter(None, names), None)


def moved_in_bulk(change: Change) -> bool:
    """Whether its office moved many dates the same way in that edition."""
    if not change.shift_days:
        return False
    way = {"shift_days__gt": 0} if change.shift_days > 0 else {"shift_days__lt": 0}
    office = office_name(change.prospect)
    same = Change.objects.filter(
        of_office(office, "prospect__"), run=change.run_id, field=change.field, **way
    )
    moved = same.values("prospect").distinct().count()
    if moved < LEAST:
        return False
    return is_bulk(moved, dated_in(sizes_at(change.prospect.source.key, change.at), office, change.field))
