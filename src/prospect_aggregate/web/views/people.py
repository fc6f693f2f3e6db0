"""Coming in, going out, and how somebody likes the pages."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from prospect_aggregate.collection import audit
from prospect_aggregate.web import first_start, lockout
from prospect_aggregate.web.forms import SignInForm, password_form
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs

BACKEND = "django.contrib.auth.backends.ModelBackend"
LOOKS = ["theme", "density", "single_keys"]


class SignIn(LoginView):
    """Who guesses waits longer each time (429), and is told how long."""

    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return _known(self.request, super().form_valid(form))

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        until = cast("SignInForm", form).locked_until
        if until:
            response.status_code = 429
            response["Retry-After"] = str(int((until - timezone.now()).total_seconds()) + 1)
        return response


def let_in(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    """Sign somebody in who proved by a link who they are."""
    login(request, person, backend=BACKEND)
    return _known(request, redirect(to))


def _known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    lockout.know_browser(response, cast("Person", request.user), secure=settings.SESSION_COOKIE_SECURE)
    return response


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
    return let_in(request, person, "home" if person.has_usable_password() else "password")


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """The next reader of this browser finds no page of the last one."""
    if request.user.is_authenticated:
        audit.record("sign out", "person", request.user)
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
        with transaction.atomic():
            form.save()
            person.sign_in_links.all().delete()
            audit.record("set password", "person", person)
        update_session_auth_hash(request, person)
        messages.success(request, "The new password holds from now on.")
        return redirect("home")
    return render(request, "web/password.html", {"form": form, "first": not person.has_usable_password()})


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Theme, density and keys: kept with the person, so that every browser of theirs agrees."""
    person = cast("Person", request.user)
    given, was = request.POST, _looks(person)
    person.theme = given["theme"] if given.get("theme") in Person.Theme.values else person.theme
    person.density = given["density"] if given.get("density") in Person.Density.values else person.density
    if "keys" in given:
        person.single_keys = given["keys"] == "on"
    with transaction.atomic():
        person.save(update_fields=LOOKS)
        audit.record("choose looks", "person", person, before=was, after=_looks(person))
    return redirect(_back(request))


def _looks(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in LOOKS}


def _back(request: HttpRequest) -> str:
    """Where the reader was; never to another site."""
    there = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(there, allowed_hosts=None, require_https=request.is_secure())
    return there if ours and there.startswith("/") else "home"
