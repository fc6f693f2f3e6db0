"""What is one line of the feed: the changes of one prospect in one edition, an office's revision, a replaced list."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from prospect_aggregate.prospects.bulk import LEAST, Revision, bulk_revisions
from prospect_aggregate.prospects.consequence import NOBODYS, Concern, Group, Told, direction_of, group_of
from prospect_aggregate.prospects.models import Change

Kind, LOW = Change.Kind, Change.Significance.LOW
COMPARABLE = 6
"""Of fewer moves there is no median (STATISTICS §5)."""


class Fold(StrEnum):
    """What a line stands for."""

    PROSPECT = "prospect"
    REVISION = "revision"
    FIRST_LIST = "first_list"
    REPLACED_LIST = "replaced_list"


@dataclass(frozen=True, slots=True)
class Line:
    fold: Fold
    group: Group
    changes: tuple[Told, ...]

    @property
    def prospects(self) -> int:
        return len({change.prospect for change in self.changes})


@dataclass(frozen=True, slots=True)
class Section:
    """A group with its lines, the newest edition first."""

    group: Group
    lines: list[Line]
    unread: int = 0
    """Changes that were counted and not read."""

    @property
    def count(self) -> int:
        """Of changes, however many stand in one line."""
        return sum(len(line.changes) for line in self.lines) + self.unread

    @property
    def changes(self) -> list[Told]:
        return [change for line in self.lines for change in line.changes]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is to change: what a part is a part of."""

    dated: Callable[[Revision], int]
    """Prospects of the office that have such a date."""
    listed: Callable[[int], int]
    """Rows of the edition that a run brought."""


def sections_of(changes: Iterable[Told], sizes: Sizes, concern: Concern = NOBODYS) -> list[Section]:
    """Every group in its order, empty ones too; each change stands in one line of one group."""
    told = list(changes)
    lines = lines_of(told, sizes, concern)
    return [Section(group, [line for line in lines if line.group == group]) for group in Group]


def lines_of(told: list[Told], sizes: Sizes, concern: Concern = NOBODYS) -> list[Line]:
    """What a reader is concerned with stands by itself, also while its office edits all others."""
    free = [change for change in told if not _stands_alone(change, concern)]
    revisions = {it.pk: revision_of(it) for it in free if it.kind == Kind.CHANGED}
    moves = ((revisions[it.pk], it.prospect) for it in free if it.pk in revisions)
    revised = bulk_revisions(moves, sizes.dated)
    in_bulk = {pk: revision for pk, revision in revisions.items() if revision in revised}
    replaced = _replaced(free, sizes.listed)
    kept: dict[tuple[Fold, Group, Hashable], list[Told]] = defaultdict(list)
    for it in told:
        fold, key = _fold(it, concern, in_bulk, replaced)
        kept[fold, group_of(it, concern), key].append(it)
    lines = [Line(fold, group, tuple(changes)) for (fold, group, _), changes in kept.items()]
    return sorted(lines, key=_place)


def _fold(
    it: Told, concern: Concern, in_bulk: Mapping[int, Revision], replaced: Collection[tuple[int, str]]
) -> tuple[Fold, Hashable]:
    if _stands_alone(it, concern):
        return Fold.PROSPECT, (it.prospect, it.run)
    if it.kind == Kind.CHANGED:
        if revision := in_bulk.get(it.pk):
            return Fold.REVISION, revision
        return Fold.PROSPECT, (it.prospect, it.run)
    if it.kind == Kind.LISTED and it.significance == LOW:
        return Fold.FIRST_LIST, it.run
    way = _way(it)
    return (
        (Fold.REPLACED_LIST, (it.run, way))
        if (it.run, way) in replaced
        else (Fold.PROSPECT, (it.prospect, it.run))
    )


def _stands_alone(it: Told, concern: Concern) -> bool:
    return it.reused or concern.is_of(it)


def revision_of(it: Told) -> Revision:
    return Revision(it.source, it.run, it.office, it.field, direction_of(it))


def _way(it: Told) -> str:
    """Leaving is one way, early or late; a prospect set aside by a replay went nowhere."""
    return "" if it.field else "left" if it.kind in Change.LEFT else it.kind


def _replaced(told: list[Told], listed: Callable[[int], int]) -> set[tuple[int, str]]:
    """Editions in which more than a third of a list came, went or came back (STATISTICS §7)."""
    moved: dict[tuple[int, str], int] = defaultdict(int)
    for it in told:
        if it.kind != Kind.CHANGED and (way := _way(it)):
            moved[it.run, way] += 1
    many = {(run, way): count for (run, way), count in moved.items() if count >= LEAST}
    return {(run, way) for (run, way), count in many.items() if 3 * count > _whole(listed(run), count, way)}


def _whole(listed: int, moved: int, way: str) -> int:
    """Those that left stood on the list before; the others stand on it now."""
    return listed + moved if way == "left" else listed


def _place(line: Line) -> tuple[float, bool, int, int]:
    """The newest edition first, revisions before single prospects, the larger move before the smaller."""
    first = line.changes[0]
    move = max(abs(change.shift_days or 0) for change in line.changes)
    return (
        -first.at.timestamp(),
        line.fold == Fold.PROSPECT,
        -move,
        -max(change.pk for change in line.changes),
    )


def median_move(changes: Iterable[Told]) -> float | None:
    """Of the moves whose length is known; None where they are too few."""
    moves = sorted(
        it.shift_days for it in changes if it.shift_days and not it.shift_at_least and not it.reused
    )
    if len(moves) < COMPARABLE:
        return None
    return statistics.median(moves)
