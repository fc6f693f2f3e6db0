"""What the list opens with for a reader, where the company has a profile."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest

from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.facet_words import FIT_WORDS
from prospect_aggregate.web.models import Person, UsualView

CHIPS = ("fit", "competed")


def opening(request: HttpRequest, ask: Ask, profile: Profile | None) -> Ask | None:
    """Where a bare address leads: the reader's usual view, which then stands in the address. None for any other."""
    if profile is None or request.GET:
        return None
    usual = usual_view(request)
    filters = replace(ask.filters, fit="possible" if usual.fit else None, competed=usual.competed)
    return replace(ask, filters=filters, any_fit=not usual.fit)


def settled(ask: Ask, profile: Profile | None) -> Ask:
    """Without a profile nothing is asked of it; with one, links say that all are meant where all are."""
    if profile is None:
        return replace(ask, filters=replace(ask.filters, fit=None), any_fit=False)
    return replace(ask, any_fit=not ask.filters.fit)


def usual_view(request: HttpRequest) -> UsualView:
    person = cast("Person", request.user)
    return UsualView.objects.filter(person=person).first() or UsualView(person=person)


def chips(ask: Ask) -> list[dict[str, object]]:
    """Each with whether it narrows this view."""
    words = FIT_WORDS[ask.filters.fit or "possible"]
    return [{"name": "fit", "words": words, "on": bool(ask.filters.fit)},
            {"name": "competed", "words": "not sole source", "on": ask.filters.competed}]  # fmt: skip
