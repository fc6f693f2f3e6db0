"""Where a prospect lies on a day, by its shelving alone (`Entry`)."""

from datetime import date
from functools import lru_cache

from prospect_aggregate.prospects.models import DORMANT_AFTER

Day = date | None
Spot = tuple[str, Day, str]
"""A shelf, the last day that decides it, and of which precision that is."""


@lru_cache(maxsize=20_000)
def spot(day: date, shelving: str) -> Spot:
    """On the shelf of that day, as `on_shelves` has it (a test holds them together)."""
    name, text, precision = shelving.split(" ")
    last = date.fromisoformat(text) if text else None
    if name != "here":
        return name, last, precision
    if last is None:
        return "undated", None, precision
    shelf = "upcoming" if last >= day else "passed" if last >= day - DORMANT_AFTER else "dormant"
    return shelf, last, precision
