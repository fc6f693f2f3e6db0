"""What changed since the reader marked seen, and the marking."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects.consequence import Concern
from prospect_aggregate.prospects.cuts import Cut, NoCutError
from prospect_aggregate.prospects.feed import Feed, Narrow, came_since, count_loud, feed_of
from prospect_aggregate.web import seen
from prospect_aggregate.web.context import frame_of
from prospect_aggregate.web.feed_ask import FeedAsk, feed_ask_of
from prospect_aggregate.web.feed_page import page_of
from prospect_aggregate.web.kept_out import kept_out_since
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.scopes import Scope, scopes_for
from prospect_aggregate.web.seen import Unseen


@dataclass(frozen=True, slots=True)
class ShownScope:
    words: str
    count: int
    query: str
    here: bool


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Looking marks nothing: a page that is opened, fetched ahead or read on a phone leaves the desk as it was."""
    person, ask = cast("Person", request.user), feed_ask_of(request.GET)
    unseen = frame_of(request).not_seen  # the bar counts the same
    these = _asked(unseen, ask)
    scopes = scopes_for(person, these, day=unseen.now.date())
    ask = ask if ask.scope in scopes else ask.of_scope("all")
    narrow = _narrow(ask, scopes[ask.scope])
    concern = unseen.concern_in(these) if ask.seen else unseen.concern
    feed = feed_of(these, narrow, concern, whole=ask.reads_small_edits)
    page = page_of(feed, ask)
    return render(request, "web/changes.html", {
        "ask": ask, "unseen": unseen, "feed": feed, "page": page, "all": unseen.count(), "narrowed": bool(narrow),
        "scopes": _scopes(scopes, these, concern, ask), "sources": Source.objects.order_by("name"),
        "day": unseen.now.date(), "earlier": ask.at(page.page - 1), "later": ask.at(page.page + 1),
        **_looked(unseen, feed),
    })  # fmt: skip


def _narrow(ask: FeedAsk, scope: Scope) -> Narrow:
    return Narrow(source=ask.source, office=ask.office, prospects=scope.condition)


def _asked(unseen: Unseen, ask: FeedAsk) -> Q:
    """Beyond the mark; or the two weeks before it, to look at again."""
    if ask.seen and unseen.mark:
        return unseen.mark.cut.within & came_since(unseen.mark.at - seen.FIRST)
    return unseen.condition


def _scopes(scopes: dict[str, Scope], these: Q, concern: Concern, ask: FeedAsk) -> list[ShownScope]:
    """Counted within the same source and office; where there is one only, there is nothing to choose."""
    if len(scopes) < 2:
        return []
    return [
        ShownScope(
            scope.words,
            count_loud(these & _narrow(ask, scope).condition, concern),
            ask.of_scope(name).query,
            name == ask.scope,
        )
        for name, scope in scopes.items()
    ]


def _looked(unseen: Unseen, feed: Feed) -> dict[str, Any]:
    """What an empty page rests on: how many lists were looked at, and which could not be."""
    if feed.count:
        return {}
    collected = Source.objects.exclude(last_good_at=None)
    return {
        "looked_at": collected.count(),
        "newest": collected.aggregate(newest=Max("last_good_at"))["newest"],
        "kept_out": kept_out_since(unseen.since),
    }


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def mark(request: HttpRequest) -> HttpResponseRedirect:
    """Up to what the page showed: what came in meanwhile is not seen."""
    person = cast("Person", request.user)
    try:
        seen.mark_seen(person, Cut.read(request.POST.get("cut", "")), now=timezone.now())
    except NoCutError as error:
        messages.error(request, f"Nothing was marked: {error}.")
        return _back(request)
    messages.success(request, "Marked seen up to here.")
    return _back(request)


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponseRedirect:
    person = cast("Person", request.user)
    try:
        seen.undo(person, number, now=timezone.now())
    except LookupError as error:
        raise Http404(str(error)) from error
    except seen.NotTheLastError as error:
        messages.error(request, f"Nothing was undone: {error}.")
        return _back(request)
    messages.success(request, "The mark is undone: what you had not seen before it waits for you again.")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """The same scope and filters, of which every group."""
    query = feed_ask_of(QueryDict(request.POST.get("view", ""))).whole.query
    return redirect(f"{reverse('changes')}?{query}" if query else "changes")
