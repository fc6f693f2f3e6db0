"""Tokens for programs: somebody's own, made and revoked by themselves."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.web import keyring
from prospect_aggregate.web.models import ApiToken, Person
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.views.revoking import restored, revoked

LONGEST_NAME = 100
DAYS = (30, 90, 365)


@needs(Permission.SEE)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


@needs(Permission.KEEP_ONES_OWN)
@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """The answer is the only place where it ever stands whole. Without a name it could not be told from others."""
    given = request.POST
    name = " ".join(given.get("name", "").replace("\x00", "").split())[:LONGEST_NAME]
    scope, days = given.get("scope", ""), given.get("days", "")
    if not name or scope not in ApiToken.Scope.values or days not in map(str, DAYS):
        return _page(request, error="Give it a name, say what it may do and for how long.")
    person = cast("Person", request.user)
    secret = keyring.make(person, name=name, scope=scope, days=int(days), now=timezone.now())
    return _page(request, secret=secret)


def _page(request: HttpRequest, *, secret: str = "", error: str = "") -> HttpResponse:
    now = timezone.now()
    mine = ApiToken.objects.of(cast("Person", request.user)).shown(now)
    return render(request, "web/tokens.html", {
        "tokens": mine, "secret": secret, "error": error, "scopes": ApiToken.Scope.choices, "days": DAYS, "now": now,
        "name": request.POST.get("name", "") if error else "",
    }, status=422 if error else 200)  # fmt: skip


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    return revoked(request, ApiToken, number, page="tokens")


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    return restored(request, ApiToken, number, page="tokens")
