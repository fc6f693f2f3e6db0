"""What is kept of a source beside what a replay made of it: prospects, ledger, and how editions were read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from prospect_aggregate.collection.models import Edition, Run, RunQuerySet, Source
from prospect_aggregate.prospects import joined
from prospect_aggregate.prospects.models import Change, Prospect, Reading
from prospect_aggregate.replay.reading import REASON
from prospect_aggregate.replay.scratch import SCRATCH

RUNS = ("first_run_id", "last_run_id")
COLUMNS = tuple(str(field.column) for field in Reading._meta.local_fields if field.column not in RUNS)
UNSEEN = ("digest", "filled", "words")
"""How a row is known again, and which fields count as read: kept for programs, shown to nobody."""
READ_AS = ("edition_date", "layout", "heading_row", "headings", "filled")
"""What an ended run still tells of its edition: to pages, and to the gate, which judges later editions by it."""
TOLD = ("prospect__native_id", "kind", "field", "old", "new", "shift_days", "shift_at_least", "significance",
        "at")  # fmt: skip
PAGE = 500  # well below SQLite's limit of variables


@dataclass(frozen=True, slots=True)
class Pair:
    """A prospect as it is kept, and as today's code reads it."""

    kept: Prospect
    today: Prospect

    def differing(self) -> list[str]:
        return [column for column in COLUMNS if getattr(self.kept, column) != getattr(self.today, column)]

    def reads_otherwise(self) -> bool:
        """In anything that somebody sees."""
        return not set(UNSEEN).issuperset(self.differing())


@dataclass(frozen=True, slots=True)
class Ledger:
    """Changes on one side only, by their primary keys there."""

    lost: list[int]
    """Kept, and not seen by today's code."""
    found: list[int]
    """Seen by today's code, in the order in which it saw them."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A run as it stands on record, and the run that did it again."""

    kept: Run
    today: Run

    def differs(self) -> bool:
        """In how its list was read, or in whether and how it is an edition."""
        read = any(getattr(self.kept, name) != getattr(self.today, name) for name in READ_AS)
        anew = self.today.status == Run.Status.SUCCEEDED  # else it saw the same bytes again
        return (read and anew) or edition_facts(self.kept) != edition_facts(self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs."""

    editions: int
    """How many lists today's code read; those that only said that the list still stood are not among them."""
    prospects: int
    """Compared: of either side."""
    differing: list[Pair]
    """Also those that differ in what nobody sees."""
    new: list[Prospect]
    """Read today and not kept."""
    gone: list[Prospect]
    """Kept, and no edition has their number as it is read today."""
    ledger: Ledger
    rereads: list[Reread]
    unreadable: list[Run]
    """Editions that today's code cannot read at all, as runs of the fresh database."""

    @property
    def nothing(self) -> bool:
        parts = (self.differing, self.new, self.gone, self.rereads, self.unreadable)
        return not any((*parts, self.ledger.lost, self.ledger.found))


def difference_of(source: Source) -> Difference:
    """While the fresh database is open; nothing is written."""
    aside, continuing = _set_aside(source), joined.continuing(source)
    differing, gone, numbers = [], [], set()
    for kept, today in _beside(source):
        numbers.add(kept.native_id)
        if kept.pk in continuing:
            joined.part(kept)  # what a person joined, no edition tells
        if today and (pair := Pair(kept, today)).differing():
            differing.append(pair)
        elif today is None and kept.pk not in aside:
            gone.append(kept)
    every = Prospect.objects.using(SCRATCH).order_by("pk")
    return Difference(
        editions=_done_again().filter(status=Run.Status.SUCCEEDED).count(),
        prospects=every.count() + len(gone),
        differing=differing,
        new=[it for it in every.iterator(chunk_size=PAGE) if it.native_id not in numbers],
        gone=gone,
        ledger=_ledger(source, aside),
        rereads=[reread for reread in _rereads(source) if reread.differs()],
        unreadable=list(_done_again().filter(status__in=[Run.Status.FAILED, Run.Status.BLOCKED])),
    )


def again(run: Run) -> int:
    """The run on record that this run of the fresh database did again."""
    return int(run.request.removeprefix(REASON))


def edition_facts(run: Run) -> tuple[int, bool] | None:
    """Rows, and whether they were the whole list; None when the run showed no edition."""
    edition = Edition.objects.using(run._state.db).filter(run=run).first()
    return (edition.rows, edition.complete) if edition else None


def _beside(source: Source) -> Iterator[tuple[Prospect, Prospect | None]]:
    """Everything kept, page by page, with what was read today."""
    ours, last = Prospect.objects.of(source.key).order_by("pk"), 0
    while page := list(ours.filter(pk__gt=last)[:PAGE]):
        numbers = [prospect.native_id for prospect in page]
        theirs = Prospect.objects.using(SCRATCH).filter(native_id__in=numbers)
        found = {prospect.native_id: prospect for prospect in theirs}
        yield from ((prospect, found.get(prospect.native_id)) for prospect in page)
        last = page[-1].pk


def _set_aside(source: Source) -> set[int]:
    """Prospects that an earlier replay declared to be read no more, and that today's code does not read either."""
    read = set(Prospect.objects.using(SCRATCH).values_list("native_id", flat=True))
    told = Change.objects.filter(prospect__source=source, run__purpose=Run.Purpose.REPLAY)
    return {pk for pk, number in told.values_list("prospect", "prospect__native_id") if number not in read}


def _ledger(source: Source, aside: set[int]) -> Ledger:
    """The same change twice is two changes."""
    today = Change.objects.using(SCRATCH).order_by("pk")
    left = Counter(today.values_list(*TOLD).iterator(chunk_size=PAGE))
    kept = Change.objects.filter(prospect__source=source).order_by("pk")
    lost = [
        pk
        for pk, prospect, *told in kept.values_list("pk", "prospect", *TOLD).iterator(chunk_size=PAGE)
        if not _taken(left, told) and prospect not in aside
    ]
    found = [
        pk for pk, *told in today.values_list("pk", *TOLD).iterator(chunk_size=PAGE) if _taken(left, told)
    ]
    return Ledger(lost, found)


def _taken(left: Counter[tuple[Any, ...]], told: list[Any]) -> bool:
    """Whether one like it was left; it is not any more."""
    there = left[tuple(told)] > 0
    left[tuple(told)] -= there
    return there


def _rereads(source: Source) -> Iterator[Reread]:
    """Only of what was read: an edition that cannot be read has nothing to compare."""
    kept = {run.pk: run for run in source.runs.good()}
    for run in _done_again().filter(status__in=[Run.Status.SUCCEEDED, Run.Status.UNCHANGED]):
        yield Reread(kept[again(run)], run)


def _done_again() -> RunQuerySet:
    return Run.objects.using(SCRATCH).order_by("pk")
