"""What a feed follows: the prospects that answer its question, on whichever shelf they stand."""

import re
import uuid
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from prospect_aggregate.collection import homes
from prospect_aggregate.prospects.models import Prospect, ProspectQuerySet
from prospect_aggregate.prospects.search import search
from prospect_aggregate.web.ask import ask_of
from prospect_aggregate.web.models import Feed

OURS = uuid.UUID("9d6b6d3c-0f5e-5b8f-9c55-3c1d6a1c7d10")
"""The name space of the identifiers that feeds give; it never changes."""
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed as it is read now, by somebody who reached us under `root`."""

    feed: Feed
    root: str
    day: date
    sample: bool

    @property
    def found(self) -> ProspectQuerySet:
        """Without the shelf of its view: what leaves a shelf is what a reader waits to be told."""
        ask = ask_of(QueryDict(self.feed.query), today=self.day)
        return search(ask.filters, day=self.day)

    @property
    def title(self) -> str:
        return f"{self.feed.name} (sample data)" if self.sample else self.feed.name

    @property
    def page(self) -> str:
        return f"{self.root}{reverse('prospects')}?{self.feed.query}"

    def address_of(self, prospect: Prospect) -> str:
        return self.root + reverse("prospect", args=[prospect.source.key, prospect.native_id])


def followed(feed: Feed, request: HttpRequest, *, day: date) -> Followed:
    return Followed(feed=feed, root=root_of(request), day=day, sample=homes.kind() is homes.Kind.SAMPLE)


def root_of(request: HttpRequest) -> str:
    """Where people reach the pages."""
    address: str = settings.ADDRESS or request.build_absolute_uri("/")
    return address.rstrip("/")


def fit(text: str) -> str:
    """Published text without the signs that XML 1.0 and calendars forbid."""
    return _UNFIT.sub("", text)


def identifier(*parts: object) -> uuid.UUID:
    """The same for the same thing, whenever and wherever it is asked."""
    return uuid.uuid5(OURS, " ".join(map(str, parts)))
