"""How not to be a nuisance: one request at a time per host, a pause between, and robots.txt."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from prospect_aggregate.scrapers.errors import BlockedError

Turns = Callable[[str], AbstractContextManager[None]]
"""`with turns(host):` holds the host for one request; the product injects one that all processes share."""

LONGEST_CRAWL_DELAY = 30.0
"""Seconds; a site that asks for more would have a list of 15 pages take an hour."""
LONGEST_RETRY_AFTER = timedelta(hours=24)
_DISALLOW = re.compile(r"^\s*disallow\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class HostTurns:
    """Turns within one process: a lock per host, and a pause between one request and the next."""

    def __init__(
        self,
        pause: float = 2.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause, self._clock, self._sleep = pause, clock, sleep
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._ended: dict[str, float] = {}

    @contextmanager
    def __call__(self, host: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            self._wait(host)
            try:
                yield
            finally:
                self._ended[host] = self._clock()

    def _wait(self, host: str) -> None:
        if host in self._ended:
            left = self._ended[host] + self._pause - self._clock()
            if left > 0:
                self._sleep(left)


class Robots:
    """What the robots.txt of each site lets us do; read once per site."""

    def __init__(self, agent: str, read: Callable[[str], str]) -> None:
        """`read` gives the text at an address, empty where there is none, and raises when it cannot know."""
        self._agent, self._read = agent, read
        self._texts: dict[str, str] = {}
        self._rules: dict[str, Protego] = {}

    def check(self, url: str) -> None:
        """Raises BlockedError when the site does not want this address fetched."""
        if not self._of(url).can_fetch(url, self._agent):
            site = _site(url)
            raise BlockedError(
                f"{urlsplit(url).hostname}: robots.txt does not let us fetch {urlsplit(url).path}",
                evidence={"rule": rule_against(self._texts[site], url), "robots": f"{site}/robots.txt"},
            )

    def delay(self, url: str) -> float:
        """Seconds that the site asks to be left between requests."""
        return min(self._of(url).crawl_delay(self._agent) or 0.0, LONGEST_CRAWL_DELAY)

    def _of(self, url: str) -> Protego:
        site = _site(url)
        if site not in self._rules:
            self._texts[site] = self._read(f"{site}/robots.txt")
            self._rules[site] = Protego.parse(self._texts[site])
        return self._rules[site]


def rule_against(robots: str, url: str) -> str:
    """The longest `Disallow` that forbids this address, to show a person."""
    paths = sorted(set(_DISALLOW.findall(robots)), key=len, reverse=True)
    for path in paths:
        if not Protego.parse(f"User-agent: *\nDisallow: {path}").can_fetch(url, "anyone"):
            return f"Disallow: {path}"
    return "a rule of robots.txt"


def retry_time(published: str | None, now: datetime) -> datetime | None:
    """When a Retry-After header (seconds or an HTTP date) allows the next try; a day is the most."""
    wait = _wait_asked(published or "", now)
    return None if wait is None else now + min(max(wait, timedelta()), LONGEST_RETRY_AFTER)


def _wait_asked(published: str, now: datetime) -> timedelta | None:
    text = published.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), LONGEST_RETRY_AFTER.total_seconds()))
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)) - now


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
