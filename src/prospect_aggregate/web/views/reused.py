"""Numbers that may stand for another requirement than before: the list of them, and a person's word on one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.prospects import reusing
from prospect_aggregate.prospects.models import Reuse
from prospect_aggregate.web.permissions import Permission, needs

PAGE = 50


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    decided = request.GET.get("show") == "decided"
    found = Reuse.objects.exclude(verdict=None) if decided else Reuse.objects.waiting()
    page = Paginator(found.with_prospect(), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/reused.html", {
        "page": page, "told": [(item, reusing.differ_words(item)) for item in page.object_list],
        "waiting": Reuse.objects.waiting().count(), "decided": Reuse.objects.exclude(verdict=None).count(),
        "show_decided": decided,
    })  # fmt: skip


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponseRedirect:
    """May be said again otherwise: nothing is deleted."""
    item = get_object_or_404(Reuse.objects.with_prospect(), pk=number)
    verdict = request.POST.get("verdict", "")
    if verdict in Reuse.Verdict.values:
        by = request.user.get_username()
        reusing.decide(item, Reuse.Verdict(verdict), by=by, now=timezone.now())
        meant = "the same requirement" if verdict == Reuse.Verdict.SAME else "another requirement"
        messages.success(request, f"{item.prospect.native_id}: {meant}. Decide it again to take that back.")
    return redirect("reused")
