"""What a list shows on one day, without any history: dated, passed, gone quiet, complete (STATISTICS §3, §11)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial

from django.db.models import Count, Q

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.text import is_placeholder
from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.groups import Group, Spot, groups_of, office_of
from prospect_aggregate.prospects.intervals import Middle, Office, Share, design_effect, middle_of, share_of
from prospect_aggregate.prospects.models import (
    CLOSED_PHASES,
    DORMANT_AFTER,
    UNDER_WAY_PHASES,
    Prospect,
    ProspectQuerySet,
)

SPOT = ("agency", "component", "office", "program_office")


@dataclass(slots=True)
class Counts:
    """What is listed on a day, in parts that add up: `n` + undated + closed + under way."""

    listed: int = 0
    closed: int = 0
    under_way: int = 0
    undated: int = 0
    passed: int = 0
    """Of those with a date: its last day is over. The dormant ones are among them."""
    dormant: int = 0
    award_ahead: int = 0
    """Of the passed ones: the award is still promised for a day ahead."""
    published: int = 0
    """Of everything listed: the solicitation's cells hold anything."""
    read: int = 0
    placeholder: int = 0

    @property
    def n(self) -> int:
        """With a dated solicitation promise, and open."""
        return self.listed - self.closed - self.under_way - self.undated

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Stock:
    """One group on one day."""

    counts: Counts
    passed: Share


@dataclass(frozen=True, slots=True)
class Stocks:
    """Every group of one source on one day, and for how many days the passed dates have been over."""

    day: date
    groups: Mapping[Group, Stock]
    passed_days: Middle = field(default_factory=lambda: middle_of(()))
    """Of dates passed by up to 180 days: a living list; the dormant ones have no useful middle."""

    def of(self, group: Group) -> Stock | None:
        return self.groups.get(group)


def stocks_of(source: Source, *, day: date) -> Stocks:
    """Counted once for as long as nothing happens to the source."""
    return memo.kept(f"stock {source.pk} {day}", source, partial(_counted, source, day))


def _counted(source: Source, day: date) -> Stocks:
    by_spot = _by_spot(source, day)
    members: dict[Group, list[tuple[Spot, Counts]]] = defaultdict(list)
    for spot, counts in by_spot.items():
        for group in groups_of(spot):
            members[group].append((spot, counts))
    effect = design_effect(_offices(by_spot.items()))
    groups = {group: _stock(spots, effect) for group, spots in members.items()}
    return Stocks(day, groups, middle_of(_passed_days(source, day)))


def _stock(spots: list[tuple[Spot, Counts]], effect: float | None) -> Stock:
    return Stock(sum((counts for _, counts in spots), Counts()), share_of(_offices(spots), otherwise=effect))


def _offices(spots: Iterable[tuple[Spot, Counts]]) -> list[Office]:
    """Dated prospects of each office, and how many of their dates have passed."""
    tallies: dict[object, Counter[str]] = defaultdict(Counter)
    for spot, counts in spots:
        tallies[office_of(spot)] += Counter(n=counts.n, passed=counts.passed)
    return [(it["n"], it["passed"]) for it in tallies.values() if it["n"]]


def _listed(source: Source) -> ProspectQuerySet:
    return Prospect.objects.of(source.key).listed().once().order_by()


def _by_spot(source: Source, day: date) -> dict[Spot, Counts]:
    closed, under_way = Q(phase__in=CLOSED_PHASES), Q(phase__in=UNDER_WAY_PHASES)
    is_open = Q(phase=None) | ~(closed | under_way)
    passed = is_open & Q(solicitation_to__lt=day)
    parts = {
        "listed": Q(),
        "closed": closed,
        "under_way": under_way,
        "undated": is_open & Q(solicitation_to=None),
        "passed": passed,
        "dormant": passed & Q(solicitation_to__lt=day - DORMANT_AFTER),
        "award_ahead": passed & Q(award_to__gte=day),
        "published": Q(solicitation_to__isnull=False)
        | (Q(solicitation_text__isnull=False) & ~Q(solicitation_text="")),
        "read": Q(solicitation_to__isnull=False),
    }
    counted = {f"count_{name}": Count("pk", filter=condition) for name, condition in parts.items()}
    found = {tuple(spot): Counts(*numbers) for spot, numbers in _rows(source, counted)}
    for spot, placeholders in _placeholders(source).items():
        found[spot].placeholder = placeholders
    return found


def _rows(source: Source, counted: Mapping[str, Count]) -> Iterable[tuple[tuple[str | None, ...], list[int]]]:
    rows = _listed(source).values_list(*SPOT).annotate(**counted)
    return ((row[: len(SPOT)], list(row[len(SPOT) :])) for row in rows)


def _placeholders(source: Source) -> Counter[Spot]:
    """Words that stand for "unknown" where a solicitation's date should."""
    undated = _listed(source).filter(solicitation_to=None, solicitation_text__isnull=False)
    found: Counter[Spot] = Counter()
    for *spot, text, count in undated.values_list(*SPOT, "solicitation_text").annotate(count=Count("pk")):
        if is_placeholder(text):
            found[tuple(spot)] += count
    return found


def _passed_days(source: Source, day: date) -> list[int]:
    over = _listed(source).open().filter(solicitation_to__lt=day, solicitation_to__gte=day - DORMANT_AFTER)
    return [(day - last).days for last in over.values_list("solicitation_to", flat=True) if last]
