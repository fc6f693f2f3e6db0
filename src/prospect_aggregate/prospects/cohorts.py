"""A group fixed on one day, and what befell each of its members first (STATISTICS §4, §6, §7)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from prospect_aggregate.normalize.dates import PRECISIONS, Window, shift_days
from prospect_aggregate.prospects.groups import Spot, office_of
from prospect_aggregate.prospects.landmarks import Followed
from prospect_aggregate.prospects.lives import Life, Step
from prospect_aggregate.prospects.models import CLOSED_PHASES, UNDER_WAY_PHASES

MATERIAL_DAYS = 15
"""A move of a day by less is on the ledger and in no share."""
BULK, BULK_SHARE = 10, 0.3
"""So many prospects, and so much of an office's dated ones, moved one way in one edition: a bulk revision."""


class Outcome(StrEnum):
    """In the order that decides when one edition shows two of them."""

    LATER = "later"
    EARLIER = "earlier"
    REMOVED = "removed"
    CLOSED = "closed"
    UNDER_WAY = "under_way"
    LEFT_EARLY = "left_early"
    LEFT_DUE = "left_due"
    RESET = "reset"
    STANDS_PASSED = "stands_passed"
    STANDS_AHEAD = "stands_ahead"


STOOD = (Outcome.LEFT_DUE, Outcome.UNDER_WAY, Outcome.STANDS_PASSED)
_ORDER = {outcome: rank for rank, outcome in enumerate(Outcome)}


class Event(NamedTuple):
    """The first thing that befell a member, or how it stood at the end."""

    at: datetime
    outcome: Outcome
    run: int | None = None


class Revision(NamedTuple):
    """A bulk revision: one edition in which one office moved its dates one way."""

    run: int
    office: Spot
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """One prospect of the group."""

    spot: Spot
    office: object
    """Whose rows are edited together."""
    event: Event
    due: bool
    """The window promised at the landmark ended while the group was followed (`D`)."""
    net: int | None = None
    """Days from the promise at the landmark to the one at the end, of those that moved later."""
    revision: Revision | None = None

    @property
    def outcome(self) -> Outcome:
        return self.event.outcome


@dataclass(frozen=True, slots=True)
class Cohort:
    """The members, and everyone else that was listed: why they are none."""

    followed: Followed
    members: list[Member]
    others: Mapping[Spot, Counter[str]]
    """Spot → `undated`, `closed`, `under_way`, `reused` → how many."""
    resets: Mapping[datetime, tuple[int, int]]
    """An edition that replaced the list → how many left in it, of how many."""


def cohort_of(lives: Collection[Life], followed: Followed, *, resets: Collection[datetime] = ()) -> Cohort:
    """Fixed at the landmark: nothing that came later decides who is a member, or whose date fell due."""
    members: list[Life] = []
    others: dict[Spot, Counter[str]] = {}
    for life in lives:
        if not life.listed_at(followed.start):
            continue
        if why := _why_not(life, followed.start):
            others.setdefault(_spot(life, followed.start), Counter())[why] += 1
        else:
            members.append(life)
    spanned = [at for at in resets if followed.start < at <= followed.end]
    revisions = _revisions(lives, followed)
    told = [_member(life, followed, spanned, revisions) for life in members]
    return Cohort(followed, told, others, {at: _replaced(lives, at) for at in sorted(spanned)})


def _why_not(life: Life, moment: datetime) -> str | None:
    """Why a listed prospect is no member."""
    phase = life.text_at("phase", moment)
    if life.reused:
        return "reused"
    if phase in CLOSED_PHASES:
        return "closed"
    if phase in UNDER_WAY_PHASES:
        return "under_way"
    return None if life.promise_at(moment).last else "undated"


def _spot(life: Life, moment: datetime) -> Spot:
    return tuple(life.text_at(place, moment) for place in ("agency", "component", "office", "program_office"))


def _member(
    life: Life,
    followed: Followed,
    resets: Sequence[datetime],
    revisions: Mapping[tuple[int, Spot, Outcome], Revision],
) -> Member:
    event = first_event(life, followed, resets)
    spot = _spot(life, followed.start)
    return Member(
        spot=spot,
        office=office_of(spot),
        event=event,
        due=followed.start.date() <= _last_promised(life, followed) < followed.end.date(),
        net=_net(life, followed) if event.outcome is Outcome.LATER else None,
        revision=revisions.get((event.run, _spot(life, event.at)[:3], event.outcome)) if event.run else None,
    )


