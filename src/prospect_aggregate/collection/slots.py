"""The arithmetic of slots: when a schedule row fires next."""

import math
from datetime import UTC, datetime, timedelta

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday, 00:00 UTC: slots are counted from here, so that a weekly offset means the same as in cron."""


def next_slot(after: datetime, cadence_minutes: float, offset_minutes: float) -> datetime:
    """The first slot strictly later than `after`."""
    cadence = timedelta(minutes=cadence_minutes)
    first = MONDAY + timedelta(minutes=offset_minutes)
    return first + (math.floor((after - first) / cadence) + 1) * cadence


def slots_between(first: datetime, last: datetime, cadence_minutes: float) -> int:
    """How many slots lie after `first`, up to and with `last`."""
    return max(0, math.floor((last - first) / timedelta(minutes=cadence_minutes)))
