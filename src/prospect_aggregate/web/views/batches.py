"""Every source asked for at once, and what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.collection.batches import standing_of
from prospect_aggregate.collection.models import Batch
from prospect_aggregate.web import acts
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.views.runs import waiting_of


@needs(Permission.RUN_SOURCES)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    batch = acts.collect_all(by=request.user.get_username(), click=request.POST.get("click", ""))
    return redirect("batch", batch.pk)


@needs(Permission.SEE_ENGINE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "web/batch.html", _standing(number))


@needs(Permission.SEE_ENGINE)
@require_safe
def live(request: HttpRequest, number: int) -> HttpResponse:
    """The same while it goes on; its rows stay where they are."""
    return render(request, "web/parts/batch_live.html", _standing(number))


def _standing(number: int) -> dict[str, Any]:
    standing = standing_of(get_object_or_404(Batch, pk=number))
    return {"standing": standing, "waiting": waiting_of(standing.runs)}
