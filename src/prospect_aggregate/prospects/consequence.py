"""Changes by what follows from them: in which group each stands, in the order in which people should look."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q

from prospect_aggregate.prospects.ledger import amounts_in, window_in
from prospect_aggregate.prospects.models import CLOSED_PHASES, UNDER_WAY_PHASES, Change
from prospect_aggregate.prospects.slips import is_material

Kind, Significance = Change.Kind, Change.Significance
GATES = (*UNDER_WAY_PHASES, *CLOSED_PHASES)
"""Phases that open or end what one can bid on; the way from planning to market research is a small edit."""
DATED = r"^\d{4}-\d{2}-\d{2}"
"""How a date begins in the ledger; a promise in words, or none, begins otherwise."""
DATES = ("solicitation", "award")
DECISIVE = ("set_aside", "contract_vehicle", "competition", "incumbent_name", "solicitation_number")


class Group(StrEnum):
    """UI §10, the gravest first."""

    NEEDS_A_LOOK = "needs_a_look"
    NEW = "new"
    MOVED_LATER = "moved_later"
    MOVED_EARLIER = "moved_earlier"
    VALUE = "value"
    LEFT = "left"
    BACK_AGAIN = "back_again"
    SMALL_EDITS = "small_edits"


class Told(NamedTuple):
    """One change, and what of its prospect decides what follows from it."""

    pk: int
    prospect: int
    run: int
    at: datetime
    source: str
    office: str | None
    kind: str
    field: str
    significance: str
    old: str | None = None
    """Old and new are kept of `READ` only."""
    new: str | None = None
    shift_days: int | None = None
    shift_at_least: bool = False
    solicitation_to: date | None = None
    anchor: date | None = None
    """The last day that decides the shelf, as of now."""
    closed: bool = False
    left_at: datetime | None = None
    reused: bool = False
    """In the edition that may have given the number to another requirement: no move, no edit, one question."""


READ = (*DATES, "performance", "value", "phase")


class Concern(NamedTuple):
    """What needs a look of this reader's whatever it is."""

    watched: Collection[int] = frozenset()
    """Prospects."""
    decided: Collection[int] = frozenset()
    """Changes of what a decision hangs on."""

    def is_of(self, it: Told) -> bool:
        """Not that it was seen at all: nothing befell it."""
        return it.kind != Kind.LISTED and (it.prospect in self.watched or it.pk in self.decided)

    @property
    def condition(self) -> Q:
        """The same, asked of a change."""
        return ~Q(kind=Kind.LISTED) & (Q(prospect__in=self.watched) | Q(pk__in=self.decided))


NOBODYS = Concern()


def group_of(it: Told, concern: Concern = NOBODYS) -> Group:
    """The one group in which it stands."""
    return Group.NEEDS_A_LOOK if it.reused or concern.is_of(it) else _OF_KIND[it.kind](it)


def _listed(it: Told) -> Group:
    """All of a first edition is new, and none of it is news."""
    return Group.SMALL_EDITS if it.significance == Significance.LOW else Group.NEW


def _left(it: Told) -> Group:
    """Early while its solicitation was ahead (STATISTICS §4). With a field, it is our reading that has changed."""
    if it.field:
        return Group.SMALL_EDITS
    gone = (it.left_at or it.at).date()
    early = it.solicitation_to is not None and gone <= it.solicitation_to
    return Group.NEEDS_A_LOOK if early and it.kind == Kind.WITHDRAWN else Group.LEFT


def _back(it: Told) -> Group:
    ahead = it.anchor is not None and it.at.date() <= it.anchor
    return Group.NEEDS_A_LOOK if ahead and not it.closed else Group.BACK_AGAIN


def _changed(it: Told) -> Group:
    if it.field in DECISIVE:
        return Group.NEEDS_A_LOOK
    of_field = _OF_FIELD.get(it.field)
    return of_field(it) if of_field else Group.SMALL_EDITS


def _date(it: Told) -> Group:
    """A promise told more or less exactly is no move."""
    if it.shift_days is None:
        given_or_removed = is_dated(it.old) != is_dated(it.new)
        return Group.NEEDS_A_LOOK if given_or_removed and it.field == "solicitation" else Group.SMALL_EDITS
    if it.shift_days >= 0:
        return Group.MOVED_LATER if it.shift_days else Group.SMALL_EDITS
    return Group.NEEDS_A_LOOK if is_material(window_in(it.old), window_in(it.new)) else Group.MOVED_EARLIER


def _value(it: Told) -> Group:
    """From one band into another; a value given, withheld or told by the year is no other band."""
    known = amounts_in(it.old) and amounts_in(it.new)
    return Group.NEEDS_A_LOOK if known and it.old != it.new else Group.VALUE


def _phase(it: Told) -> Group:
    return Group.NEEDS_A_LOOK if it.old in GATES or it.new in GATES else Group.SMALL_EDITS


def is_dated(kept: str | None) -> bool:
    return re.match(DATED, kept or "") is not None


def direction_of(it: Told) -> str:
    """Which way it went, as far as revisions in bulk go one way."""
    if it.kind != Kind.CHANGED:
        return it.kind
    if it.shift_days:
        return "later" if it.shift_days > 0 else "earlier"
    if it.field in DATES:
        return "given" if is_dated(it.new) else "removed"
    return "changed"


_OF_KIND: Mapping[str, Callable[[Told], Group]] = {
    Kind.LISTED: _listed,
    Kind.CHANGED: _changed,
    Kind.WITHDRAWN: _left,
    Kind.EXPIRED: _left,
    Kind.REAPPEARED: _back,
}
_OF_FIELD: Mapping[str, Callable[[Told], Group]] = {
    "solicitation": _date,
    "award": _date,
    "value": _value,
    "phase": _phase,
}
