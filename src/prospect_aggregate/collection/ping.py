"""The dead man's switch: an outside monitor hears from us as long as the loop does its work, and misses us when not."""

import logging
import time

import httpx2
from django.conf import settings

logger = logging.getLogger(__name__)
EVERY = 60.0  # seconds
SECONDS = 5.0


class Pinger:
    """Asks PROSPECTS_PING_URL once a minute; whether it answers is the monitor's business."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def ping(self) -> None:
        if not settings.PING_URL or time.monotonic() - self._last < EVERY:
            return
        self._last = time.monotonic()
        try:
            httpx2.get(settings.PING_URL, timeout=SECONDS)
        except httpx2.HTTPError as error:
            logger.warning("the outside monitor does not answer (%s)", type(error).__name__)
