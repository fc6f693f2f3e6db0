"""How far the promise of a solicitation moved, from the first one seen."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from prospect_aggregate.normalize.dates import Window, shift_days

MATERIAL_DAYS = 15


class Slip(NamedTuple):
    """The first dated promise, the moves since, and the total slip in days (STATISTICS §2)."""

    first_from: date | None = None
    first_to: date | None = None
    first_precision: str | None = None
    moves: int = 0
    days: int | None = None

    def moved_to(self, old: Window, new: Window) -> "Slip":
        """After one more change of the promise; removing or giving a date is no move."""
        if self.first_to is None:
            return slip_of(new)
        total = shift_days(self.first, new)
        counted = shift_days(old, new)
        moves = self.moves + bool(counted and counted.kind in ("later", "earlier"))
        return self._replace(moves=moves, days=total.days if total and total.days is not None else self.days)

    @property
    def first(self) -> Window:
        return Window(self.first_from, self.first_to, self.first_precision)


def is_material(old: Window, new: Window) -> bool:
    """A move worth a share: 15 days or more between days, one unit or more otherwise (STATISTICS §2).

    Between two precisions it is what the move is at least.
    """
    counted = shift_days(old, new)
    if counted is None or not counted.days:
        return False
    return abs(counted.days) >= MATERIAL_DAYS or (old.precision == new.precision != "day")


def slip_of(promise: Window) -> Slip:
    """Of a prospect whose first promise this is."""
    if promise.last is None:
        return Slip()
    return Slip(promise.first, promise.last, promise.precision, 0, 0)


def slip_over(promises: Iterable[Window]) -> Slip:
    """From the first of these promises to the last, in the order in which they were seen."""
    told = list(promises)
    slip = slip_of(told[0])
    for old, new in pairwise(told):
        slip = slip.moved_to(old, new)
    return slip
