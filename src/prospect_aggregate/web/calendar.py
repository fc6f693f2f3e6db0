"""One month of coming solicitations: days that are published as days, and beside them what names no day."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from prospect_aggregate.normalize.dates import quarter_of
from prospect_aggregate.prospects import counted, memo
from prospect_aggregate.prospects.entries import EntryQuerySet, entries_of, rows_of
from prospect_aggregate.prospects.models import ProspectQuerySet

SHOWN_OF_A_DAY, SHOWN_BESIDE = 4, 12
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A prospect as a line of the calendar."""

    pk: int
    title: str
    address: str
    below: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some of those that share a day, a month or a quarter; the link opens all of them."""

    name: str
    words: str
    count: int
    entries: list[Line]

    @property
    def more(self) -> int:
        return self.count - len(self.entries)


@dataclass(frozen=True, slots=True)
class Day:
    """One square; days of the months around it are empty."""

    date: date
    here: bool
    today: bool
    bundle: Bundle | None


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: list[list[Day]]
    beside: list[Bundle]
    """Sometime this month, this quarter, this year."""
    days: int
    """Solicitations with a day in it."""

    @property
    def before(self) -> date | None:
        return (self.first - timedelta(days=1)).replace(day=1) if self.first > FIRST else None

    @property
    def after(self) -> date | None:
        return (self.first + timedelta(days=31)).replace(day=1) if self.first < LAST else None


def month_in(text: str, *, today: date) -> date:
    """`2026-06` as its first day; this month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST <= first <= LAST else today.replace(day=1)


def month_of(first: date, *, day: date) -> Month:
    """Worked out once for as long as nothing happens to any source."""
    return memo.kept(f"calendar {first} {day}", None, partial(_month, first, day))


def _month(first: date, day: date) -> Month:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    bundles = _days(first, last, day)
    weeks = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)
    squares = [
        [Day(it, it.month == first.month, it == day, bundles.get(it)) for it in week] for week in weeks
    ]
    return Month(first, squares, _beside(first, day), sum(it.count for it in bundles.values()))


def _days(first: date, last: date, day: date) -> dict[date, Bundle]:
    there = counted.solicited(day).filter(
        solicitation_precision="day", solicitation_to__gte=first, solicitation_to__lte=last
    )
    counts = dict(there.order_by().values_list("solicitation_to").annotate(count=Count("pk")))
    shown: dict[date, list[Line]] = defaultdict(list)
    for row in rows_of(_first_of_each_day(there).values_list("pk", flat=True), *_COLUMNS):
        shown[row["solicitation_to"]].append(_line(row))
    return {
        at: Bundle(f"on-{at}", f"{at.day} {at:%b}", count, shown[at]) for at, count in counts.items() if at
    }


def _first_of_each_day(there: ProspectQuerySet) -> EntryQuerySet:
    place = Window(RowNumber(), partition_by=F("solicitation_to"), order_by=_LARGEST_FIRST)
    ranked = entries_of(there).annotate(place=place).filter(Q(place__lte=SHOWN_OF_A_DAY))
    return ranked.order_by("solicitation_to", "place")


_LARGEST_FIRST = (F("value_max").desc(nulls_last=True), F("source__key"), F("native_id"))
_COLUMNS = ("source__key", "source__name", "native_id", "title", "component", "office", "solicitation_to")


def _line(row: dict[str, Any]) -> Line:
    who = " › ".join(filter(None, (row["source__name"], row["component"] or row["office"])))
    address = reverse("prospect", args=[row["source__key"], row["native_id"]])
    return Line(row["pk"], row["title"] or row["native_id"], address, who)


def _beside(first: date, day: date) -> list[Bundle]:
    """What is published for this month, this quarter or this year, and for no day of them."""
    year, quarter = quarter_of(first)
    sought = [
        (f"in-{first:%Y-%m}", f"{first:%B}, no day published"),
        (f"in-fy{year}-q{quarter}", f"Sometime this quarter (Q{quarter} FY{year % 100:02})"),
        (f"in-fy{year}", f"Sometime this year (FY{year % 100:02})"),
    ]
    return [_bundle(name, words, day) for name, words in sought]


def _bundle(name: str, words: str, day: date) -> Bundle:
    there = counted.counted(name, day=day).prospects
    largest = entries_of(there).order_by(*_LARGEST_FIRST).values_list("pk", flat=True)
    lines = [_line(row) for row in rows_of(largest[:SHOWN_BESIDE], *_COLUMNS)]
    return Bundle(name, words, there.order_by().count(), lines)
