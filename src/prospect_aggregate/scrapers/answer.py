"""What a server's answer means, by its status, its headers and its length."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import httpx2

from prospect_aggregate.scrapers.errors import (
    AskLessError,
    BlockedError,
    BusyError,
    LayoutChangedError,
    ScraperError,
    TransientError,
)
from prospect_aggregate.scrapers.politeness import retry_time
from prospect_aggregate.scrapers.wire import cut_off, media_type, redact

LATER = (408, 425, 429)
_LIST_MOVED = (404, 410)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the last good copy, to be asked "has it changed?"."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came over the wire, before anyone parsed it. Addresses are without keys and passwords."""

    body: bytes
    url: str
    final_url: str
    status: int
    media_type: str | None
    etag: str | None
    last_modified: str | None
    filename: str | None
    fetched_at: datetime

    @property
    def facts(self) -> dict[str, str]:
        """As of an answer that was refused."""
        return _facts(self.status, self.final_url, self.media_type)


@dataclass(frozen=True, slots=True)
class Probe:
    """A glance: the address answers, and its first bytes are of the right kind."""

    status: int
    final_url: str
    media_type: str | None
    size: int | None
    """Of the whole file, when the server says."""
    elapsed: float
    """Seconds from asking to the first bytes; waiting for a turn is not in it."""
    head: bytes = field(default=b"", repr=False)
    """Those bytes."""

    def __str__(self) -> str:
        size = "size not said" if self.size is None else f"{self.size:,} bytes"
        return f"HTTP {self.status}, {self.media_type or 'type not said'}, {size}, {self.elapsed:.1f} s"


def refusal(response: httpx2.Response, accept: Collection[int], now: datetime) -> ScraperError | None:
    """The error that an answer's status stands for; None when its body is to be read."""
    status, host = response.status_code, response.url.host
    if response.is_success or status in accept:
        return None
    if "cf-mitigated" in response.headers:  # Cloudflare's challenge, which comes as 403 or 503
        return BlockedError(f"{host} challenges us as a robot (HTTP {status})", evidence=facts(response))
    if status in LATER or response.is_server_error:
        return _later(response, now)
    if status in _LIST_MOVED:
        moved = f"{host}: HTTP {status} at {redact(response.url)}; the list has moved"
        return LayoutChangedError(moved, evidence=facts(response))
    return BlockedError(f"{host} refuses us (HTTP {status})", evidence=facts(response))


def _later(response: httpx2.Response, now: datetime) -> TransientError:
    status, host, seen = response.status_code, response.url.host, facts(response)
    retry_at = retry_time(response.headers.get("retry-after"), now) if status in (429, 503) else None
    if retry_at is None:
        if status == httpx2.codes.GATEWAY_TIMEOUT:
            return AskLessError(f"{host} gave up before it had an answer (HTTP {status})", evidence=seen)
        what = "is out of order" if response.is_server_error else "wants us to come back later"
        return TransientError(f"{host} {what} (HTTP {status})", evidence=seen)
    busy = f"{host} is busy (HTTP {status}) until {retry_at:%Y-%m-%d %H:%M} UTC"
    return BusyError(busy, retry_at=retry_at, evidence=seen)


def facts(response: httpx2.Response) -> dict[str, str]:
    """What a person wants to know of an answer that was refused."""
    said = size(response)
    told = _facts(response.status_code, redact(response.url), media_type(response))
    return told if said is None else {**told, "size": f"{said:,} bytes"}


def _facts(status: int, address: str, kind: str | None) -> dict[str, str]:
    return {"status": str(status), "address": address, "type": kind or "not said"}


def size(response: httpx2.Response) -> int | None:
    """Of the whole file, as sent (compressed or not), when the server says."""
    whole = response.headers.get("content-range", "").rpartition("/")[2]
    said = whole or response.headers.get("content-length", "")
    return int(said) if re.fullmatch("[0-9]{1,18}", said) else None


def check_whole(response: httpx2.Response) -> None:
    """The library notices most cut-offs; a proxy that closes politely is caught here."""
    expected, came = size(response), response.num_bytes_downloaded
    if expected is not None and came < expected:
        raise cut_off(response.url.host, came=came, expected=expected)


def sign_in(response: httpx2.Response, after: httpx2.URL) -> BlockedError:
    host, told, page = response.url.host, facts(response), redact(after.copy_with(query=None))
    seen = {**told, "asked": told["address"], "address": page}
    return BlockedError(f"{host} wants us to sign in (it sends us to {page})", evidence=seen)


def too_large(response: httpx2.Response, most: int) -> BlockedError:
    """A person must look: trying again would bring the same, and a list does not grow fiftyfold."""
    host, limit = response.url.host, f"{most / 2**20:.0f} MB"
    seen = {"size": f"more than {limit}", **facts(response)}
    return BlockedError(f"{host} sent more than {limit}; it was not kept", evidence=seen)
