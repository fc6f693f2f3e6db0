"""Where a fixed group begins, and whether it could be followed to its end (STATISTICS §4): times alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

HORIZONS = (90, 180, 365)
"""Days that a group can be followed for."""
CLOSING = timedelta(days=14)
"""So long after its end the group must have been seen."""
LONGEST_GAP = timedelta(days=35)
FURTHEST_BACK = timedelta(days=60)


class NotEnoughHistoryError(LookupError):
    """No group can be followed that long yet; the message is the sentence for a page."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A landmark, the end of its horizon, and the observation that closed it."""

    start: datetime
    end: datetime
    closing: datetime

    @property
    def horizon(self) -> int:
        return (self.end - self.start).days

    @property
    def days(self) -> int:
        """From the landmark to the last observation used."""
        return (self.closing - self.start).days


def landmark_of(observed: Sequence[datetime], *, day: date, horizon: int) -> Followed:
    """The latest observation from which the list was followed without a break. Raises NotEnoughHistoryError.

    `observed` is in order; a landmark is at least `horizon` days before `day`.
    """
    old = [at for at in observed if at.date() <= day - timedelta(days=horizon)]
    for start in reversed(old):
        if old[-1] - start > FURTHEST_BACK:
            break
        if followed := _followed(observed, start, timedelta(days=horizon)):
            return followed
    raise NotEnoughHistoryError(_too_short(observed, horizon))


def _followed(observed: Sequence[datetime], start: datetime, horizon: timedelta) -> Followed | None:
    """None where nobody looked when the time was up, or for too long before."""
    end = start + horizon
    closing = next((at for at in observed if at >= end), None)
    if closing is None or closing > end + CLOSING:
        return None
    seen = [at for at in observed if start <= at <= closing]
    unbroken = all(later - earlier <= LONGEST_GAP for earlier, later in pairwise(seen))
    return Followed(start, end, closing) if unbroken else None


def _too_short(observed: Sequence[datetime], horizon: int) -> str:
    days = unbroken_days(observed)
    needed = f"not enough history yet (needs {horizon} days of unbroken collection"
    if days < horizon:
        return f"{needed}; there are {days})"
    return f"{needed}, ending in the last {FURTHEST_BACK.days}, and a look within {CLOSING.days} days after them)"


def unbroken_days(observed: Sequence[datetime]) -> int:
    """How long the newest stretch without a gap is."""
    if not observed:
        return 0
    start = observed[0]
    for earlier, later in pairwise(observed):
        if later - earlier > LONGEST_GAP:
            start = later
    return (observed[-1] - start).days