def first_event(life: Life, followed: Followed, resets: Sequence[datetime]) -> Event:
    """The first of everything that befell it; of one edition, the first in the order of outcomes."""
    found = [*_moves(life, followed), *_phases(life, followed), *_leaving(life, followed, resets)]
    if found:
        return min(found, key=lambda event: (event.at, _ORDER[event.outcome]))
    passed = _last_promised(life, followed) < followed.end.date()
    return Event(followed.end, Outcome.STANDS_PASSED if passed else Outcome.STANDS_AHEAD)


def _moves(life: Life, followed: Followed) -> Iterator[Event]:
    for step in life.told["solicitation"].after(followed.start, followed.end):
        if (outcome := outcome_of(step.old, step.new)) is not None:
            yield Event(step.at, outcome, step.run)


def outcome_of(old: Window, new: Window) -> Outcome | None:
    """What a new promise comes to; None where the old one still stands, or there was none."""
    shift = shift_days(old, new)
    if shift is None or shift.kind in ("given", "restated", "unchanged"):
        return None
    if shift.kind == "removed" or (shift.at_least and _coarseness(new) > _coarseness(old)):
        return Outcome.REMOVED
    if old.precision == new.precision == "day" and abs(shift.days or 0) < MATERIAL_DAYS:
        return None
    return Outcome.LATER if shift.kind == "later" else Outcome.EARLIER


def _coarseness(window: Window) -> int:
    return PRECISIONS.index(window.precision) if window.precision in PRECISIONS else len(PRECISIONS)


def _phases(life: Life, followed: Followed) -> Iterator[Event]:
    for step in life.told["phase"].after(followed.start, followed.end):
        if step.new in CLOSED_PHASES:
            yield Event(step.at, Outcome.CLOSED)
        elif step.new in UNDER_WAY_PHASES:
            yield Event(step.at, Outcome.UNDER_WAY)


def _leaving(life: Life, followed: Followed, resets: Sequence[datetime]) -> Iterator[Event]:
    gone = life.left_after(followed.start, followed.end)
    if gone is None:
        return
    if gone.since in resets:
        yield Event(gone.since, Outcome.RESET)
    elif gone.since.date() <= _last_promised(life, followed):
        yield Event(gone.since, Outcome.LEFT_EARLY)
    else:
        yield Event(gone.since, Outcome.LEFT_DUE)


def _last_promised(life: Life, followed: Followed) -> date:
    """By what was promised at the landmark."""
    last = life.promise_at(followed.start).last
    assert last is not None  # noqa: S101  # members have a dated promise
    return last


def _net(life: Life, followed: Followed) -> int | None:
    """None where the date was taken away again."""
    gone = life.left_after(followed.start, followed.end)
    last_seen = gone.since if gone else followed.end
    shift = shift_days(life.promise_at(followed.start), life.promise_at(last_seen))
    return shift.days if shift else None


def _replaced(lives: Iterable[Life], at: datetime) -> tuple[int, int]:
    """How many left in an edition, of how many that were on the list before it."""
    gone = [life for life in lives if any(it.left and it.since == at for it in life.away)]
    stayed = sum(life.first_seen < at and life.listed_at(at) for life in lives)
    return len(gone), len(gone) + stayed


def _revisions(lives: Iterable[Life], followed: Followed) -> dict[tuple[int, Spot, Outcome], Revision]:
    """Bulk revisions while the group was followed, by run, office and direction."""
    moved: Counter[Revision] = Counter()
    for life in lives:
        for step in life.told["solicitation"].after(followed.start, followed.end):
            if step.run and (way := _way(step)):
                moved[Revision(step.run, _spot(life, step.at)[:3], way, step.at)] += 1
    many = {it: count for it, count in moved.items() if count >= BULK}
    dated = {at: _dated_before(lives, at) for at in {it.at for it in many}}
    return {it[:3]: it for it, count in many.items() if count >= BULK_SHARE * dated[it.at][it.office]}


def _way(step: Step[Window]) -> Outcome | None:
    outcome = outcome_of(step.old, step.new)
    return outcome if outcome in (Outcome.LATER, Outcome.EARLIER) else None


def _dated_before(lives: Iterable[Life], at: datetime) -> Counter[Spot]:
    """How many dated prospects each office had when an edition came, by what was promised before it."""
    counted: Counter[Spot] = Counter()
    for life in lives:
        old = next(
            (step.old for step in life.told["solicitation"].steps if step.at == at), life.promise_at(at)
        )
        if life.first_seen < at and life.listed_at(at) and old.last:
            counted[_spot(life, at)[:3]] += 1
    return counted
