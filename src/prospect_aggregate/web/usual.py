"""What the list opens with for a reader, where the company has a profile."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest

from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.prospects.search import FITS
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.models import Person, UsualView


def opening(request: HttpRequest, ask: Ask, profile: Profile | None) -> Ask | None:
    """Where a bare address leads: the reader's usual view, which then stands in the address. None for any other."""
    if profile is None or request.GET:
        return None
    usual = usual_view(request)
    return replace(ask, fit="possible" if usual.fit else "any", competed=usual.competed)


def settled(ask: Ask, profile: Profile | None) -> Ask:
    """Without a profile nothing is asked of it; with one, links say that all are meant where all are."""
    if profile is None:
        return replace(ask, fit="")
    return ask if ask.fit else replace(ask, fit="any")


def usual_view(request: HttpRequest) -> UsualView:
    person = cast("Person", request.user)
    return UsualView.objects.filter(person=person).first() or UsualView(person=person)


def chips(ask: Ask) -> list[dict[str, object]]:
    """Each with whether it narrows this view."""
    words = {"fits": "fits", "no": "does not fit"}.get(ask.fit, "fits or possible")
    return [{"name": "fit", "words": words, "on": ask.fit in FITS},
            {"name": "competed", "words": "not sole source", "on": ask.competed}]  # fmt: skip
