"""Feeds: what somebody follows from outside, and the two files that an address answers with."""

import hashlib
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.web.ask import Ask, ask_of
from prospect_aggregate.web.feeds import atom, calendar
from prospect_aggregate.web.feeds.followed import followed
from prospect_aggregate.web.models import Feed, Person
from prospect_aggregate.web.tokens import digest_of, fresh

LONGEST_NAME = 100
WRITERS = {
    "atom.xml": (atom.write, "application/atom+xml; charset=utf-8"),
    "calendar.ics": (calendar.write, "text/calendar; charset=utf-8"),
}


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's feeds; with a view in the address also the form that makes one of it."""
    view = _view(request.GET.get("view")) if "view" in request.GET else None
    return _page(request, view=view)


@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """The answer is the only place where its address ever stands: only the digest is kept."""
    view, secret = _view(request.POST.get("view")), fresh()
    name = " ".join(request.POST.get("name", "").split())[:LONGEST_NAME] or named(view)
    person = cast("Person", request.user)
    Feed.objects.create(
        person=person, name=name, digest=digest_of(secret), query=view.query, made_at=timezone.now()
    )
    return _page(request, secret=secret, name=name)


def _page(request: HttpRequest, *, view: Ask | None = None, secret: str = "", name: str = "") -> HttpResponse:
    mine = Feed.objects.of(cast("Person", request.user)).shown(timezone.now())
    made = {word: request.build_absolute_uri(reverse("feed", args=[secret, file])) if secret else ""
            for word, file in (("atom", "atom.xml"), ("calendar", "calendar.ics"))}  # fmt: skip
    return render(request, "web/feeds.html", {
        "feeds": mine, "view": view, "suggested": named(view) if view else "", "made": made, "made_name": name,
    })  # fmt: skip


def _view(query: str | None) -> Ask:
    return ask_of(QueryDict(query or ""), today=timezone.now().date())


def named(view: Ask) -> str:
    """What a feed is called unless its owner says otherwise: its question in words."""
    asked = ", ".join(filter(None, (view.text, view.source)))
    return f"Prospects: {asked}"[:LONGEST_NAME] if asked else "All prospects"


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    mine = Feed.objects.of(cast("Person", request.user))
    if not mine.revoke(number, now=timezone.now()):
        messages.error(
            request, "Nothing was changed: there is no such feed of yours, or it is revoked already."
        )
    return redirect("feeds")


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    mine = Feed.objects.of(cast("Person", request.user))
    if not mine.restore(number, now=timezone.now()):
        messages.error(
            request, "Nothing was changed: it was revoked too long ago. Make a new feed of the view."
        )
    return redirect("feeds")


@login_not_required
@require_safe
def file(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    """Whoever has the address reads. A secret that opens nothing is not found, whatever the reason."""
    now = timezone.now()
    feed = cast("Feed | None", Feed.objects.live(now).filter(digest=digest_of(secret)).first())
    if feed is None or name not in WRITERS:
        raise Http404("no such feed")
    Feed.objects.all().note_use(feed.pk, now=now)
    write, media_type = WRITERS[name]
    content = write(followed(feed, request, day=now.date()))
    response = HttpResponse(content, content_type=media_type)
    response["ETag"] = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response["Referrer-Policy"] = "no-referrer"
    return cast("HttpResponse", get_conditional_response(request, etag=response["ETag"], response=response))
