"""HTTP's small print: host rewriting, redaction, sign-in pages, and errors in words a person understands."""

import logging
import posixpath
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from functools import cache
from urllib.parse import unquote

import httpx2

from prospect_aggregate.scrapers.errors import BlockedError, TransientError

# It writes whole addresses at INFO, keys in the query included.
logging.getLogger("httpx2").setLevel(logging.WARNING)

_SENSITIVE = r"[\w-]*(?:api[_-]?key|token|secret|passw(?:or)?d|signature|credential)|key|sig|pwd"
_SECRET = re.compile(rf"((?:^|[?&;])(?:{_SENSITIVE})=)[^&;#\s]*", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"(?:^|[./_-])(?:log-?in|sign-?in|sso|saml2?|oauth2?|okta|auth0|adfs|idp)(?:[./_-]|$)|^login\.|microsoftonline",
    re.IGNORECASE,
)


_CUT_OFF = re.compile(r"without sending complete(?:.*received (\d+) bytes, expected (\d+))?")
"""The library's words for a server that hangs up before the announced end."""


LONGEST_ADDRESS, LONGEST_NAME, LONGEST_TYPE, LONGEST_DATE = 1000, 255, 120, 80
"""What the database keeps of what a server calls things; some sign an address with 2,000 letters."""


class RewriteHosts(httpx2.BaseTransport):
    """Sends some hosts' requests to another address; their Host header and their answers stay as they are."""

    def __init__(self, hosts: Mapping[str, str], transport: httpx2.BaseTransport) -> None:
        self._bases = {host: httpx2.URL(base) for host, base in hosts.items()}
        self._transport = transport

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        base = self._bases.get(request.url.host)
        return self._transport.handle_request(request if base is None else _sent_to(base, request))

    def close(self) -> None:
        self._transport.close()


def _sent_to(base: httpx2.URL, request: httpx2.Request) -> httpx2.Request:
    url = request.url.copy_with(
        scheme=base.scheme,
        host=base.host,
        port=base.port,
        raw_path=base.raw_path.rstrip(b"/") + request.url.raw_path,
    )
    return httpx2.Request(
        request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
    )


class NobodyElse(httpx2.BaseTransport):
    """Stands for every host that has no replica: a home of sample data must not reach an agency."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        raise BlockedError(f"{request.url.host} has no replica, and this home of sample data asks no agency")


def make_client(
    agent: str, hosts: Mapping[str, str], transport: httpx2.BaseTransport | None, *, only_these: bool = False
) -> httpx2.Client:
    """A client that follows no redirect by itself: each hop needs its host's turn and its robots.txt.

    Only rewritten hosts get the wrapping transport, so the others keep the environment's proxies; with
    `only_these`, the others are not reached at all.
    """
    headers = {"User-Agent": agent, "Accept": "*/*"}
    if transport is not None:
        return httpx2.Client(headers=headers, transport=RewriteHosts(hosts, transport))
    trusted = _trusted()
    led = RewriteHosts(hosts, httpx2.HTTPTransport(verify=trusted)) if hosts else None
    mounts = {f"all://{host}": led for host in hosts}
    if only_these:
        return httpx2.Client(headers=headers, verify=trusted, transport=NobodyElse(), mounts=mounts)
    return httpx2.Client(headers=headers, verify=trusted, mounts=mounts)


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that we trust, read once: a process makes a client for each run, and reading takes 20 ms."""
    return httpx2.create_ssl_context()


def redact(address: object) -> str:
    """An address fit for messages and records: keys, tokens and passwords taken out."""
    without_user = re.sub(r"(?<=://)[^/?#@]*@", "", str(address))
    return _SECRET.sub(r"\1…", without_user)


def asks_to_sign_in(before: httpx2.URL, after: httpx2.URL) -> bool:
    """True when a redirect leads from a list to a login page."""
    return _is_sign_in(after) and not _is_sign_in(before)


def _is_sign_in(url: httpx2.URL) -> bool:
    return any(_SIGN_IN.search(part) for part in (url.host, url.path))


def filename(response: httpx2.Response) -> str | None:
    """What the agency calls the file: its own word, else the address's end when that looks like a file."""
    header = Message()
    header["content-disposition"] = response.headers.get("content-disposition", "")
    given = header.get_filename() or unquote(posixpath.basename(response.url.path))
    name = re.split(r"[/\\]", given)[-1].strip()
    return name[-LONGEST_NAME:] if "." in name.strip(".") else None


def media_type(response: httpx2.Response) -> str | None:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()[:LONGEST_TYPE] or None


def validator(response: httpx2.Response, header: str, longest: int) -> str | None:
    """An ETag or a Last-Modified; one too long to be kept is none, for a part of it would match nothing."""
    given = response.headers.get(header)
    return given if given and len(given) <= longest else None


@contextmanager
def plain_words(host: str) -> Iterator[None]:
    """Turn the library's exceptions into ours, with the host in front."""
    try:
        yield
    except httpx2.TimeoutException as error:
        raise TransientError(f"{host} did not answer in time ({_kind_of(error)})") from error
    except (httpx2.UnsupportedProtocol, httpx2.InvalidURL) as error:
        raise BlockedError(f"{host} sent us to an address that is none ({redact(error)})") from error
    except httpx2.RequestError as error:
        raise _failed(host, error) from error


def _failed(host: str, error: httpx2.RequestError) -> TransientError:
    if cut := _CUT_OFF.search(str(error)):
        return cut_off(host, came=cut[1], expected=cut[2])
    return TransientError(f"{host}: the connection failed ({redact(error) or _kind_of(error)})")


def cut_off(host: str, *, came: str | int | None, expected: str | int | None) -> TransientError:
    """What to raise when less came than was announced; in chunks, nothing is."""
    if came is None or expected is None:
        return TransientError(f"{host}: the download was cut off in the middle")
    return TransientError(f"{host}: the download was cut off, {int(came):,} of {int(expected):,} bytes came")


def _kind_of(error: Exception) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
