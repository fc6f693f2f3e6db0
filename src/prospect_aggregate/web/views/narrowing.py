"""What narrows the list of prospects down, beside it or on a page of its own, and the columns it shows."""

from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.search import entries
from prospect_aggregate.web import columns
from prospect_aggregate.web.ask import SHELVES, ask_of
from prospect_aggregate.web.facet_words import groups_of
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs


@needs(Permission.SEE)
@require_safe
def facets(request: HttpRequest) -> HttpResponse:
    """Beside the list they come after it; on a small screen and without script they are a page."""
    ask = ask_of(request.GET, today=timezone.now().date())
    groups = groups_of(ask, whole=request.GET.get("whole", ""))
    beside = bool(request.htmx)  # type: ignore[attr-defined]  # its middleware adds it
    here = reverse("prospects" if beside else "prospects-facets")
    facts = {"ask": ask, "groups": groups, "here": here, "shelf": SHELVES[ask.shelf]}
    if beside:
        return render(request, "web/parts/facets.html", facts)
    return render(request, "web/facets.html", facts | {"total": entries(ask.on_shelf, day=ask.day).count()})


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Kept with the person, so that every browser of theirs agrees."""
    person = cast("Person", request.user)
    was, person.columns = person.columns, columns.known(request.POST.getlist("column"))
    with transaction.atomic():
        person.save(update_fields=["columns"])
        audit.record(
            "choose columns", "person", person, before={"columns": was}, after={"columns": person.columns}
        )
    return redirect(f"{reverse('prospects')}?{request.POST.get('view', '')}")
