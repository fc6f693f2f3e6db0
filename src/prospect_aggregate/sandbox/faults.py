"""What goes wrong at agencies' sites, as one table: a fault alters the list, the reply or its sending."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from prospect_aggregate.sandbox.editions import Change
from prospect_aggregate.sandbox.listing import Listing
from prospect_aggregate.sandbox.replica import HTML, TIMEOUT, Replica, Reply

SIGN_IN = "/sandbox-sign-in"
RETRY_AFTER = 120  # seconds

CHALLENGE = b"""<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"></head><body><h1>Checking your browser before you go on</h1>
<p>Enable JavaScript and cookies to continue.</p>
<form id="challenge-form" action="/cdn-cgi/challenge" method="POST"></form></body></html>"""
MAINTENANCE = b"""<!DOCTYPE html><html><head><title>Site under maintenance</title></head>
<body><h1>We will be back soon</h1><p>The forecast cannot be downloaded at this time.</p></body></html>"""
SIGN_IN_PAGE = b"""<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1>
<form method="post"><input name="user"><input name="password" type="password"><button>Sign in</button></form>
</body></html>"""


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    says: str
    reply: Callable[[Reply], Reply] | None = None
    change: Change | None = None
    stale: bool = False
    robots: str | None = None
    needs_heading_row: bool = False
    """A list of objects has no heading row that could move."""
    largest_page: int | None = None
    """Records in one answer, for lists that come page by page; asked for more, the server gives up."""

    def applies(self, replica: Replica) -> bool:
        if self.largest_page is not None:
            return replica.paged
        return not (self.needs_heading_row and replica.extension == "json")


def _page(status: int, body: bytes, **headers: str) -> Callable[[Reply], Reply]:
    return lambda _: Reply(status, body, HTML).under(**headers)


def _moved(listing: Listing, _: Replica) -> Listing:
    return replace(
        listing, preamble=(*listing.preamble, "Published for planning purposes only", "", "Updated weekly")
    )


def _reordered(listing: Listing, _: Replica) -> Listing:
    """Backwards, so that nearly every position holds another column."""
    return replace(listing, headings=listing.headings[::-1], rows=(row[::-1] for row in listing.rows))


def _renamed(listing: Listing, replica: Replica) -> Listing:
    old, new = replica.renamed
    return replace(
        listing, headings=tuple(new if heading == old else heading for heading in listing.headings)
    )


def _halved(listing: Listing, _: Replica) -> Listing:
    return replace(listing, rows=islice(listing.rows, 0, None, 2))


def _emptied(listing: Listing, _: Replica) -> Listing:
    return replace(listing, rows=())


FAULTS = {
    fault.name: fault
    for fault in (
        Fault(
            "block_page",
            "403 and a challenge page",
            _page(403, CHALLENGE, cf_mitigated="challenge"),
        ),
        Fault(
            "not_found_with_content",
            "404, and the whole list all the same",
            lambda reply: replace(reply, status=404),
        ),
        Fault("gateway_timeout", "504", _page(504, TIMEOUT)),
        Fault("large_page_timeout", "504 to who asks for more than 100 records at once", largest_page=100),
        Fault("server_error", "500", _page(500, b"<html><title>500 Internal Server Error</title></html>")),
        Fault(
            "too_many_requests",
            "429 with Retry-After",
            _page(429, b"Too many requests.", retry_after=str(RETRY_AFTER)),
        ),
        Fault(
            "html_as_file",
            "200 and a page, called by the list's type",
            lambda reply: replace(reply, body=MAINTENANCE),
        ),
        Fault("sign_in", "302 to a sign-in page", _page(302, b"", location=SIGN_IN)),
        Fault(
            "truncated",
            "half the bytes that Content-Length promises",
            lambda reply: replace(reply, sent="half"),
        ),
        Fault("slow_drip", "a kilobyte at a time", lambda reply: replace(reply, sent="drip")),
        Fault(
            "moved_heading_row", "three lines more above the headings", change=_moved, needs_heading_row=True
        ),
        Fault("reordered_columns", "columns in another order", change=_reordered),
        Fault("renamed_heading", "a required heading has another name", change=_renamed),
        Fault("half_rows", "every other row is missing", change=_halved),
        Fault("empty_list", "headings and no row", change=_emptied),
        Fault("stale_edition", "the first edition under today's date", stale=True),
        Fault("robots_refusal", "robots.txt forbids everything", robots="User-agent: *\nDisallow: /\n"),
    )
}


def fault(name: str) -> Fault:
    if name not in FAULTS:
        raise LookupError(f"no fault {name!r}; there are {', '.join(FAULTS)}")
    return FAULTS[name]
