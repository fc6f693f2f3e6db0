"""Figures as programs get them: the same names on the command line and in the API (STATISTICS §13)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects.cohorts import Outcome
from prospect_aggregate.prospects.groups import Group
from prospect_aggregate.prospects.intervals import Middle, Share
from prospect_aggregate.prospects.landmarks import Followed, NotEnoughHistoryError
from prospect_aggregate.prospects.reliability import Figures, Reliability, reliability_of
from prospect_aggregate.prospects.stock import Counts, Stock, stocks_of

Object = dict[str, Any]
ALL_LEVELS = ("source", "agency", "component", "office")


def standing_objects(source: Source, *, day: date, horizon: int) -> Iterator[Object]:
    """The source and every agency, component and office in it, by name."""
    stocks = stocks_of(source, day=day)
    try:
        reliability, history = reliability_of(source, day=day, horizon=horizon), None
    except NotEnoughHistoryError as short:
        reliability, history = None, str(short)
    for group in sorted(stocks.groups, key=_by_name):
        yield _standing(source, group, stocks.groups[group], day, reliability, history)


def _by_name(group: Group) -> tuple[int, str, str, str]:
    return ALL_LEVELS.index(group.level), group.agency or "", group.component or "", group.office or ""


def _standing(
    source: Source,
    group: Group,
    stock: Stock,
    day: date,
    reliability: Reliability | None,
    history: str | None,
) -> Object:
    counts = stock.counts
    figures = reliability.of(group) if reliability else None
    return {
        "source": source.key,
        "level": group.level,
        "name": group.name or source.name,
        "agency": group.agency or source.agency,
        "component": group.component,
        "office": group.office,
        "as_of": day,
        **_counts(counts),
        "share_passed": _stock_figure(stock, group, day),
        "completeness": completeness(counts),
        **_moves(figures, reliability),
        "history": history,
    }


def _counts(counts: Counts) -> Object:
    told = ("listed", "undated", "closed", "under_way", "passed", "dormant", "award_ahead")
    return {"dated": counts.n, **{name: getattr(counts, name) for name in told}}


def completeness(counts: Counts) -> Object:
    """Of the solicitation's date; null where the list never fills it."""
    if not counts.published:
        return {"listed": counts.listed, "published": None, "read": None, "placeholder": None}
    return {name: getattr(counts, name) for name in ("listed", "published", "read", "placeholder")}


def _stock_figure(stock: Stock, group: Group, day: date) -> Object:
    counts = stock.counts
    excluded = {
        "undated": counts.undated,
        "closed": counts.closed,
        "under_way": counts.under_way,
        "reused": 0,
    }
    how = {"landmark": day, "horizon_days": None, "follow_up_days": None}
    return {
        **_share(stock.passed),
        "level": group.level,
        **how,
        "excluded": excluded,
        "method": "statistics.md#passed-dates",
    }


def _moves(figures: Figures | None, reliability: Reliability | None) -> Object:
    if figures is None or reliability is None:
        return dict.fromkeys(("moved_later", "left_early", "stood", "size", "outcomes"))
    followed = reliability.followed
    return {
        "moved_later": figure_object(figures.later, figures, followed),
        "left_early": figure_object(figures.left_early, figures, followed),
        "stood": figure_object(figures.stood, figures, followed),
        "size": _size(figures.size),
        "outcomes": {outcome.value: figures.outcomes[outcome] for outcome in Outcome},
    }


def figure_object(share: Share, figures: Figures, followed: Followed) -> Object:
    """A share with everything that it must not be shown without; too few have no value."""
    return {
        **_share(share),
        "level": figures.group.level,
        "landmark": followed.start.date(),
        "horizon_days": followed.horizon,
        "follow_up_days": followed.days,
        "excluded": dict(figures.excluded),
        "method": "statistics.md#reliability",
    }


def _share(share: Share) -> Object:
    known: Mapping[str, float | None] = {"value": share.value, "low": share.low, "high": share.high}
    told = known if share.shown else dict.fromkeys(known)
    rounded = {name: value if value is None else round(value, 4) for name, value in told.items()}
    return {**rounded, "n": share.n, "n_eff": round(share.n_eff, 1)}


def _size(size: Middle) -> Object:
    if not size.shown:
        return {"n": size.n, "median": None, "interval": None, "half": None, "values": list(size.values)}
    return {
        "n": size.n,
        "median": size.median,
        "interval": list(size.interval),
        "half": list(size.half),
        "values": None,
    }
