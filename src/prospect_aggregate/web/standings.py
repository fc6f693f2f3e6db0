"""Rows of the agencies page: one group each, with what it shows today and how its dates held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import figure_words, memo
from prospect_aggregate.prospects.figure_words import Shown, shown
from prospect_aggregate.prospects.groups import WHOLE, Group
from prospect_aggregate.prospects.intervals import Share
from prospect_aggregate.prospects.landmarks import NotEnoughHistoryError
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.reliability import Figures, Reliability, reliability_of
from prospect_aggregate.prospects.stock import Counts, Stock, Stocks, stocks_of
from prospect_aggregate.web.present import share

SORTS = {"name": "name", "passed": "share passed", "later": "share moved later", "early": "share left early"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A source on one day: its groups, and how they were followed; `history` says why they could not be."""

    source: Source
    stocks: Stocks
    reliability: Reliability | None
    history: str


@dataclass(frozen=True, slots=True)
class Line:
    """One group as a row of the table."""

    group: Group
    source: Source
    name: str
    address: str
    counts: Counts
    figures: Figures | None
    shares: dict[str, Share]
    history: str

    @property
    def passed(self) -> Shown:
        return shown(self.shares["passed"])

    @property
    def later(self) -> Shown:
        return self._moved("later")

    @property
    def early(self) -> Shown:
        return self._moved("early")

    @property
    def stood(self) -> Shown:
        return self._moved("stood")

    def _moved(self, name: str) -> Shown:
        return shown(self.shares[name]) if name in self.shares else Shown("no history yet", hint=self.history)

    @property
    def completeness(self) -> str:
        """Of the solicitation's date: three numbers, never one (STATISTICS §11)."""
        it = self.counts
        if not it.published:
            return "not published"
        return (
            f"published {share(it.published, it.listed)}, read {share(it.read, it.published)}, "
            f"placeholder {share(it.placeholder, it.listed)}"
        )


def standing_of(source: Source, *, day: date, horizon: int) -> Standing:
    stocks = stocks_of(source, day=day)
    try:
        return Standing(source, stocks, reliability_of(source, day=day, horizon=horizon), "")
    except NotEnoughHistoryError as short:
        return Standing(source, stocks, None, str(short))


def agencies(*, day: date, horizon: int) -> list[Line]:
    """Worked out once for as long as nothing happens to any source."""
    return memo.kept(f"agencies {day} {horizon}", None, lambda: agencies_of(_everywhere(day, horizon)))


def _everywhere(day: date, horizon: int) -> list[Standing]:
    """Of every source that lists anything, by name."""
    listing = Source.objects.filter(last_good_at__isnull=False).order_by("name")
    found = (standing_of(source, day=day, horizon=horizon) for source in listing)
    return [it for it in found if it.stocks.of(WHOLE)]


def agencies_of(standings: Iterable[Standing]) -> list[Line]:
    """Agencies by name: a source that lists several gives a row for each, any other one for itself."""
    lines = [line_of(it, group) for it in standings for group in _agencies(it.stocks)]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.source.name))


def _agencies(stocks: Stocks) -> list[Group]:
    named = [group for group in stocks.groups if group.level == "agency"]
    return named if len(named) > 1 else [WHOLE]


def parts_of(standing: Standing, level: str, agency: str | None) -> list[Group]:
    """The groups of one level, by name, of one agency where one is asked for."""
    groups = [it for it in standing.stocks.groups if it.level == level and agency in (None, it.agency)]
    return sorted(groups, key=_by_name)


def largest_of(standing: Standing, groups: list[Group], count: int) -> list[Group]:
    """Those that list the most, by name, as all of them are."""
    listed = {group: standing.stocks.groups[group].counts.listed for group in groups}
    return sorted(sorted(groups, key=lambda it: -listed[it])[:count], key=_by_name)


def _by_name(group: Group) -> tuple[str, ...]:
    return tuple(part or "" for part in group)


def line_of(standing: Standing, group: Group) -> Line:
    stock = standing.stocks.groups[group]
    figures = standing.reliability.of(group) if standing.reliability else None
    return Line(
        group=group,
        source=standing.source,
        name=group.name or standing.source.agency or standing.source.name,
        address=_address(standing.source, group),
        counts=stock.counts,
        figures=figures,
        shares=_shares(stock, figures),
        history=standing.history or "nothing of it was listed on the day it would be followed from",
    )


def _shares(stock: Stock, figures: Figures | None) -> dict[str, Share]:
    if figures is None:
        return {"passed": stock.passed}
    return {
        "passed": stock.passed, "later": figures.later, "early": figures.left_early, "stood": figures.stood,
    }  # fmt: skip


def _address(source: Source, group: Group) -> str:
    asked = f"?{urlencode({'agency': group.agency})}" if group.level == "agency" else ""
    return reverse("agency", args=[source.key]) + asked


def in_order(lines: list[Line], sort: str) -> list[Line]:
    """By the lower end of the interval where a share is asked for; those too few to say stand last, by name."""
    if sort not in SORTS or sort == "name":
        return lines
    return sorted(lines, key=lambda line: _place(line.shares.get(sort)))


def _place(share: Share | None) -> float:
    return -share.low if share and share.shown else 1.0


def based_on(lines: Iterable[Line]) -> str:
    """Under the table: the parts of everything that it counts (STATISTICS §9)."""
    counts = sum((line.counts for line in lines), Counts())
    excluded = {"undated": counts.undated, "closed": counts.closed, "under_way": counts.under_way}
    return figure_words.based_on(counts.n, counts.listed, excluded)


def followed_on(lines: Iterable[Line]) -> str:
    """The same of the groups that were followed; empty where none was."""
    figures = [line.figures for line in lines if line.figures]
    if not figures:
        return ""
    excluded = {part: sum(it.excluded[part] for it in figures) for part in figure_words.PARTS}
    return figure_words.based_on(sum(it.n for it in figures), sum(it.listed for it in figures), excluded)


def sentence_for(prospect: Prospect, *, day: date, horizon: int) -> str:
    """How often dates moved where this prospect comes from; why that is not known yet; empty when too few."""
    try:
        reliability = reliability_of(prospect.source, day=day, horizon=horizon)
    except NotEnoughHistoryError as short:
        return f"How often dates move here: {short}."
    nearest = reliability.nearest(prospect)
    return figure_words.line_of(nearest, reliability.followed) if nearest else ""
