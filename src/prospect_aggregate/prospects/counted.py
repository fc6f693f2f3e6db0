"""Lists of prospects that pages count, each by a name: what a number counts is what its link opens."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce

from prospect_aggregate.normalize.dates import Window, fiscal_year_of, quarter_of, quarter_window, year_window
from prospect_aggregate.prospects.models import Change, Prospect, ProspectQuerySet

LATELY = timedelta(days=7)
SOON = timedelta(days=30)
SLIPS: Mapping[str, tuple[str, Q]] = {
    "slip-earlier": ("earlier than first promised", Q(solicitation_slip_days__lt=0)),
    "slip-none": ("moved, and back where it was", Q(solicitation_slip_days=0)),
    "slip-30": ("1 to 30 days later", Q(solicitation_slip_days__range=(1, 30))),
    "slip-90": ("31 to 90 days later", Q(solicitation_slip_days__range=(31, 90))),
    "slip-180": ("91 to 180 days later", Q(solicitation_slip_days__range=(91, 180))),
    "slip-more": ("more than 180 days later", Q(solicitation_slip_days__gt=180)),
}
"""Total slips of what is listed and ever moved; together they are all of it."""
COARSE = Case(
    When(solicitation_to__isnull=False, then=F("solicitation_precision")),
    When(award_to__isnull=False, then=F("award_precision")),
    default=Value("day"),
    output_field=TextField(),
)
"""How precise the window is that decides the shelf."""
_STATE = Coalesce("state", Value(""))
"""As no index has it: few prospects are looked up by number, not all that are listed gone through."""


class Counted(NamedTuple):
    """A list and what it holds, in words."""

    words: str
    prospects: ProspectQuerySet


@dataclass(frozen=True, slots=True)
class Span:
    """A fiscal quarter of what is coming, or a year of which no quarter is published."""

    name: str
    words: str
    count: int


def on(day: date) -> ProspectQuerySet:
    """Everything that is on a list, each purchase once, on its shelf."""
    return Prospect.objects.once().on_shelves(day)


def counted(name: str, *, day: date) -> Counted:
    """Raises LookupError for a name that no page gives."""
    if name in _LISTS:
        return _LISTS[name](day)
    if name in SLIPS:
        words, condition = SLIPS[name]
        return Counted(f"whose solicitation is {words}", moved(day).filter(condition))
    for pattern, make in _PATTERNS:
        if found := re.fullmatch(pattern, name, re.ASCII):
            return _made(make, day, [int(part) for part in found.groups()])
    raise LookupError(f"nothing is counted as {name!r}")


def _made(make: Callable[..., Counted], day: date, numbers: list[int]) -> Counted:
    try:
        return make(day, *numbers)
    except ValueError as error:  # 31 June
        raise LookupError(str(error)) from error


def new(day: date) -> Counted:
    """First seen lately, the first edition of a source left out: all of that is new."""
    listed = Change.objects.filter(kind=Change.Kind.LISTED, significance=Change.Significance.NORMAL)
    return Counted("new in the last 7 days", _lately(listed, day))


def _moved_lately(words: str, condition: Q) -> Callable[[date], Counted]:
    def make(day: date) -> Counted:
        moves = Change.objects.filter(condition, field="solicitation")
        return Counted(f"moved {words} in the last 7 days", _lately(moves, day))

    return make


def _lately(changes: QuerySet[Change], day: date) -> ProspectQuerySet:
    """What is listed and has such changes of the last seven days."""
    until = datetime.combine(day + timedelta(days=1), time(), UTC)
    lately = changes.filter(at__gte=until - LATELY, at__lt=until).order_by().values("prospect")
    return on(day).annotate(now=_STATE).filter(Q(now=Prospect.State.LISTED), pk__in=lately)


def overdue(day: date) -> Counted:
    return Counted("whose solicitation date has passed", on(day).overdue(day))


def soon(day: date) -> Counted:
    coming = upcoming(day).filter(Q(anchor__lte=day + SOON))
    return Counted("with a date in the next 30 days", coming.exclude(Q(coarse="year")))


def upcoming(day: date) -> ProspectQuerySet:
    return on(day).annotate(coarse=COARSE).filter(Q(outlook="upcoming"))


def moved(day: date) -> ProspectQuerySet:
    """Listed, with a solicitation date that has moved since it was first seen."""
    return on(day).listed().filter(solicitation_moves__gt=0, solicitation_slip_days__isnull=False)


def spans(anchors: Iterable[tuple[date, str | None, int]]) -> list[Span]:
    """Last days of windows, their precision and how many, summed up by fiscal quarter.

    A year is drawn on no quarter: its last day is not when anything happens.
    """
    sums: dict[tuple[int, int], int] = {}
    for last, precision, count in anchors:
        place = (fiscal_year_of(last), 5) if precision == "year" else quarter_of(last)
        sums[place] = sums.get(place, 0) + count
    return [_span(*place, count) for place, count in sorted(sums.items())]


def _span(year: int, quarter: int, count: int) -> Span:
    if quarter > 4:
        return Span(f"fy{year}-no-quarter", f"FY{year % 100:02}, no quarter published", count)
    return Span(f"fy{year}-q{quarter}", f"Q{quarter} FY{year % 100:02}", count)


def _quarter(day: date, year: int, quarter: int) -> Counted:
    coming = _ending_in(upcoming(day), quarter_window(year, quarter)).exclude(Q(coarse="year"))
    return Counted(f"coming up in Q{quarter} FY{year % 100:02}", coming)


def _no_quarter(day: date, year: int) -> Counted:
    coming = _ending_in(upcoming(day), year_window(year)).filter(Q(coarse="year"))
    return Counted(f"coming up in FY{year % 100:02}, no quarter published", coming)


def _ending_in(prospects: ProspectQuerySet, window: Window) -> ProspectQuerySet:
    return prospects.filter(Q(anchor__gte=window.first, anchor__lte=window.last))


def solicited(day: date) -> ProspectQuerySet:
    """Listed and open, with a solicitation window: what a calendar has."""
    return on(day).listed().open().filter(solicitation_to__isnull=False)


def solicited_on(day: date, *when: int) -> Counted:
    there = date(*when)
    found = solicited(day).filter(solicitation_precision="day", solicitation_to=there)
    return Counted(f"to be solicited on {there.day} {there:%b %Y}", found)


def solicited_in_month(day: date, year: int, month: int) -> Counted:
    last = date(year, month, monthrange(year, month)[1])
    found = solicited(day).filter(solicitation_precision="month", solicitation_to=last)
    return Counted(f"to be solicited in {last:%b %Y}, no day published", found)


def solicited_in_quarter(day: date, year: int, quarter: int) -> Counted:
    window = quarter_window(year, quarter)
    found = solicited(day).filter(solicitation_precision="quarter", solicitation_to=window.last)
    return Counted(f"to be solicited sometime in Q{quarter} FY{year % 100:02}", found)


def solicited_in_year(day: date, year: int) -> Counted:
    window = year_window(year)
    found = solicited(day).filter(solicitation_precision="year", solicitation_to=window.last)
    return Counted(f"to be solicited sometime in FY{year % 100:02}", found)


_LISTS: Mapping[str, Callable[[date], Counted]] = {
    "new": new,
    "moved-later": _moved_lately("later", Q(shift_days__gt=0)),
    "moved-earlier": _moved_lately("earlier", Q(shift_days__lt=0)),
    "overdue": overdue,
    "next-30-days": soon,
}
_YEAR, _QUARTER, _TWO = r"((?:19|20)\d\d)", r"([1-4])", r"(\d\d)"
_PATTERNS: tuple[tuple[str, Callable[..., Counted]], ...] = (
    (rf"fy{_YEAR}-q{_QUARTER}", _quarter),
    (rf"fy{_YEAR}-no-quarter", _no_quarter),
    (rf"on-{_YEAR}-{_TWO}-{_TWO}", solicited_on),
    (rf"in-{_YEAR}-{_TWO}", solicited_in_month),
    (rf"in-fy{_YEAR}-q{_QUARTER}", solicited_in_quarter),
    (rf"in-fy{_YEAR}", solicited_in_year),
)
