"""Figures in the words that STATISTICS prescribes: pure, one function per sentence."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from prospect_aggregate.prospects.groups import Group
from prospect_aggregate.prospects.intervals import Middle, Share
from prospect_aggregate.prospects.landmarks import Followed
from prospect_aggregate.prospects.reliability import Bulk, Figures
from prospect_aggregate.prospects.stock import Counts

LEVELS = {
    "office": "This office",
    "component": "This bureau",
    "agency": "This agency",
    "source": "This source",
}
PARTS = {
    "undated": "undated",
    "closed": "closed by the agency",
    "under_way": "under way",
    "reused": "number re-used",
}
CHECK = "A passed date may mean that the solicitation is out: check SAM.gov."
INDEPENDENT = "rows treated as independent"


class Shown(NamedTuple):
    """A share as a cell writes it: value, n and interval; `value` alone where it is too few to say."""

    value: str
    n: str = ""
    interval: str = ""
    hint: str = ""


def shown(share: Share) -> Shown:
    """`5.0 %`, `718`, `3.6–6.9 %`; `none of 61`; `too few to say (n = 7)`."""
    if not share.shown:
        return Shown(f"too few to say (n = {share.n:,})")
    value = percent(share.value) if share.k else f"none of {share.n:,}"
    return Shown(value, f"{share.n:,}", interval(share), INDEPENDENT if share.independent else "")


def percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def whole_percent(value: float) -> str:
    """Without decimals, unless that would call some none or not all all."""
    return f"{100 * value:.0f} %" if value in (0, 1) or 0.01 <= value <= 0.99 else percent(value)


def interval(share: Share) -> str:
    return f"{_end(share.low)}–{_end(share.high)} %"


def _end(value: float) -> str:
    text = f"{100 * value:.1f}"
    return {"0.0": "0", "100.0": "100"}.get(text, text)


def stock_sentence(counts: Counts) -> str:
    """§3, exactly."""
    if not counts.n:
        return "No open forecast shows a solicitation date."
    share = whole_percent(counts.passed / counts.n)
    return (
        f"{counts.passed:,} of {counts.n:,} dated forecasts ({share}) show a solicitation date that has passed. "
        f"{counts.dormant:,} of them passed more than 180 days ago. {CHECK}"
    )


def moved_sentence(figures: Figures, followed: Followed) -> str:
    """§4, exactly: the group, the day, the share and the length of observation; then the size, of those that moved."""
    start, share = long_day(followed.start), figures.later
    if not share.shown:
        return f"Of {share.n:,} forecasts listed on {start}, too few to say (n = {share.n:,})."
    moved = f"{share.k:,}" if share.k else "none"
    said = f"{percent(share.value)}, 95 % interval {interval(share)}" if share.k else interval(share)
    had = f"Of {share.n:,} forecasts listed on {start}, {moved} ({said}) had their date moved later within"
    return " ".join(filter(None, (f"{had} {followed.horizon} days.", size_sentence(figures.size))))


def size_sentence(size: Middle) -> str:
    """How far, always among those that moved; below six the values themselves."""
    if not size.n:
        return ""
    if not size.shown:
        days = ", ".join(f"{days:,}" for days in size.values)
        return f"Among those that moved: {days} days."
    low, high = size.interval
    return (
        f"Among those {size.n:,} the median move was {size.median:g} days "
        f"({low:,} to {high:,}: interval from the order statistics of the {size.n:,})."
    )


def line_of(figures: Figures, followed: Followed) -> str:
    """On a prospect: which level, how many moved, of how many, within what."""
    said = shown(figures.later)
    moved = f"{said.value} {'of ' if figures.later.k else ''}dates moved later in {followed.horizon} d"
    return f"{LEVELS[figures.group.level]}: {moved} · n {said.n} · {said.interval}"


def based_on(n: int, listed: int, excluded: Mapping[str, int]) -> str:
    """§9: the parts add up."""
    parts = ", ".join(f"{excluded.get(part, 0):,} {words}" for part, words in PARTS.items())
    return f"Based on {n:,} of {listed:,} listed: {parts}."


def bulk_sentence(bulk: Bulk) -> str:
    """`30 of 50 moves came from one revision on 4 June; without it 4.2 %.`"""
    one = len(bulk.revisions) == 1
    days = " and ".join(sorted({f"{it.at.day} {it.at:%B}" for it in bulk.revisions}))
    came = f"one revision on {days}" if one else f"{len(bulk.revisions)} revisions on {days}"
    without = shown(bulk.without).value
    return (
        f"{bulk.moves:,} of {bulk.of:,} moves came from {came}; without {'it' if one else 'them'} {without}."
    )


def reset_sentence(at: datetime, left: int, listed: int) -> str:
    return f"list replaced on {at.day} {at:%b}: {left:,} of {listed:,} left in one edition"


def span(followed: Followed) -> str:
    """`13 May–11 Aug 2026`."""
    return f"{followed.start.day} {followed.start:%b}–{long_day(followed.end)}"


def long_day(moment: date) -> str:
    return f"{moment.day} {moment:%b %Y}"


def name_of(group: Group, source: str) -> str:
    return group.name or source
