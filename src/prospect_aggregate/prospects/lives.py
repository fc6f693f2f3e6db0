"""The prospects of a source as they were on any past day, rebuilt from its ledger."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.prospects.ledger import precision_of, window_in
from prospect_aggregate.prospects.models import Absence, Change, Pair, Prospect

T = TypeVar("T")
PLACES = ("agency", "component", "office", "program_office")
TOLD = ("solicitation", "phase", *PLACES)
"""Fields whose past a figure needs."""
TRADES = ("naics_codes", "office", "value", "requirement_type")
"""Of these two change with the title when a number is used again (STATISTICS §8)."""
OTHER_TITLE = 0.2
NO_DIGEST = b""
"""Of a number that is read no more: its rows are another prospect's."""


class Step(NamedTuple, Generic[T]):
    """One edition that told otherwise than the one before."""

    at: datetime
    run: int
    old: T
    new: T


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """What a list told of one field: now, and each step that led there."""

    now: T
    steps: tuple[Step[T], ...] = ()

    def at(self, moment: datetime) -> T:
        return next((step.old for step in self.steps if step.at > moment), self.now)

    def after(self, moment: datetime, until: datetime) -> Iterator[Step[T]]:
        return (step for step in self.steps if moment < step.at <= until)


class Away(NamedTuple):
    """An absence; `left` is true when two editions in a row did not have it."""

    since: datetime
    until: datetime | None
    left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One prospect, with what a person called its earlier names."""

    pk: int
    first_seen: datetime
    away: tuple[Away, ...]
    told: Mapping[str, Told[Any]]
    reused: bool = False
    """Its number may have been given to another requirement."""

    def listed_at(self, moment: datetime) -> bool:
        absent = any(it.since <= moment and (it.until is None or it.until > moment) for it in self.away)
        return self.first_seen <= moment and not absent

    def promise_at(self, moment: datetime) -> Window:
        window: Window = self.told["solicitation"].at(moment)
        return window

    def text_at(self, field: str, moment: datetime) -> str | None:
        text: str | None = self.told[field].at(moment)
        return text

    def left_after(self, moment: datetime, until: datetime) -> Away | None:
        """The first time that it left then."""
        return next((it for it in self.away if it.left and moment < it.since <= until), None)


def observations_of(source: Source) -> list[datetime]:
    """When a good and whole edition was seen, a new one or the same again; oldest first."""
    partial = Run.objects.filter(
        source=source, complete=False, status=Run.Status.SUCCEEDED, artifact__isnull=False
    )
    good = Run.objects.filter(source=source, complete=True, observed_at__isnull=False).good()
    again = good.filter(status=Run.Status.UNCHANGED, artifact__in=partial.values("artifact"))
    seen = good.exclude(pk__in=again.values("pk")).values_list("observed_at", flat=True)
    return sorted({at for at in seen if at})


def lives_of(source: Source) -> list[Life]:
    """Every purchase once: earlier names are joined to later ones, second copies left out, as a person decided."""
    changes, away = _changes(source), _away(source)
    columns = ("solicitation_from", "solicitation_to", "phase", *PLACES)
    rows = (
        Prospect.objects.of(source.key)
        .exclude(digest=NO_DIGEST)
        .exclude(pk__in=_copies(source))
        .order_by("pk")
    )
    lives = {}
    for pk, first_seen, state, left, first, last, *texts in rows.values_list(
        "pk", "first_seen_at", "state", "left_at", *columns
    ).iterator(chunk_size=2000):
        now = dict(zip(TOLD, (Window(first, last, precision_of(first, last)), *texts), strict=True))
        gone = [Away(left, None, state != Prospect.State.MISSING)] if left else []
        lives[pk] = Life(
            pk=pk, first_seen=first_seen, away=(*away.get(pk, ()), *gone),
            told=_told(now, changes.get(pk, ())), reused=_reused(changes.get(pk, ())),
        )  # fmt: skip
    return list(_joined(source, lives).values())


def _changes(source: Source) -> dict[int, list[Change]]:
    fields = {*TOLD, "title", *TRADES}
    kept = Change.objects.filter(prospect__source=source, field__in=fields).order_by("prospect", "at", "pk")
    found = kept.only("prospect_id", "run_id", "field", "old", "new", "at").iterator(chunk_size=2000)
    return {pk: list(group) for pk, group in groupby(found, key=lambda change: change.prospect_id)}


def _away(source: Source) -> dict[int, list[Away]]:
    found: dict[int, list[Away]] = defaultdict(list)
    for absence in Absence.objects.filter(prospect__source=source).order_by("left_at"):
        found[absence.prospect_id].append(Away(absence.left_at, absence.back_at, absence.declared))
    return found


def _copies(source: Source) -> list[int]:
    twins = Pair.objects.standing().filter(kind=Pair.Kind.TWIN, under__source=source)
    return [pk for pk in twins.values_list("under", flat=True) if pk]


def _told(now: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Told[Any]]:
    told = {field: Told(value) for field, value in now.items()}
    for change in changes:
        if change.field in told:
            read = _READ.get(change.field, _as_is)
            step = Step(change.at, change.run_id, read(change.old), read(change.new))
            before = told[change.field]
            told[change.field] = Told(before.now, (*before.steps, step))
    return told


def _as_is(text: str | None) -> str | None:
    return text


_READ: Mapping[str, Callable[[str | None], Any]] = {"solicitation": window_in}


def _reused(changes: Iterable[Change]) -> bool:
    """In one edition another title, and at least two other facts of the trade (STATISTICS §8)."""
    for _, group in groupby(changes, key=lambda change: change.run_id):
        together = {change.field: change for change in group}
        title = together.get("title")
        if title and _alike(title.old, title.new) < OTHER_TITLE and _another_trade(together) >= 2:
            return True
    return False


def _alike(old: str | None, new: str | None) -> float:
    """The share of words that two titles have in common."""
    before, after = (set((text or "").casefold().split()) for text in (old, new))
    return len(before & after) / (len(before | after) or 1)


def _another_trade(together: Mapping[str, Change]) -> int:
    return sum(field in together and _differs(together[field]) for field in TRADES)


def _differs(change: Change) -> bool:
    """Of NAICS codes the first four digits count."""
    if change.field != "naics_codes":
        return True
    return (change.old or "")[:4] != (change.new or "")[:4]


def _joined(source: Source, lives: dict[int, Life]) -> dict[int, Life]:
    renamed = Pair.objects.standing().filter(kind=Pair.Kind.RENAMED, newer__source=source)
    for older, newer in renamed.order_by("newer__first_seen_at").values_list("older", "newer"):
        if older in lives and newer in lives:
            lives[newer] = join(lives.pop(older), lives[newer])
    return lives


def join(older: Life, newer: Life) -> Life:
    """One life under two numbers: it did not leave when it became the other."""
    became = newer.first_seen
    away = [it for it in older.away if it.since < became]
    if away and (away[-1].until is None or away[-1].until > became):
        away[-1] = away[-1]._replace(until=became)
    told = {field: _continued(older.told[field], newer.told[field], became) for field in TOLD}
    return replace(newer, first_seen=older.first_seen, away=(*away, *newer.away), told=told,
                   reused=older.reused or newer.reused)  # fmt: skip


def _continued(older: Told[T], newer: Told[T], became: datetime) -> Told[T]:
    before = [step for step in older.steps if step.at < became]
    old, new = older.at(became), newer.at(became)
    between = [Step(became, 0, old, new)] if old != new else []
    return Told(newer.now, (*before, *between, *newer.steps))
