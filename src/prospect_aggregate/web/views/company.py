"""The company profile: one form, and what each field of it would find."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.company import Company, ProfileChangedError
from prospect_aggregate.web import profile_form
from prospect_aggregate.web.ask import number_of
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.profile_form import Filled


@needs(Permission.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    kept = Company.objects.current()
    if request.method != "POST":
        begun = profile_form.filled(request.GET) if request.GET and not kept.version else None
        return render(request, "web/company.html", _shown(begun or profile_form.kept(kept.profile), kept))
    if not cast("Person", request.user).may(Permission.DECIDE_ON_PROSPECTS):
        raise PermissionDenied(Permission.DECIDE_ON_PROSPECTS)
    filled = profile_form.filled(request.POST)
    if not filled.errors and "count" not in request.POST and _kept(request, filled):
        return redirect("company")
    status = 422 if filled.errors else 200
    return render(request, "web/company.html", _shown(filled, Company.objects.current()), status=status)


def _kept(request: HttpRequest, filled: Filled) -> bool:
    read = number_of(request.POST.get("read", "")) or 0
    try:
        company.keep(filled.profile, by=request.user.get_username(), now=timezone.now(), read=read)
    except ProfileChangedError as error:
        messages.error(
            request, f"Not saved: {error}. Your entries still stand here; saving again replaces theirs."
        )
        return False
    messages.success(request, "Saved. Every prospect is held against it from now on.")
    return True


@needs(Permission.SEE)
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """What the form as it is being filled would find; nothing is kept."""
    return render(request, "web/parts/company_counts.html", _counted(profile_form.filled(request.GET)))


def _shown(filled: Filled, kept: Company) -> dict[str, Any]:
    return {"filled": filled, "kept": kept, **_counted(filled), **profile_form.choices(filled.profile)}


def _counted(filled: Filled) -> dict[str, Any]:
    day = timezone.now().date()
    counted = profile_form.counts_of(filled.profile, day=day)
    told = {name: counted.get(name, []) for name in (*profile_form.LISTS, "eligibilities", "value")}
    return {"filled": filled, "told": told, "totals": profile_form.totals_of(filled.profile, day=day)}
