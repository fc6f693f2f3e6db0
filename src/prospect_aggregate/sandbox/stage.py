"""What every replica shows just now: an edition, a fault, and the replies that follow. No sockets here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache, partial
from hashlib import sha256
from threading import Lock

from prospect_aggregate.sandbox.editions import COUNT, SEED, Edition, chosen, edition
from prospect_aggregate.sandbox.faults import SIGN_IN, SIGN_IN_PAGE, Fault, fault
from prospect_aggregate.sandbox.replica import TIMEOUT, Asked, Replica, Reply, replica

NONE = Fault("", "all is well")
KEPT = 6  # lists kept as bytes; at a scale of 100 a workbook has 80 MB


class Stage:
    """Lives as long as its process; nothing of it is written down."""

    def __init__(
        self,
        *,
        today: date,
        seed: int = SEED,
        scale: float = 1,
        keys: Iterable[str] | None = None,
        count: int = COUNT,
        current: int | None = None,
    ) -> None:
        self.keys = chosen(keys)
        self.asked: Counter[str] = Counter()
        """Requests by source, robots.txt apart: tells whether a blocked source was left alone."""
        self._numbers = dict.fromkeys(self.keys, current or count)
        self._faults: dict[str, Fault] = {}
        self._edition = partial(edition, today=today, seed=seed, scale=scale, count=count)
        self._content = lru_cache(KEPT)(Edition.content)
        self._making = Lock()

    def show(self, key: str, number: int) -> None:
        self._numbers[self._known(key)] = self._edition(key, number).number

    def spoil(self, key: str, name: str) -> None:
        """Let a fault befall a source, in place of any other."""
        chosen_fault = fault(name)
        if not chosen_fault.applies(replica(self._known(key))):
            raise ValueError(f"{name} cannot befall {key}")
        self._faults[key] = chosen_fault

    def mend(self, key: str) -> None:
        self._faults.pop(self._known(key), None)

    def state(self) -> list[dict[str, object]]:
        return [self._state(key, number) for key, number in self._numbers.items()]

    def of_host(self, host: str, query: str = "") -> str | None:
        """Of several replicas that share a host, the one to which the query is addressed."""
        return max(self._sharing(host.lower()), key=lambda key: replica(key).claim(query), default=None)

    def reply(self, key: str, asked: Asked, headers: Mapping[str, str]) -> Reply:
        """What the agency's site says just now."""
        site, broken = replica(key), self._faults.get(key, NONE)
        if asked.path == "/robots.txt":
            return Reply(200, self._robots(site).encode(), "text/plain")
        self.asked[key] += 1
        if asked.path == SIGN_IN:
            return Reply(200, SIGN_IN_PAGE)
        if broken.largest_page and site.page_size(asked.query) > broken.largest_page:
            return Reply(504, TIMEOUT)
        day = self._edition(key, self._numbers[key]).day
        reply = site.answer(replace(asked, day=day), lambda: self._made(key, broken))
        if broken.reply:
            return broken.reply(reply)
        if site.validators and reply.media_type == site.media_type and reply.status == 200:
            return _validated(reply, day, headers)
        return reply

    def _sharing(self, host: str) -> list[str]:
        return [key for key in self.keys if replica(key).host == host]

    def _robots(self, site: Replica) -> str:
        """A host has one robots.txt, whichever of its replicas is asked for."""
        refused = (self._faults.get(key, NONE).robots for key in self._sharing(site.host))
        return next(filter(None, refused), site.robots)

    def _made(self, key: str, broken: Fault) -> bytes:
        """One at a time: two threads would make the same workbook twice."""
        number = 1 if broken.stale else self._numbers[key]
        with self._making:
            return self._content(self._edition(key, number), broken.change)

    def _state(self, key: str, number: int) -> dict[str, object]:
        return {
            "key": key,
            "host": replica(key).host,
            "edition": number,
            "day": self._edition(key, number).day.isoformat(),
            "fault": self._faults.get(key, NONE).name or None,
            "asked": self.asked[key],
        }

    def _known(self, key: str) -> str:
        if key not in self._numbers:
            raise LookupError(f"no replica of {key!r} here; there are {', '.join(self.keys)}")
        return key


def _validated(reply: Reply, day: date, headers: Mapping[str, str]) -> Reply:
    """With ETag and Last-Modified, or 304; If-None-Match outranks the date (RFC 9110, 13.1.3)."""
    tag = f'"{sha256(reply.body).hexdigest()[:16]}"'
    modified = datetime.combine(day, time(6), UTC)
    dated = reply.under(ETag=tag, Last_Modified=format_datetime(modified, usegmt=True))
    if match := headers.get("if-none-match"):
        known = match.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in match.split(",")}
    else:
        known = _not_since(headers.get("if-modified-since"), modified)
    return Reply(304, b"", headers=dated.headers) if known else dated


def _not_since(text: str | None, modified: datetime) -> bool:
    if text is None:
        return False
    try:
        return modified <= parsedate_to_datetime(text)
    except ValueError:
        return False
