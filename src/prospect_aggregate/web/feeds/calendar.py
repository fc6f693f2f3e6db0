"""A calendar (RFC 5545): the next date of each prospect that a feed follows, as long as its window really is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q
from icalendar import Calendar, Event

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web import present
from prospect_aggregate.web.exports.versions import reread_in, with_moves, with_versions
from prospect_aggregate.web.feeds.followed import Followed, fit, identifier

KEPT = timedelta(days=90)
"""How long what has passed stays in it."""
LONGEST = timedelta(days=92)
"""A quarter. What is only known to be in a year would be a bar over the whole calendar."""
MOST = 2000
CANCELLED = ("cancelled", "no_longer_required", "withdrawn_by_agency")
Window = tuple[str, date, date, str | None]


def write(it: Followed) -> bytes:
    made = Calendar()
    made.add("prodid", "-//JPS Prospect Aggregate//Forecasts//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", fit(it.title))
    made.add("name", fit(it.title))
    made.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    reread = reread_in()
    for prospect in _coming(it):
        window = window_of(prospect)
        if window and window[2] - window[1] < LONGEST:
            made.add_component(_event(it, prospect, window, reread.get(prospect.source_id, 0)))
    written: bytes = made.to_ical()
    return written


def _coming(it: Followed) -> Iterator[Prospect]:
    """The soonest first."""
    found = with_moves(with_versions(it.found.filter(Q(anchor__gte=it.day - KEPT))))
    return found.defer("raw", "digest", "description")[:MOST].iterator()


def window_of(prospect: Prospect) -> Window | None:
    """The window that decides its shelf: kind, first and last day, precision."""
    solicitation = (
        "solicitation",
        prospect.solicitation_from,
        prospect.solicitation_to,
        prospect.solicitation_precision,
    )
    award = ("award", prospect.award_from, prospect.award_to, prospect.award_precision)
    ends = ("contract_end", prospect.incumbent_ends_from, prospect.incumbent_ends_to, None)
    for kind, first, last, precision in (solicitation, award, ends):
        if last is not None:
            return kind, first or last, last, precision
    return None


def _event(it: Followed, prospect: Prospect, window: Window, reread: int) -> Event:
    """All its days, with no time of day; nobody is busy in them. Its sequence is a run's number: those only grow."""
    versioned: Any = prospect
    kind, first, last, precision = window
    changed: datetime = versioned.version_at or prospect.first_seen_at
    words = f"{present.KINDS[kind][0]} {present.window_text(first, last, precision, day=date.min)}"
    event = Event()
    event.add("uid", f"{identifier('prospect', prospect.key)}@jps-prospect-aggregate")
    event.add("sequence", max(versioned.moved_in, reread))
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", fit(f"{words}: {prospect.title or prospect.native_id}"))
    event.add("description", fit(_words(it, prospect)))
    event.add("url", it.address_of(prospect))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if is_cancelled(prospect) else "TENTATIVE")
    return event


def is_cancelled(prospect: Prospect) -> bool:
    """By its agency, or gone from its list while its date was ahead."""
    return prospect.phase in CANCELLED or prospect.state == Prospect.State.WITHDRAWN


def _words(it: Followed, prospect: Prospect) -> str:
    where = " › ".join(filter(None, (prospect.source.name, prospect.component, prospect.office)))
    codes = " · ".join(filter(None, (prospect.naics_code, prospect.set_aside, prospect.value_text)))
    made_up = "Sample data: agencies and numbers are made up." if it.sample else ""
    hint = "A forecast is a plan and no promise; a passed date may mean that the solicitation is out."
    return "\n".join(
        filter(None, (made_up, f"{where} · {prospect.native_id}", codes, hint, it.address_of(prospect)))
    )
