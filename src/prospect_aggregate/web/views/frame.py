"""What stands around the pages: the list of keys, the menu of small screens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prospect_aggregate.web.permissions import Permission, needs


@needs(Permission.SEE)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "web/keys.html")


@needs(Permission.SEE)
@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """The bar as a page, where it has no room."""
    return render(request, "web/menu.html")
