"""What stands around the pages: the list of keys, the menu of small screens, the sign of life."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answers when the process and its database do; says nothing else to anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "web/keys.html")


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """The bar as a page, where it has no room."""
    return render(request, "web/menu.html")
