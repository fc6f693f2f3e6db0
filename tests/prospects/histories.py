"""Generated histories of a list, loaded through the front door, and a plain reading of the same editions beside it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from hypothesis import strategies as st

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.dates import Window, quarter_window
from prospect_aggregate.prospects.landmarks import Followed
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.registry import Registered
from tests.given import collected, day

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = [date(2026, month, day) for month, day in ((1, 10), (1, 20), (2, 1), (2, 9), (2, 20), (6, 1), (6, 9))]
WINDOWS = [
    *(Window(day, day, "day", f"{day}") for day in DAYS),
    *(quarter_window(2026, quarter, f"Q{quarter}") for quarter in (2, 3, 4)),
    Window(date(2026, 2, 1), date(2026, 2, 28), "month", "Feb"),
    Window(text="TBD"),
]
CLOSED, UNDER_WAY = ("awarded", "cancelled"), ("solicitation",)
PHASES = [None, None, None, "planning", *CLOSED, *UNDER_WAY]


class Row(NamedTuple):
    window: Window
    phase: str | None = None
    office: str | None = "A"

    def draft(self, number: str) -> ProspectDraft:
        return ProspectDraft(
            native_id=number, title=f"Purchase {number}", agency="Examples", component="Bureau", office=self.office,
            phase=Coded(self.phase, self.phase), solicitation=self.window,
        )  # fmt: skip


def on(text: str) -> Row:
    """A row that promises this day."""
    moment = day(text).date()
    return Row(Window(moment, moment, "day", text))


Edition = dict[str, Row]
History = list[Edition]
ROWS = st.builds(Row, st.sampled_from(WINDOWS), st.sampled_from(PHASES), st.sampled_from("AAB"))


@st.composite
def histories(draw: st.DrawFn, longest: int = 6) -> History:
    """Weekly editions: rows come, stay as they were, are touched, go, return."""
    numbers = [str(number) for number in range(1, 7)]
    editions: History = [draw(st.dictionaries(st.sampled_from(numbers), ROWS, min_size=3))]
    for _ in range(draw(st.integers(1, longest - 1))):
        edition: Edition = {}
        for number in numbers:
            before = editions[-1].get(number)
            fate = draw(st.sampled_from(("same", "same", "same", "other", "absent")))
            if fate == "other" or (before is None and fate == "same" and draw(st.booleans())):
                edition[number] = draw(ROWS)
            elif fate == "same" and before:
                edition[number] = before
        editions.append(edition)
    return editions


def at(week: int) -> datetime:
    return BEGIN + timedelta(weeks=week)


def followed(weeks: int = 3, start: int = 0) -> Followed:
    return Followed(at(start), at(start + weeks), at(start + weeks))


def load(editions: Sequence[Edition], *, key: str = "plan", first: int = 0, days: int = 0) -> Source:
    """One a week, so many days after it began, each let in: the gate is not what is looked at."""
    for week, edition in enumerate(editions, start=first):
        drafts = [row.draft(number) for number, row in edition.items()]
        registered = Registered(key, key.title(), lambda drafts=drafts: drafts)  # type: ignore[misc]  # a default
        collected(registered, at=at(week) + timedelta(days=days), purpose=Run.Purpose.ADMIT)
    return Source.objects.get(key=key)


@contextmanager
def for_one_example() -> Iterator[None]:
    """What hypothesis loads for one example is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Read(NamedTuple):
    """What a member's outcome must be, by looking at the editions one after the other."""

    outcome: str
    due: bool


def plainly(editions: History, weeks: int = 3) -> list[Read]:
    """The outcomes of everyone who is a member at the first edition."""
    return sorted(
        _read(number, row, editions, weeks)
        for number, row in editions[0].items()
        if row.window.last and row.phase not in (*CLOSED, *UNDER_WAY)
    )


def _read(number: str, promised: Row, editions: History, weeks: int) -> Read:
    last, end = promised.window.last, at(weeks).date()
    assert last
    due = BEGIN.date() <= last < end
    known = promised
    for week in range(1, min(weeks, len(editions) - 1) + 1):
        now = editions[week].get(number)
        if now is None:
            if number in editions[week - 1] and _gone_for_good(number, editions, week):
                return Read("left_early" if at(week).date() <= last else "left_due", due)
            continue
        if happened := _happened(known, now):
            return Read(happened, due)
        known = now
    return Read("stands_passed" if last < end else "stands_ahead", due)


def _gone_for_good(number: str, editions: History, week: int) -> bool:
    """The next edition that differs from this one has no such row either."""
    other = next((it for it in editions[week + 1 :] if it != editions[week]), None)
    return other is not None and number not in other


def _happened(old: Row, new: Row) -> str | None:
    if moved := _moved(old.window, new.window):
        return moved
    if new.phase == old.phase:
        return None
    return "closed" if new.phase in CLOSED else "under_way" if new.phase in UNDER_WAY else None


def _moved(old: Window, new: Window) -> str | None:
    if not (old.first and old.last):
        return None
    if not (new.first and new.last):
        return "removed"
    if old.precision == new.precision:
        days = (new.first - old.first).days
        least = 15 if old.precision == "day" else 1
        return "later" if days >= least else "earlier" if -days >= least else None
    apart = new.first > old.last or new.last < old.first
    coarse = ("day", "month", "quarter")
    if not apart:
        return None
    if coarse.index(new.precision or "") > coarse.index(old.precision or ""):
        return "removed"
    return "later" if new.first > old.last else "earlier"
