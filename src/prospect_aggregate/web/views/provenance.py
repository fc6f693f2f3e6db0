"""Where one value of a prospect comes from: a panel on its page, a page of its own without script."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.origins import origin_of
from prospect_aggregate.prospects.provenance_objects import traced
from prospect_aggregate.prospects.record import FIELDS
from prospect_aggregate.web import detail
from prospect_aggregate.web.back import Back, back_of
from prospect_aggregate.web.permissions import Permission, needs

DECLARED = {"basis": "Basis"}
"""A field that no page has a row for; the others are called as on a prospect's page."""


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, number: int, field: str) -> HttpResponse:
    if field not in FIELDS:
        raise Http404(f"no field is called {field}")
    found = Prospect.objects.select_related("source", "last_run__artifact")
    prospect = get_object_or_404(found, pk=number)
    is_part = bool(getattr(request, "htmx", False))
    template = "web/parts/provenance.html" if is_part else "web/provenance.html"
    back = back_of(request) or _page_of(prospect)
    response = render(request, template, {**_shown(prospect, field), "is_part": is_part, "back": back})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page_of(prospect: Prospect) -> Back:
    address = reverse("prospect", args=[prospect.source.key, prospect.native_id])
    return Back(f"{address}#fields", prospect.native_id)


def _shown(prospect: Prospect, field: str) -> dict[str, Any]:
    row, untraced = traced(prospect)
    label = detail.NAMES.get(field) or DECLARED[field]
    read = next(
        (it for it in detail.fields_of(prospect, day=timezone.now().date()) if it.name == field), None
    )
    return {
        "prospect": prospect,
        "label": label,
        "read": read,
        "origin": origin_of(prospect, field, row),
        "row": row,
        "untraced": untraced,
        "run": prospect.last_run,
    }
