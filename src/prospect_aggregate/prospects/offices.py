"""Prospects of one office, and whether an edition moved many of them at once (STATISTICS §6)."""

from datetime import datetime

from django.db.models import Q

from prospect_aggregate.prospects.bulk import LEAST, is_bulk
from prospect_aggregate.prospects.models import Change, Prospect

OFFICES = ("office", "component", "program_office")
"""The first that a list names is who buys (STATISTICS §5)."""
WINDOWS = ("solicitation", "award", "performance")


def office_name(prospect: Prospect) -> str | None:
    return prospect.office or prospect.component or prospect.program_office


def of_office(office: str | None, prefix: str = "") -> Q:
    """The first of the three names that is not empty, is this one; None is a prospect that names none."""
    empty, found = Q(), Q(pk__in=())
    for name in OFFICES:
        if office:
            found |= empty & Q(**{f"{prefix}{name}": office})
        empty &= Q(**{f"{prefix}{name}": None}) | Q(**{f"{prefix}{name}": ""})
    return found if office else empty


def dated_in(source: str, at: datetime | None, office: str | None, field: str) -> int:
    """Prospects of the office with such a date, as they were listed in that edition; for other fields all of them."""
    listed = Prospect.objects.of(source).filter(of_office(office))
    if at:
        listed = listed.filter(Q(left_at=None) | Q(left_at__gt=at), first_seen_at__lte=at)
    if field in WINDOWS:
        listed = listed.filter(**{f"{field}_to__isnull": False})
    return listed.count()


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
    return moved >= LEAST and is_bulk(
        moved, dated_in(change.prospect.source.key, change.at, office, change.field)
    )
