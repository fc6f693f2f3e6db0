"""The analyst's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.prospects.landmarks import HORIZONS
from prospect_aggregate.web import overview
from prospect_aggregate.web.ask import ask_of
from prospect_aggregate.web.context import frame_of
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.yours import yours


@needs(Permission.SEE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What changed, what comes, how far to trust it, whether the sources are alive; in this order."""
    frame = frame_of(request)
    now = frame.now
    ask = ask_of(request.GET, today=now.date())
    known = overview.is_holding_known(day=ask.day)
    return render(request, "web/overview.html", {
        "ask": ask, "now": now, "yours": yours(frame.not_seen), "day": now.date(),
        "numbers": overview.numbers_of(day=ask.day), "days": HORIZONS[0],
        "holding": overview.holding(day=ask.day) if known else None,
        "health": overview.health(frame.states), "sources": len(frame.states),
        "fresh": sum(state.health.state == "fresh" for state in frame.states),
        "collected": sum(state.health.state != "never" for state in frame.states),
    })  # fmt: skip


@needs(Permission.SEE)
@require_safe
def holding(request: HttpRequest) -> HttpResponse:
    """The part that takes longest, for a page that stands already."""
    ask = ask_of(request.GET, today=timezone.now().date())
    context = {"holding": overview.holding(day=ask.day), "days": HORIZONS[0]}
    return render(request, "web/parts/holding.html", context)
