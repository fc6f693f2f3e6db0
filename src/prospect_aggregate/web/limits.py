"""How often one caller may ask: so many times a minute, counted in each web process."""

import math
import time

from django.conf import settings
from django.core.cache import cache

MINUTE = 60  # seconds


def within(caller: str) -> bool:
    """Count one request of theirs, and say whether it may be answered."""
    key = f"asked-{caller}-{int(time.time()) // MINUTE}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        many = cache.incr(key)
    except ValueError:  # pushed out of the cache just now, by many others
        return True
    return bool(many <= settings.API_RATE)


def wait() -> int:
    """Seconds until they may ask again."""
    return math.ceil(MINUTE - time.time() % MINUTE)
