"""Taking back what opens something, and undoing that: the same for feeds and for tokens."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from prospect_aggregate.web.models import ApiToken, Feed, Person

Kept = type[Feed] | type[ApiToken]


def revoked(request: HttpRequest, kept: Kept, number: int, *, page: str) -> HttpResponse:
    """It opens nothing from now on; then the page again."""
    if not kept.objects.of(cast("Person", request.user)).revoke(number, now=timezone.now()):
        messages.error(
            request, "Nothing was changed: there is none of yours with this number, or it is revoked."
        )
    return redirect(page)


def restored(request: HttpRequest, kept: Kept, number: int, *, page: str) -> HttpResponse:
    """It opens again what it opened, unless it was revoked too long ago."""
    if not kept.objects.of(cast("Person", request.user)).restore(number, now=timezone.now()):
        messages.error(request, "Nothing was changed: it was revoked too long ago. Make a new one.")
    return redirect(page)
