"""What a digest tells: what changed of all that a person follows, each change once, as the page Changes groups it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.consequence import Group
from prospect_aggregate.prospects.feed import Narrow, feed_of
from prospect_aggregate.prospects.fit import Fit
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.web import scopes
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_page import ShownSection, page_of
from prospect_aggregate.web.kept_out import kept_out_since
from prospect_aggregate.web.models import Digest, Person, SavedSearch
from prospect_aggregate.web.seen import mark_of


@dataclass(frozen=True, slots=True)
class Followed:
    """A reason to be told of a change."""

    words: str
    prospects: scopes.Numbers
    only_new: bool = False

    @property
    def condition(self) -> Q:
        of_these = Q(prospect__in=self.prospects)
        return of_these & Q(kind=Change.Kind.LISTED) if self.only_new else of_these


@dataclass(frozen=True, slots=True)
class Contents:
    count: int
    """Of changes above the small edits."""
    small: int
    sections: list[ShownSection]
    why: Mapping[int, list[str]]
    """By prospect: what of all that one follows it is in."""
    kept_out: list[Source]
    since: datetime
    day: date


def followed_by(person: Person, *, day: date) -> Iterator[Followed]:
    yield Followed("watched", scopes.watched(person))
    for kept in SavedSearch.objects.of(person).filter(digest=True):
        yield Followed(kept.name, scopes.saved(kept, day=day))
    if company.profile():
        yield Followed("fits or possible", scopes.fits(Fit.FITS, Fit.POSSIBLE), only_new=True)


def contents_of(digest: Digest, *, now: datetime) -> Contents:
    """Nothing that its reader has marked seen: they know of it."""
    person, day = digest.person, now.date()
    reasons = list(followed_by(person, day=day))
    mark, these = mark_of(person), digest.between
    watched = scopes.watched_by(person)
    feed = feed_of(
        these & mark.cut.beyond if mark else these, Narrow(prospects=_any(reasons)), watched=watched
    )
    sections = [it for it in page_of(feed, FeedAsk()).sections if it.group != Group.SMALL_EDITS]
    since = digest.told_at or now
    return Contents(
        count=feed.count,
        small=feed.small.count,
        sections=sections,
        why=_why(reasons, sections),
        kept_out=kept_out_since(since),
        since=since,
        day=day,
    )


def _any(reasons: list[Followed]) -> Q:
    either = Q(pk__in=())
    for reason in reasons:
        either |= reason.condition
    return either


def _why(reasons: list[Followed], sections: list[ShownSection]) -> Mapping[int, list[str]]:
    shown = {change.prospect_id for section in sections for line in section.lines for change in line.changes}
    why: dict[int, list[str]] = {number: [] for number in shown}
    for reason in reasons:
        for number in _among(shown, reason):
            why[number].append(reason.words)
    return why


def _among(shown: Collection[int], reason: Followed) -> Iterator[int]:
    found = Prospect.objects.filter(pk__in=shown).filter(pk__in=reason.prospects)
    yield from found.order_by().values_list("pk", flat=True)
