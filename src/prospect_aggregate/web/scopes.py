"""Sets of prospects by what they mean to somebody: watched, fitting, found by a saved search. Each gives numbers."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.fit import Fit
from prospect_aggregate.prospects.fit_query import of_fit
from prospect_aggregate.prospects.models import Prospect, ProspectQuerySet
from prospect_aggregate.prospects.search import search
from prospect_aggregate.web.ask import Ask, ask_of
from prospect_aggregate.web.models import Decision, Person, SavedSearch, Watch

Numbers = QuerySet[Any, int]


def watched(person: Person) -> Numbers:
    """What this person watches."""
    return Watch.objects.of(person).order_by().values_list("prospect", flat=True)


def decided() -> Numbers:
    """What the team has decided on, for those who follow what has moved since."""
    return Decision.objects.standing().order_by().values_list("prospect", flat=True)


def fits(*wanted: Fit) -> Numbers:
    """What fits the company, as asked; nothing where there is no profile."""
    profile = company.profile()
    found = Prospect.objects.filter(of_fit(profile, *wanted)) if profile else Prospect.objects.none()
    return found.order_by().values_list("pk", flat=True)


def saved(kept: SavedSearch, *, day: date) -> Numbers:
    """What a saved search finds now."""
    return found_by(ask_in(kept, day=day)).order_by().values_list("pk", flat=True)


def found_by(ask: Ask) -> ProspectQuerySet:
    """The rows of one view of the list, unordered."""
    return search(ask.filters, day=ask.day).filter(Q(outlook=ask.shelf)).order_by()


def ask_in(kept: SavedSearch, *, day: date) -> Ask:
    return ask_of(QueryDict(kept.query), today=day)
