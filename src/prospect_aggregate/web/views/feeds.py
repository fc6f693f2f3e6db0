"""Feeds: what somebody follows from outside, and the two files that an address answers with."""

import hashlib
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.web import limits
from prospect_aggregate.web.ask import Ask, ask_of
from prospect_aggregate.web.feeds import atom, calendar
from prospect_aggregate.web.feeds.followed import followed
from prospect_aggregate.web.feeds.subscribing import addresses, named, subscribe
from prospect_aggregate.web.models import Feed, Person
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.tokens import digest_of
from prospect_aggregate.web.views.revoking import restored, revoked

WRITERS = {
    "atom.xml": (atom.write, "application/atom+xml; charset=utf-8"),
    "calendar.ics": (calendar.write, "text/calendar; charset=utf-8"),
}


@needs(Permission.SEE)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's feeds; with a view in the address also the form that makes one of it."""
    view = _view(request.GET.get("view")) if "view" in request.GET else None
    return _page(request, view=view)


@needs(Permission.KEEP_ONES_OWN)
@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """The answer is the only place where its address ever stands: only the digest is kept."""
    person, view = cast("Person", request.user), _view(request.POST.get("view"))
    feed, secret = subscribe(person, view, name=request.POST.get("name", ""), now=timezone.now())
    return _page(request, secret=secret, name=feed.name)


def _page(request: HttpRequest, *, view: Ask | None = None, secret: str = "", name: str = "") -> HttpResponse:
    mine = Feed.objects.of(cast("Person", request.user)).shown(timezone.now())
    return render(request, "web/feeds.html", {
        "feeds": mine, "view": view, "suggested": named(view) if view else "",
        "made": addresses(secret, request) if secret else {}, "made_name": name,
    })  # fmt: skip


def _view(query: str | None) -> Ask:
    return ask_of(QueryDict(query or ""), today=timezone.now().date())


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    return revoked(request, Feed, number, page="feeds")


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    return restored(request, Feed, number, page="feeds")


@login_not_required
@require_safe
def file(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    """Whoever has the address reads. A secret that opens nothing is not found, whatever the reason."""
    now = timezone.now()
    feed = cast("Feed | None", Feed.objects.live(now).filter(digest=digest_of(secret)).first())
    if feed is None or name not in WRITERS:
        raise Http404("no such feed")
    if not limits.within(f"feed-{feed.pk}"):
        return HttpResponse("asked too often\n", status=429, headers={"Retry-After": str(limits.wait())})
    Feed.objects.all().note_use(feed.pk, now=now)
    write, media_type = WRITERS[name]
    content = write(followed(feed, request, day=now.date()))
    response = HttpResponse(content, content_type=media_type)
    response["ETag"] = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response["Referrer-Policy"] = "no-referrer"
    return cast("HttpResponse", get_conditional_response(request, etag=response["ETag"], response=response))
