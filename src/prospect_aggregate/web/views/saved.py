"""Searches that a reader keeps by name, and what the list opens with for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.prospects import company
from prospect_aggregate.web import scopes
from prospect_aggregate.web.ask import SHELVES, Ask, ask_of
from prospect_aggregate.web.models import Digest, Feed, Person, SavedSearch, UsualView
from prospect_aggregate.web.models.revocable import Revocable
from prospect_aggregate.web.models.searches import UnfitSearchError
from prospect_aggregate.web.models.texts import storable
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.usual import settled

LONGEST_QUERY = 900  # letters: fewer names than Django reads from an address


@dataclass(frozen=True, slots=True)
class Standing:
    """A saved search and what it finds now."""

    search: SavedSearch
    ask: Ask
    shelf: str
    count: int
    new: int
    """Learnt of since the reader last marked it seen, however old the edition that first shows it."""
    feeds: Sequence[Revocable] = ()
    """By which it is followed from outside."""


def standing_of(search: SavedSearch, *, day: date, feeds: Sequence[Revocable] = ()) -> Standing:
    ask = scopes.ask_in(search, day=day)
    found = scopes.found_by(ask)
    new = found.filter(first_run__finished_at__gt=search.seen_at).count()
    return Standing(search, ask, SHELVES[ask.shelf], found.count(), new, feeds)


@needs(Permission.KEEP_ONES_OWN)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    day = timezone.now().date()
    kept = SavedSearch.objects.of(_person(request))
    feeds = _feeds(_person(request))
    standings = [standing_of(search, day=day, feeds=feeds[search.query]) for search in kept]
    schedule = Digest.objects.of(_person(request)).when
    return render(request, "web/saved.html", {"kept": standings, "schedule": schedule})


def _feeds(person: Person) -> Mapping[str, list[Revocable]]:
    """Those that answer, by the question that they follow."""
    found: dict[str, list[Revocable]] = defaultdict(list)
    for feed in Feed.objects.of(person).live(timezone.now()):
        found[cast("Feed", feed).query].append(feed)
    return found


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """What the reader looks at, by a name."""
    query = query_of(request.POST.get("query", ""))
    try:
        kept = SavedSearch.objects.save_as(
            _person(request), request.POST.get("name", ""), query, now=timezone.now()
        )
    except UnfitSearchError as error:
        messages.error(request, f"Not saved: {error}.")
        return redirect(f"{reverse('prospects')}?{query}")
    messages.success(request, f"Saved as “{kept.name}”.")
    return redirect("saved")


def query_of(given: str) -> str:
    """Only what makes sense in an address of the list; neither a page nor a day in the past."""
    readable = storable(given).replace("%00", "")[:LONGEST_QUERY]
    ask = ask_of(QueryDict(readable), today=timezone.now().date())
    return settled(ask, company.profile()).but(page=1, as_of="")


@needs(Permission.KEEP_ONES_OWN)
@require_safe
def opened(request: HttpRequest, number: int) -> HttpResponse:
    """The list as it was saved; looking marks nothing as seen."""
    return redirect(f"{reverse('prospects')}?{_own(request, number).query}")


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def seen(request: HttpRequest, number: int) -> HttpResponse:
    _own(request, number).mark_seen(now=timezone.now())
    return redirect("saved")


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def digest(request: HttpRequest, number: int) -> HttpResponse:
    """Whether one's digest tells of it."""
    _own(request, number).tell_by_digest(on=request.POST.get("on") == "1")
    return redirect("saved")


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    kept = _own(request, number)
    kept.forget()
    messages.success(request, f"“{kept.name}” is no longer kept.")
    return redirect("saved")


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def usual(request: HttpRequest) -> HttpResponse:
    """A chip taken off or put back: remembered for the next time, and done here."""
    name, on = request.POST.get("chip", ""), request.POST.get("on") == "1"
    if name in ("fit", "competed"):
        UsualView.objects.choose(_person(request), name, on=on)
    ask = ask_of(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]), today=timezone.now().date())
    changed = {"fit": ask.but(fit="possible" if on else "any"), "competed": ask.but(competed=on and "1")}
    return redirect(f"{reverse('prospects')}?{changed.get(name, ask.query)}")


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _own(request: HttpRequest, number: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.of(_person(request)), pk=number)
