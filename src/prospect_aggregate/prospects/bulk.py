"""Revisions in bulk: an office that edits many of its prospects in one edition (STATISTICS §6)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

LEAST = 10
PERCENT = 30
"""Of the office's prospects that have such a date."""


class Revision(NamedTuple):
    """What an office did to one field in one edition, in one direction."""

    source: str
    run: int
    office: str | None
    """As `likeness.office_of` names it; None where the list names none."""
    field: str
    direction: str


def bulk_revisions(
    moves: Iterable[tuple[Revision, int]], dated: Callable[[Revision], int]
) -> dict[Revision, set[int]]:
    """Revision → the prospects that it moved. `dated` says how many prospects of the office have such a date."""
    moved: dict[Revision, set[int]] = defaultdict(set)
    for revision, prospect in moves:
        moved[revision].add(prospect)
    many = {revision: prospects for revision, prospects in moved.items() if len(prospects) >= LEAST}
    return {
        revision: prospects
        for revision, prospects in many.items()
        if is_bulk(len(prospects), dated(revision))
    }


def is_bulk(moved: int, dated: int) -> bool:
    return moved >= LEAST and moved * 100 >= PERCENT * dated
