"""Making a feed of a view, and the addresses by which it is read."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from prospect_aggregate.collection import audit
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.feeds.followed import root_of
from prospect_aggregate.web.models import Feed, Person
from prospect_aggregate.web.tokens import digest_of, fresh
from prospect_aggregate.web.view_words import narrowed

LONGEST_NAME = 100


def subscribe(person: Person, view: Ask, *, name: str, now: datetime) -> tuple[Feed, str]:
    """The feed, and its secret, which is told this once. It follows from today on, whatever day the view looks at."""
    called = " ".join(name.replace("\x00", "").split())[:LONGEST_NAME] or named(view)
    secret, query = fresh(), view.but(page=1, as_of="")
    with transaction.atomic():
        feed = Feed.objects.create(
            person=person, name=called, digest=digest_of(secret), query=query, made_at=now
        )
        audit.record("make feed", feed.kind, feed.pk, after={"name": called, "view": query})
    return feed, secret


def named(view: Ask) -> str:
    """What a feed is called unless its owner says otherwise: its question in words."""
    asked = "; ".join(narrowed(view.filters))
    return f"Prospects: {asked}"[:LONGEST_NAME] if asked else "All prospects"


def addresses(secret: str, request: HttpRequest) -> dict[str, str]:
    """Whoever has one of them reads."""
    files = {"atom": "atom.xml", "calendar": "calendar.ics"}
    return {name: root_of(request) + reverse("feed", args=[secret, file]) for name, file in files.items()}
