"""People, before an administrator: who may come in, as what, from where, and who is invited."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.web import invitations, lockout, mailing, resets, roster, sessions
from prospect_aggregate.web.forms import InvitationForm
from prospect_aggregate.web.models import Invitation, Person
from prospect_aggregate.web.permissions import FROM, Permission, Role, needs


@needs(Permission.SEE_PEOPLE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **facts: Any) -> HttpResponse:
    now = timezone.now()
    signed_in = sessions.visits()
    people = Person.objects.order_by("-is_active", "username")
    return render(request, "web/people.html", {
        "rows": [_row(person, signed_in) for person in people], "open": sum(it.is_active for it in people),
        "invitations": Invitation.objects.open(now).select_related("invited_by").order_by("-made_at"),
        "locked": lockout.locked_addresses(now=now), "roles": Role.choices, "mails": mailing.is_set_up(),
        "form": InvitationForm(), "table": _table(), **facts,
    }, status=status)  # fmt: skip


def _row(person: Person, signed_in: dict[int, list[sessions.Visit]]) -> dict[str, Any]:
    return {
        "it": person,
        "sessions": len(signed_in.get(person.pk, ())),
        "locked_until": lockout.locked_until(lockout.account_key(person.get_username()), now=timezone.now()),
    }


def _table() -> list[tuple[str, list[bool]]]:
    """Every permission, and which roles have it."""
    roles = list(Role)
    return [
        (permission.replace("-", " "), [roles.index(role) >= roles.index(least) for role in roles])
        for permission, least in FROM.items()
    ]


@needs(Permission.MANAGE_PEOPLE)
@never_cache
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """The link is shown in this one answer, and nowhere kept."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, status=409, form=form)
    role, email = Role(form.cleaned_data["role"]), form.cleaned_data["email"]
    made, path = invitations.invite(role, email=email, by=_me(request), now=timezone.now())
    said = _mailed(lambda: invitations.mail(made, path), email)
    what = f"The invitation as {role.label.lower()}, good until {made.expires_at:%Y-%m-%d %H:%M} UTC"
    return _page(request, link=_whole(request, path), what=what, said=said)


def _mailed(mail: Callable[[], None], email: str) -> str:
    if not email or not mailing.is_set_up():
        return "Hand it over yourself: it was not mailed."
    try:
        mail()
    except mailing.NotMailedError as error:
        return f"It could not be mailed to {email} ({error}); hand it over yourself."
    return f"It was mailed to {email}."


def _whole(request: HttpRequest, path: str) -> str:
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    try:
        invitations.take_back(number, now=timezone.now())
    except invitations.InvitationOverError as error:
        messages.error(request, f"Nothing was taken back: {error}.")
    else:
        messages.success(request, "The invitation is taken back; its link lets nobody in.")
    return redirect("people")


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def lift_address(request: HttpRequest) -> HttpResponse:
    roster.lift_address(request.POST.get("address", ""))
    messages.success(request, "From there it may be tried again.")
    return redirect("people")


@needs(Permission.SEE_PEOPLE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    return _one(request, _person(number))


def _person(number: int) -> Person:
    return get_object_or_404(Person, pk=number)


def _me(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _one(request: HttpRequest, person: Person, **facts: Any) -> HttpResponse:
    key = lockout.account_key(person.get_username())
    return render(request, "web/person.html", {
        "person": person, "visits": sessions.visits().get(person.pk, []), "roles": Role.choices,
        "here": sessions.handle_of(request.session.session_key), "mine": person.pk == request.user.pk,
        "locked_until": lockout.locked_until(key, now=timezone.now()), **facts,
    })  # fmt: skip


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def role(request: HttpRequest, number: int) -> HttpResponse:
    person, wanted = _person(number), request.POST.get("role", "")
    if wanted not in Role.values:
        return redirect("person", number)
    chosen = Role(wanted)
    said = f"{person.get_username()} is {chosen.label.lower()} from now on."
    return _done(request, number, lambda: roster.give_role(person, chosen), said)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """Off, or on again."""
    person, on = _person(number), request.POST.get("on") == "yes"
    said = "may come in again" if on else "may not come in any more"
    act = roster.switch_on if on else roster.switch_off
    return _done(request, number, lambda: act(person), f"{person.get_username()} {said}.")


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    person = _person(number)
    said = f"{person.get_username()} may try again at once."
    return _done(request, number, lambda: roster.lift(person), said)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """One, or all of them but the one that asks."""
    person, handle = _person(number), request.POST.get("session", "")
    if handle:
        done = roster.end_session(person, handle)
        messages.success(request, "The session is ended." if done else "That session had ended already.")
    else:
        count = roster.end_sessions(person, but=request.session.session_key)
        messages.success(
            request, f"{count} session{'' if count == 1 else 's'} of {person.get_username()} ended."
        )
    return redirect("person", number)


@needs(Permission.MANAGE_PEOPLE)
@never_cache
@require_POST
def new_password(request: HttpRequest, number: int) -> HttpResponse:
    """A link to hand over, shown in this one answer."""
    person = _person(number)
    if not person.is_active:
        messages.error(request, f"{person.get_username()} is switched off; switch them on first.")
        return redirect("person", number)
    path = resets.link_for(person, now=timezone.now())
    return _one(request, person, link=_whole(request, path))


def _done(request: HttpRequest, number: int, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except roster.LastAdministratorError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    else:
        messages.success(request, said)
    return redirect("person", number)
