"""Coming in by a link: somebody new, somebody who forgot a password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from prospect_aggregate.web import invitations, mailing, resets
from prospect_aggregate.web.forms import ArrivalForm, unfocus
from prospect_aggregate.web.views.people import let_in

BOTH = ["GET", "HEAD", "POST"]


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(BOTH)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing; a name and a password do."""
    now = timezone.now()
    found = invitations.opened(token, now=now)
    if found is None:
        return render(request, "web/link_over.html", {"what": "invitation"}, status=410)
    form = ArrivalForm(request.POST or None, initial={"email": found.email})
    unfocus(form)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/invitation.html", {"form": form, "invitation": found})
    try:
        person = invitations.accept(found, form.save(commit=False), now=now)
    except invitations.InvitationOverError:
        return render(request, "web/link_over.html", {"what": "invitation"}, status=410)
    messages.success(request, f"Welcome, {person.get_username()}.")
    return let_in(request, person, "home")


@never_cache
@login_not_required
@require_http_methods(BOTH)
def forgotten(request: HttpRequest) -> HttpResponse:
    """The answer is the same whoever is asked for."""
    if request.method == "POST":
        resets.ask(request.POST.get("who", "")[:254], now=timezone.now())
    asked = request.method == "POST"
    return render(request, "web/forgotten.html", {"asked": asked, "mails": mailing.is_set_up()})


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(BOTH)
def reset(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    person = resets.owner_of(token, now=now)
    if person is None:
        return render(request, "web/link_over.html", {"what": "link"}, status=410)
    form = SetPasswordForm(person, request.POST or None)
    unfocus(form)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/reset.html", {"form": form, "person": person})
    redeemed = resets.redeem(token, form.cleaned_data["new_password1"], now=now)
    if redeemed is None:
        return render(request, "web/link_over.html", {"what": "link"}, status=410)
    messages.success(
        request, "The new password holds. Wherever else you were signed in, you are not any more."
    )
    return let_in(request, redeemed, "home")
