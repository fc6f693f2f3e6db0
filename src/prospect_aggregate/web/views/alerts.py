"""What somebody must know of: what lasts, what is over, who was told, who has it in hand."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.collection import alerts, channels
from prospect_aggregate.collection.models import Alert, Source
from prospect_aggregate.web.permissions import Permission, needs

PAGE = 50


@needs(Permission.SEE_ENGINE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    known = Alert.objects.prefetch_related("deliveries")
    over = known.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
    lasting = list(known.open())
    return render(request, "web/alerts.html", {
        "open": lasting, "in_hand": sum(alert.acknowledged_at is not None for alert in lasting),
        "page": Paginator(over, PAGE).get_page(request.GET.get("page")),
        "names": dict(Source.objects.values_list("key", "name")), "channels": channels.configured(),
    })  # fmt: skip


@needs(Permission.RUN_SOURCES)
@require_POST
def acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    by = request.user.get_username()
    return _done(request, number, lambda alert: alerts.acknowledge(alert, by=by, now=timezone.now()))


@needs(Permission.RUN_SOURCES)
@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, number, alerts.release)


def _done(request: HttpRequest, number: int, act: Callable[[Alert], None]) -> HttpResponse:
    """Do it, or say why not; then the list again, which shows what became of it."""
    try:
        act(get_object_or_404(Alert, pk=number))
    except alerts.AlertChangedError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect("alerts")
