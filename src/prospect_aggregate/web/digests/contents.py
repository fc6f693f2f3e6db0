"""What a digest tells: what changed of all that a person follows, each change once, as the page Changes groups it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.consequence import Concern, Group, Told
from prospect_aggregate.prospects.feed import Feed, read, sizes_for
from prospect_aggregate.prospects.folding import sections_of
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.prospects.search import told_changes
from prospect_aggregate.web import scopes
from prospect_aggregate.web.decided import hanging
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_page import ShownSection, page_of
from prospect_aggregate.web.kept_out import kept_out_since
from prospect_aggregate.web.models import Digest, Person, SavedSearch
from prospect_aggregate.web.seen import mark_of

AT_ONCE = 5000
"""Prospects asked about in one statement: what changed is little, what a search finds may be everything."""
FIRST_LISTS = Q(kind=Change.Kind.LISTED, significance=Change.Significance.LOW)
"""No news, and thousands."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A reason to be told of what changes."""

    words: str
    prospects: scopes.Numbers
    only_new: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    count: int
    """Of changes above the small edits."""
    small: int
    sections: list[ShownSection]
    why: Mapping[int, list[str]]
    """By prospect: what of all that is followed it is in."""
    kept_out: list[Source]
    since: datetime
    day: date


def contents_of(digest: Digest, *, now: datetime) -> Contents:
    """Nothing that its reader has marked seen: they know of it."""
    person, day, these = digest.person, now.date(), _these(digest)
    changed = _changed(these)
    why = _why(list(followed_by(person, digest.between, day=day)), {it.prospect for it in changed})
    followed = [it for it in changed if _is_told(it, why[it.prospect])]
    concern = Concern(scopes.watched_by(person), hanging(these))
    feed = Feed(sections_of(followed, sizes_for(), concern))
    since = digest.told_at or now
    return Contents(
        count=feed.count,
        small=feed.small.count,
        sections=[it for it in page_of(feed, FeedAsk()).sections if it.group != Group.SMALL_EDITS],
        why={number: [reason.words for reason in reasons] for number, reasons in why.items()},
        kept_out=kept_out_since(since),
        since=since,
        day=day,
    )


def _these(digest: Digest) -> Q:
    mark = mark_of(digest.person)
    return digest.between & mark.cut.beyond if mark else digest.between


def _changed(these: Q) -> list[Told]:
    return list(read(told_changes().filter(these).exclude(FIRST_LISTS)))


def followed_by(person: Person, these: Q, *, day: date) -> Iterator[Followed]:
    watched = Prospect.objects.filter(watches__person=person).order_by()
    yield Followed("watched", watched.values_list("pk", flat=True))
    for kept in SavedSearch.objects.of(person).filter(digest=True):
        yield Followed(kept.name, scopes.saved(kept, day=day))
    if company.profile():
        yield Followed("fits or possible", scopes.fitting(these), only_new=True)


def _why(reasons: list[Followed], changed: Collection[int]) -> dict[int, list[Followed]]:
    """By prospect: what of all that is followed it is in."""
    numbers = sorted(changed)
    why: dict[int, list[Followed]] = {number: [] for number in numbers}
    for at in range(0, len(numbers), AT_ONCE):
        for reason in reasons:
            for number in reason.prospects.filter(pk__in=numbers[at : at + AT_ONCE]):
                why[number].append(reason)
    return why


def _is_told(it: Told, reasons: list[Followed]) -> bool:
    return any(it.kind == Change.Kind.LISTED or not reason.only_new for reason in reasons)
