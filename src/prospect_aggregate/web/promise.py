"""The slip ledger of a prospect in words and as a small picture: when each promise was seen, and of what time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.prospects.offices import moved_in_bulk
from prospect_aggregate.prospects.slip_ledger import FIRST, Entry
from prospect_aggregate.web import present

WORDS = {
    "given": "date given",
    "removed": "date removed",
    "restated": "restated, no move",
    "reworded": "other words",
}
WIDTH, ROW, TOP, RIGHT, EDGE = 640, 24, 8, 180, 32
"""In the picture's own units: at the right is room for the words of the last bar; words of a tick nearer than the edge
begin at it."""
MOST = 12
NARROWEST = 5.0
"""A day is drawn this wide, or nobody sees it."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise: when it was seen, what it was, how it had moved since the one before."""

    at: datetime
    run: int
    promise: str
    kind: str
    shift: str
    bulk: bool

    @property
    def first(self) -> bool:
        return self.kind == FIRST


@dataclass(frozen=True, slots=True)
class Bar:
    """A promise in the picture: seen at `seen`, of the time from `x` for `width`."""

    y: int
    seen: float
    x: float
    width: float
    words: str
    kind: str

    @property
    def middle(self) -> int:
        return self.y + ROW // 2

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def free(self) -> float:
        """Where nothing more is drawn: a promise that was over when it was seen has its line at the right."""
        return max(self.end, self.seen)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str

    @property
    def anchor(self) -> str:
        return "start" if self.x < EDGE else "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    bars: list[Bar]
    ticks: list[Tick]
    today: float

    @property
    def height(self) -> int:
        return TOP + ROW * len(self.bars) + 20

    @property
    def floor(self) -> int:
        return TOP + ROW * len(self.bars)


def promised(entries: Iterable[Entry], *, day: date) -> list[Promised]:
    return [_promised(entry, day) for entry in entries]


def _promised(entry: Entry, day: date) -> Promised:
    seen, shift = entry.seen, entry.shift
    counted = present.shift(shift.days, at_least=shift.at_least) if shift and entry.is_move else ""
    bulk = entry.is_move and seen.change is not None and moved_in_bulk(seen.change)
    words = counted or WORDS.get(entry.kind, "")
    return Promised(seen.at, seen.run, window_words(seen.window, day=day), entry.kind, words, bulk)


def window_words(window: Window, *, day: date) -> str:
    """The window of one promise, or in which way there is none."""
    return present.promise_text(
        present.Promise("solicitation", window.first, window.last, window.precision, window.text), day=day
    )


def picture_of(entries: list[Entry], *, day: date) -> Picture | None:
    """Nothing for a promise that stands as it was first seen. Of many, the first and the latest are drawn."""
    drawn = entries if len(entries) <= MOST else [entries[0], *entries[1 - MOST :]]
    dated = [entry for entry in drawn if entry.seen.window.last]
    if len(drawn) < 2 or not dated:
        return None
    days = [day, *(entry.seen.at.date() for entry in drawn)]
    days += [end for entry in dated for end in (entry.seen.window.first, entry.seen.window.last) if end]
    scale = Scale(min(days), max(days))
    bars = [_bar(entry, number, scale, day) for number, entry in enumerate(drawn)]
    return Picture(bars, scale.ticks(), scale.at(day))


@dataclass(frozen=True, slots=True)
class Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(4 + (WIDTH - RIGHT - 8) * (day - self.first).days / span, 1)

    def ticks(self) -> list[Tick]:
        """The beginnings of quarters; of years, where those would be too many."""
        months = [
            date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in (1, 4, 7, 10)
        ]
        within = [it for it in months if self.first <= it <= self.last]
        told = within if len(within) <= 8 else [it for it in within if it.month == 1]
        return [Tick(self.at(it), f"{it:%b %Y}" if it.month == 1 else f"{it:%b}") for it in told]


def _bar(entry: Entry, number: int, scale: Scale, day: date) -> Bar:
    window, seen = entry.seen.window, scale.at(entry.seen.at.date())
    words, y = window_words(window, day=day), TOP + ROW * number
    if window.first is None or window.last is None:
        return Bar(y, seen, seen, 0, words, entry.kind)
    start = scale.at(window.first)
    return Bar(y, seen, start, max(round(scale.at(window.last) - start, 1), NARROWEST), words, entry.kind)
