"""The arithmetic of slots: when a schedule row fires next."""

import math
from datetime import UTC, datetime, timedelta

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday, 00:00 UTC: slots are counted from here, so that a weekly offset means the same as in cron."""


def next_slot(after: datetime, cadence_minutes: float, offset_minutes: float) -> datetime:
    """The first slot strictly later than `after`."""
    number = _slots_up_to(after, cadence_minutes, offset_minutes) + 1
    return _first(offset_minutes) + number * timedelta(minutes=cadence_minutes)


def slots_between(first: datetime, last: datetime, cadence_minutes: float, offset_minutes: float) -> int:
    """How many slots lie after `first`, up to and with `last`."""
    up_to_last = _slots_up_to(last, cadence_minutes, offset_minutes)
    return max(0, up_to_last - _slots_up_to(first, cadence_minutes, offset_minutes))


def _slots_up_to(moment: datetime, cadence_minutes: float, offset_minutes: float) -> int:
    """The number of the last slot that is not later."""
    return math.floor((moment - _first(offset_minutes)) / timedelta(minutes=cadence_minutes))


def _first(offset_minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=offset_minutes)
