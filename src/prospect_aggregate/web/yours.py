"""What an overview begins with: the reader's own part of what changed since they marked seen."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.consequence import Group
from prospect_aggregate.prospects.feed import Narrow
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_page import ShownLine, first_of
from prospect_aggregate.web.scopes import fitting
from prospect_aggregate.web.seen import Unseen

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One scope of the feed: how many changes its page tells, and the first lines of what matters most there."""

    count: int
    told: int
    """In the group of these lines."""
    lines: list[ShownLine]


@dataclass(frozen=True, slots=True)
class Yours:
    marked_at: datetime | None
    """None for who never marked anything: the last fortnight is theirs."""
    count: int
    fits: Part | None
    """None where the company has no profile."""
    watched: Part | None
    """None for who watches nothing."""


def yours(unseen: Unseen) -> Yours:
    return Yours(
        marked_at=unseen.mark.at if unseen.mark else None,
        count=unseen.count(),
        fits=_fits(unseen) if company.profile() else None,
        watched=_watched(unseen) if unseen.watched else None,
    )


def _fits(unseen: Unseen) -> Part:
    feed = unseen.feed(Narrow(prospects=Q(prospect__in=fitting(unseen.condition))))
    new = next(section for section in feed.sections if section.group == Group.NEW)
    ask = FeedAsk(scope="fits", group=Group.NEW)
    return Part(feed.count, new.count, first_of(new.lines, ask, count=SHOWN))


def _watched(unseen: Unseen) -> Part:
    feed = unseen.feed(Narrow(prospects=Q(prospect__in=unseen.watched)))
    lines = [line for section in feed.loud for line in section.lines]
    return Part(feed.count, feed.count, first_of(lines, FeedAsk(scope="watched"), count=SHOWN))
