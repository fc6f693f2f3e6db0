"""Polite, honest HTTP: who we are is said, robots.txt is obeyed, and a page is never taken for a file."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Self

import httpx2

from prospect_aggregate.scrapers.answer import (
    LATER,
    Fetched,
    Probe,
    Validators,
    check_whole,
    facts,
    refusal,
    sign_in,
    size,
    too_large,
)
from prospect_aggregate.scrapers.errors import BlockedError, TransientError
from prospect_aggregate.scrapers.kinds import NAMES, Kind, check_bytes, looks_wrong, seen_in
from prospect_aggregate.scrapers.politeness import HostTurns, Robots, Turns
from prospect_aggregate.scrapers.wire import (
    LONGEST_ADDRESS,
    LONGEST_DATE,
    LONGEST_NAME,
    asks_to_sign_in,
    filename,
    make_client,
    media_type,
    plain_words,
    redact,
    validator,
)

__all__ = ["NOTHING_KNOWN", "Fetched", "Fetcher", "Kind", "Probe", "Validators", "check_bytes"]

AGENT = "JPS-Prospect-Aggregate/0.1"
MOST_BYTES = 100 * 2**20
"""Lists are 40 kB to 5 MB; SAM's bulk file (230 MB) must ask for more."""
LONGEST = 300.0
"""Seconds for one download as a whole, from its last hop's start; DHS has taken 120 to its first byte."""
_READ, _CONNECT = 120.0, 15.0
_ROBOTS_SECONDS, _PROBE_SECONDS = 30.0, 60.0
_ROBOTS_BYTES = 512_000  # RFC 9309: parse at least 500 KiB
_EVIDENCE_BYTES = 65_536
_PROBE_BYTES = 16_384  # two records of any list of ours: a record takes up to 6 kB
_MOST_REDIRECTS = 8
_NO_HOSTS: Mapping[str, str] = MappingProxyType({})


NOTHING_KNOWN = Validators()


@dataclass(slots=True)
class _Errand:
    """What one request may bring and cost, and when its last hop was sent."""

    expect: Kind
    accept_status: Collection[int] = ()
    max_bytes: int = MOST_BYTES
    seconds: float = LONGEST
    sent: float = 0.0


