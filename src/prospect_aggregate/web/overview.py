"""The analyst's first page in numbers: each is the length of the list that its link opens."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Case, CharField, Count, Value, When

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import counted, memo
from prospect_aggregate.prospects.counted import SLIPS, Span
from prospect_aggregate.prospects.figure_words import Shown, shown
from prospect_aggregate.prospects.filters import OUTLOOKS, Filters
from prospect_aggregate.prospects.found import found
from prospect_aggregate.prospects.groups import WHOLE
from prospect_aggregate.prospects.landmarks import HORIZONS, NotEnoughHistoryError
from prospect_aggregate.prospects.reliability import reliability_of
from prospect_aggregate.web.states import State

SOON = "next-30-days"
LISTS = ("new", "moved-later", "moved-earlier", "overdue", SOON)
SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Number:
    """How many a list holds."""

    name: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in its row of the table."""

    name: str
    words: str
    count: int
    width: float
    """Per cent of the longest."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything on the page that is counted over all prospects, as of a day."""

    lists: list[Number]
    shelves: dict[str, int]
    quarters: list[Bar]
    slips: list[Bar]

    @property
    def by_name(self) -> dict[str, int]:
        return {it.name.replace("-", "_"): it.count for it in self.lists}

    @property
    def total(self) -> int:
        return sum(self.shelves.values())

    @property
    def moved(self) -> int:
        return sum(bar.count for bar in self.slips)


@dataclass(frozen=True, slots=True)
class Held:
    """One source, since when it was followed, and the share of its dates that moved later."""

    source: Source
    start: date
    later: Shown


@dataclass(frozen=True, slots=True)
class Holding:
    """Sources whose dates were followed, by name, and how many have no history yet."""

    sources: list[Held]
    young: int


def numbers_of(*, day: date) -> Numbers:
    """Counted once for as long as nothing happens to any source."""
    return memo.kept(f"overview {day}", None, partial(_counted, day))


def _counted(day: date) -> Numbers:
    shelved = _shelved(day)
    coming = [
        (last, coarse, count) for outlook, last, coarse, count in shelved if outlook == "upcoming" and last
    ]
    lists = [_soon(coming, day) if name == SOON else _number(name, day) for name in LISTS]
    return Numbers(lists, _shelves(shelved), _bars(counted.spans(coming)), _bars(_slips(day)))


def _shelved(day: date) -> list[tuple[str, date | None, str, int]]:
    """Shelf, last day, precision and how many."""
    all_found = found(Filters(), day=day)
    return [(*spot, all_found.counts[shelving]) for shelving, spot in all_found.spots.items()]


def _soon(coming: Iterable[tuple[date, str, int]], day: date) -> Number:
    """Of what is counted already: the same as the list of that name."""
    until = day + counted.SOON
    count = sum(count for last, coarse, count in coming if last <= until and coarse != "year")
    return Number(SOON, counted.soon(day).words, count)


def _number(name: str, day: date) -> Number:
    listed = counted.counted(name, day=day)
    return Number(name, listed.words, listed.prospects.order_by().count())


def _shelves(shelved: Iterable[tuple[str, date | None, str, int]]) -> dict[str, int]:
    counts = dict.fromkeys(OUTLOOKS, 0)
    for outlook, _, _, count in shelved:
        counts[outlook] += count
    return counts


def _slips(day: date) -> list[Span]:
    cases = [When(condition, then=Value(name)) for name, (_, condition) in SLIPS.items()]
    named = counted.moved(day).order_by().annotate(slip=Case(*cases, output_field=CharField()))
    counts = Counter(dict(named.values_list(SLIP).annotate(count=Count("pk"))))
    return [Span(name, words, counts[name]) for name, (words, _) in SLIPS.items()]


def _bars(spans: Sequence[Span]) -> list[Bar]:
    most = max((span.count for span in spans), default=0) or 1
    return [Bar(it.name, it.words, it.count, round(100 * it.count / most, 1)) for it in spans]


def holding(*, day: date) -> Holding:
    return memo.kept(f"holding {day}", None, partial(_held, day))


def is_holding_known(*, day: date) -> bool:
    """Else a page asks for it after it is there: after a run, large lists take a while to be followed anew."""
    return memo.known(f"holding {day}", None)


def _held(day: date) -> Holding:
    followed, young = [], 0
    for source in Source.objects.filter(last_good_at__isnull=False).order_by("name"):
        try:
            reliability = reliability_of(source, day=day, horizon=HORIZONS[0])
        except NotEnoughHistoryError:
            young += 1
            continue
        if figures := reliability.of(WHOLE):
            followed.append(Held(source, reliability.followed.start.date(), shown(figures.later)))
    return Holding(followed, young)


def health(states: Sequence[State]) -> list[tuple[str, str, int]]:
    """State, its word, how many sources are so; worst first, as they come."""
    counts = Counter(state.health.state for state in states)
    words = {state.health.state: state.word for state in states}
    return [(state, words[state], count) for state, count in counts.items()]
