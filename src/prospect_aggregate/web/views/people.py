"""Coming in, going out, and how somebody likes the pages."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from prospect_aggregate.web import first_start
from prospect_aggregate.web.forms import password_form
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    template_name = "web/sign_in.html"
    redirect_authenticated_user = True


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing, because programs open links too; its button does."""
    now = timezone.now()
    if request.method != "POST":
        person = first_start.owner_of(token, now=now)
        return render(request, "web/by_link.html", {"person": person}, status=200 if person else 410)
    person = first_start.redeem(token, now=now)
    if person is None:
        return render(request, "web/by_link.html", {"person": None}, status=410)
    login(request, person, backend=BACKEND)
    return redirect("home" if person.has_usable_password() else "password")


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """The next reader of this browser finds no page of the last one."""
    logout(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache"'
    return response


@needs(Permission.KEEP_ONES_OWN)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; the old one is asked for where there is one."""
    person = cast("Person", request.user)
    form = password_form(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, person)
        messages.success(request, "The new password holds from now on.")
        return redirect("home")
    return render(request, "web/password.html", {"form": form, "first": not person.has_usable_password()})


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Theme, density and keys: kept with the person, so that every browser of theirs agrees."""
    person = cast("Person", request.user)
    given = request.POST
    person.theme = given["theme"] if given.get("theme") in Person.Theme.values else person.theme
    person.density = given["density"] if given.get("density") in Person.Density.values else person.density
    if "keys" in given:
        person.single_keys = given["keys"] == "on"
    person.save(update_fields=["theme", "density", "single_keys"])
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Where the reader was; never to another site."""
    there = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(there, allowed_hosts=None, require_https=request.is_secure())
    return there if ours and there.startswith("/") else "home"