class Fetcher:
    """One per run: it keeps the cookies and robots.txt of the sites it meets. Close it."""

    def __init__(
        self,
        *,
        user_agent: str = AGENT,
        contact: str,
        hosts: Mapping[str, str] = _NO_HOSTS,
        turns: Turns | None = None,
        transport: httpx2.BaseTransport | None = None,
        pause: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        on_progress: Callable[[int, int | None], None] | None = None,
        only_hosts: bool = False,
    ) -> None:
        """`hosts` sends a real host's requests to another base address, unseen by scrapers; with `only_hosts`, no
        other host is reached.

        `on_progress` hears of bytes as they come: of all answers so far, and of how many if that is known.
        `turns` replaces the pause within this process by one that all processes share.
        """
        self._client = make_client(f"{user_agent} (+{contact})", hosts, transport, only_these=only_hosts)
        self._turns = turns or HostTurns(pause, clock=clock, sleep=sleep)
        self._robots = Robots(user_agent, self._read_robots)
        self._clock, self._now, self._sleep = clock, now, sleep
        self._on_progress = on_progress
        self._ended: dict[str, float] = {}
        self._came = 0  # bytes of the bodies that came whole

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        expect: Kind,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        validators: Validators = NOTHING_KNOWN,
        accept_status: Collection[int] = (),
        max_bytes: int = MOST_BYTES,
        timeout: float | None = None,
    ) -> Fetched | None:
        """The file at an address; None when it has not changed since `validators` (HTTP 304).

        `accept_status` takes an error status for an answer: HHS serves its list's page as a 404.
        """
        sent = {**(headers or {}), **validators.headers()}
        request = self._build("GET", url, params=params, headers=sent)
        return self._fetch(
            request, _Errand(expect, accept_status, max_bytes, LONGEST if timeout is None else timeout)
        )

    def post(
        self,
        url: str,
        *,
        expect: Kind,
        json: object = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept_status: Collection[int] = (),
        max_bytes: int = MOST_BYTES,
        timeout: float | None = None,
    ) -> Fetched:
        """What an address answers to a question; Treasury and USAspending are asked so."""
        request = self._build("POST", url, json=json, data=form, headers=dict(headers or {}))
        answer = self._fetch(
            request, _Errand(expect, accept_status, max_bytes, LONGEST if timeout is None else timeout)
        )
        if answer is None:
            raise BlockedError(f"{request.url.host} answered HTTP 304 to an unconditional question")
        return answer

    def probe(
        self,
        url: str,
        *,
        expect: Kind,
        headers: Mapping[str, str] | None = None,
        accept_status: Collection[int] = (),
    ) -> Probe:
        """A cheap look whether the list is there, for health checks; raises what `get` would.

        It asks for the first bytes and hangs up: SSA refuses HEAD, and several sites ignore ranges.
        """
        asked = {**(headers or {}), "Range": f"bytes=0-{_PROBE_BYTES - 1}", "Accept-Encoding": "identity"}
        errand = _Errand(expect, accept_status, seconds=_PROBE_SECONDS)
        with self._exchange(self._build("GET", url, headers=asked), errand) as response:
            self._check_status(response, errand)
            head = self._first_bytes(response, _PROBE_BYTES, errand)
            elapsed = self._clock() - errand.sent
            if looks_wrong(head, expect) is not None:
                check_bytes(head, expect, source=response.url.host, facts=facts(response))
        return Probe(
            response.status_code, redact(response.url), media_type(response), size(response), elapsed, head
        )

    def _build(self, method: str, url: str, **parts: Any) -> httpx2.Request:  # as httpx
        with plain_words(redact(url)):
            return self._client.build_request(method, url, **parts)

    def _fetch(self, request: httpx2.Request, errand: _Errand) -> Fetched | None:
        with self._exchange(request, errand) as response:
            if response.status_code == httpx2.codes.NOT_MODIFIED:
                return None
            self._check_status(response, errand)
            body = self._body(response, errand)
        check_bytes(body, errand.expect, source=response.url.host, facts=facts(response))
        return self._fetched(request, response, body)

    def _fetched(self, request: httpx2.Request, response: httpx2.Response, body: bytes) -> Fetched:
        return Fetched(
            body=body,
            url=redact(request.url),
            final_url=redact(response.url)[:LONGEST_ADDRESS],
            status=response.status_code,
            media_type=media_type(response),
            etag=validator(response, "etag", LONGEST_NAME),
            last_modified=validator(response, "last-modified", LONGEST_DATE),
            filename=filename(response),
            fetched_at=self._now(),
        )

    @contextmanager
    def _exchange(
        self, request: httpx2.Request, errand: _Errand, *, robots: bool = True
    ) -> Iterator[httpx2.Response]:
        """The last answer of a chain of redirects, its body unread. Every hop waits for its host's turn."""
        for _ in range(_MOST_REDIRECTS):
            if robots:
                self._robots.check(str(request.url))
            with self._answer(request, errand, robots=robots) as response:
                if response.next_request is None:
                    yield response
                    return
                if asks_to_sign_in(request.url, response.next_request.url):
                    raise sign_in(response, response.next_request.url)
                request = response.next_request
        last = redact(request.url)
        endless = f"{request.url.host}: over {_MOST_REDIRECTS} redirects, lastly to {last}"
        raise BlockedError(endless, evidence={"address": last})

    @contextmanager
    def _answer(self, request: httpx2.Request, errand: _Errand, *, robots: bool) -> Iterator[httpx2.Response]:
        host = request.url.host
        with self._turns(host), plain_words(host):
            if robots:
                self._keep_crawl_delay(request.url)
            request.extensions = {**request.extensions, "timeout": _limits(errand)}
            errand.sent = self._clock()  # waiting for one's turn is not the agency's slowness
            response = self._client.send(request, stream=True)
            try:
                yield response
            finally:
                response.close()
                self._ended[host] = self._clock()

    def _keep_crawl_delay(self, url: httpx2.URL) -> None:
        """A site's own pause counts from our last request there, which may have been its robots.txt."""
        left = self._ended.get(url.host, float("-inf")) + self._robots.delay(str(url)) - self._clock()
        if left > 0:
            self._sleep(left)

    def _body(self, response: httpx2.Response, errand: _Errand) -> bytes:
        total = size(response)
        if total is not None and total > errand.max_bytes:
            raise too_large(response, errand.max_bytes)
        body = bytearray()
        for chunk in self._chunks(response, errand):
            body += chunk
            if len(body) > errand.max_bytes:
                raise too_large(response, errand.max_bytes)
            if self._on_progress:
                self._on_progress(self._came + response.num_bytes_downloaded, total and self._came + total)
        check_whole(response)
        self._came += response.num_bytes_downloaded
        return bytes(body)

    def _chunks(self, response: httpx2.Response, errand: _Errand) -> Iterator[bytes]:
        for chunk in response.iter_bytes():
            if self._clock() > errand.sent + errand.seconds:
                raise _too_slow(response.url.host, errand)
            yield chunk

    def _first_bytes(self, response: httpx2.Response, most: int, errand: _Errand) -> bytes:
        body = bytearray()
        for chunk in self._chunks(response, errand):
            body += chunk
            if len(body) >= most:
                break
        return bytes(body[:most])

    def _check_status(self, response: httpx2.Response, errand: _Errand) -> None:
        error = refusal(response, errand.accept_status, self._now())
        if isinstance(error, BlockedError):
            head = self._first_bytes(response, _EVIDENCE_BYTES, errand)
            error.evidence = {**seen_in(head), **error.evidence}
        if error is not None:
            raise error

    def _read_robots(self, url: str) -> str:
        """RFC 9309: no file, no rules; a site that fails to answer must be taken to forbid everything."""
        errand = _Errand(Kind.HTML, seconds=_ROBOTS_SECONDS)
        with self._exchange(self._build("GET", url), errand, robots=False) as response:
            if response.is_server_error or response.status_code in LATER:
                self._check_status(response, errand)
            if not response.is_success:
                return ""
            return self._first_bytes(response, _ROBOTS_BYTES, errand).decode("utf-8", errors="replace")


def _limits(errand: _Errand) -> dict[str, float | None]:
    return httpx2.Timeout(min(_READ, errand.seconds), connect=min(_CONNECT, errand.seconds)).as_dict()


def _too_slow(host: str, errand: _Errand) -> TransientError:
    what = NAMES[errand.expect]
    return TransientError(f"{host} was too slow: {what} did not come whole within {errand.seconds:.0f} s")
