"""Sets of prospects by what they mean to a reader: what fits, what they watch, what a saved search finds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.fit import Fit
from prospect_aggregate.prospects.fit_query import of_fit
from prospect_aggregate.prospects.models import Change, Prospect, ProspectQuerySet
from prospect_aggregate.prospects.search import search
from prospect_aggregate.web.ask import Ask, ask_of
from prospect_aggregate.web.models import Person, SavedSearch, Watch

Numbers = QuerySet[Any, int]
OVER = ("left", "closed")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose changes the feed shows; `condition` is asked of a change, by its `prospect`."""

    name: str
    words: str
    condition: Q


def scopes_for(person: Person, these: Q, *, day: date) -> dict[str, Scope]:
    """Those that mean anything to this reader of these changes, in the order of the page."""
    return {scope.name: scope for scope in _scopes(person, these, day)}


def _scopes(person: Person, these: Q, day: date) -> Iterator[Scope]:
    if company.profile():
        yield Scope("fits", "Fits or possible", Q(prospect__in=fitting(these)))
    if watched_by(person):
        yield Scope("watched", "Watched", Q(prospect__in=watched(person)))
    for kept in SavedSearch.objects.of(person):
        yield Scope(f"saved-{kept.pk}", f"Saved: {kept.name}", Q(prospect__in=saved(kept, day=day)))
    yield Scope("all", "All", Q())


def watched_by(person: Person) -> frozenset[int]:
    """Primary keys of prospects to which nothing happens unnoticed."""
    return frozenset(watched(person))


def watched(person: Person) -> Numbers:
    """What this person watches."""
    return Watch.objects.of(person).order_by().values_list("prospect", flat=True)


def fitting(these: Q) -> Numbers:
    """What of these changes is about prospects that fit the company, or may; nothing where there is no profile.

    Only those prospects are judged: it takes longer than finding the changes.
    """
    changed = Prospect.objects.filter(pk__in=Change.objects.filter(these).order_by().values("prospect"))
    profile = company.profile()
    found = changed.filter(of_fit(profile, Fit.FITS, Fit.POSSIBLE)) if profile else changed.none()
    return found.order_by().values_list("pk", flat=True)


def saved(kept: SavedSearch, *, day: date) -> Numbers:
    """What a saved search finds now, and what would be found if it had not left the list or been closed meanwhile."""
    ask = ask_in(kept, day=day)
    shelves = tuple(dict.fromkeys((ask.shelf, *OVER)))
    return search(replace(ask.filters, outlook=shelves), day=day).order_by().values_list("pk", flat=True)


def found_by(ask: Ask) -> ProspectQuerySet:
    """The rows of one view of the list, unordered."""
    return search(ask.on_shelf, day=ask.day).order_by()


def ask_in(kept: SavedSearch, *, day: date) -> Ask:
    return ask_of(QueryDict(kept.query), today=day)
