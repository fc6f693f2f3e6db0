"""One's digest: when it comes, and the end of it from one of its mails."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from prospect_aggregate.prospects import company
from prospect_aggregate.web import mailing
from prospect_aggregate.web.digests import choosing
from prospect_aggregate.web.digests.when import NEAR
from prospect_aggregate.web.forms import DigestForm
from prospect_aggregate.web.models import Digest, Person, SavedSearch
from prospect_aggregate.web.permissions import Permission, needs

BOTH = ["GET", "HEAD", "POST"]


@needs(Permission.KEEP_ONES_OWN)
@never_cache
@require_http_methods(BOTH)
def one(request: HttpRequest) -> HttpResponse:
    """GET shows it, POST chooses."""
    person = cast("Person", request.user)
    kept = Digest.objects.of(person)
    form = DigestForm(request.POST or None, initial=_chosen(kept))
    if not kept.told_at and request.method != "POST":
        form.fields["zone"].widget.attrs["data-own-zone"] = ""
    if request.method == "POST" and form.is_valid():
        chosen = choosing.choose(person, form.cleaned_data["when"], now=timezone.now())
        messages.success(request, f"Your digest: {chosen.when.words}.")
        return redirect("digest")
    return render(request, "web/digest.html", {
        "form": form, "digest": kept, "zones": NEAR, "mails": mailing.is_set_up(),
        "profile": company.profile(), "searches": SavedSearch.objects.of(person).filter(digest=True),
    })  # fmt: skip


def _chosen(kept: Digest) -> dict[str, Any]:
    return {"every": kept.every, "weekday": kept.weekday, "hour": kept.hour, "zone": kept.zone}


@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(BOTH)
def off(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking ends nothing, for mailboxes look at links; a POST does, also by the mailbox itself (RFC 8058)."""
    now = timezone.now()
    is_end = request.method == "POST"
    person = choosing.end(secret, now=now) if is_end else choosing.owner_of(secret, now=now)
    if person is None:
        return render(request, "web/digest_off.html", status=410)
    return render(request, "web/digest_off.html", {"person": person, "ended": is_end})
