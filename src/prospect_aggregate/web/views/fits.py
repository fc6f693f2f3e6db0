"""Why a prospect fits or does not: the part of its page that a row of the list opens too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.fit import Verdict, judge
from prospect_aggregate.prospects.fit_query import values_of
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.permissions import Permission, needs


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    prospect = get_object_or_404(Prospect.objects.select_related("source"), pk=number)
    shown = {"verdict": verdict_of(prospect), "of": prospect}
    return render(request, "web/parts/fit.html", shown)


def verdict_of(prospect: Prospect) -> Verdict | None:
    """None where the company has no profile."""
    profile = company.profile()
    return judge(profile, values_of(prospect)) if profile else None
