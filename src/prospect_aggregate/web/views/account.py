"""What somebody sees of their own account: where they are signed in, where mails go."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from prospect_aggregate.web import roster, sessions
from prospect_aggregate.web.forms import EmailForm
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs


@needs(Permission.KEEP_ONES_OWN)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest) -> HttpResponse:
    """GET shows it, POST writes the e-mail address."""
    person = cast("Person", request.user)
    form = EmailForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        roster.write_email(person, form.cleaned_data["email"])
        messages.success(request, "Saved.")
        return redirect("account")
    return render(request, "web/account.html", {
        "form": form, "visits": sessions.visits().get(person.pk, []),
        "here": sessions.handle_of(request.session.session_key),
    })  # fmt: skip


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """One of one's own, or all but this one."""
    person, handle = cast("Person", request.user), request.POST.get("session", "")
    if handle:
        done = roster.end_session(person, handle)
        messages.success(request, "The session is ended." if done else "That session had ended already.")
    else:
        count = roster.end_sessions(person, but=request.session.session_key)
        messages.success(request, f"{count} other session{'' if count == 1 else 's'} ended.")
    return redirect("account")
