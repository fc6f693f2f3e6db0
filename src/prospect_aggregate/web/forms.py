"""Forms that need more than a few fields in a template."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
    UserCreationForm,
)
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from prospect_aggregate.web import lockout, moments
from prospect_aggregate.web.digests.when import DAYS, UnfitTimeError, When
from prospect_aggregate.web.models import Digest, Person
from prospect_aggregate.web.permissions import Role


class SignInForm(AuthenticationForm):
    """Name and password, counted before they are looked at."""

    locked_until: datetime | None = None

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        if not name or self.request is None:
            return super().clean()
        try:
            tried = lockout.begin(lockout.keys_of(self.request, name), now=timezone.now())
        except lockout.LockedOutError as error:
            self.locked_until = error.until
            raise ValidationError(_wait(error.until)) from error
        try:
            cleaned = super().clean()
        except ValidationError:
            lockout.record_locks(tried, name, now=timezone.now())
            raise
        lockout.forgive(tried)
        return cleaned


def _wait(until: datetime) -> str:
    """The same for a name that nobody has."""
    length = moments.span(until - timezone.now())
    return (
        f"Too many wrong passwords. Try again in {length} (at {until:%H:%M:%S} UTC), or ask an administrator."
    )


def password_form(person: Person, given: QueryDict | None) -> "SetPasswordForm[Person]":
    """Somebody who came in by a link has no old password to show."""
    form = PasswordChangeForm if person.has_usable_password() else SetPasswordForm
    made = form(person, given)
    unfocus(made)
    return made


class ArrivalForm(UserCreationForm):  # type: ignore[type-arg]  # generic in its stubs alone
    """How somebody new is called, and by which password they come back."""

    class Meta:
        model = Person
        fields = ("username", "email")
        labels = {"username": "Name", "email": "E-mail, for links to a new password; may stay empty"}
        help_texts = {"username": "Letters, digits and @ . + - _"}


class InvitationForm(forms.Form):
    """Who is invited as what."""

    role = forms.ChoiceField(choices=Role.choices)
    email = forms.EmailField(required=False, max_length=254)


class EmailForm(forms.Form):
    """Where links for a new password go to: only who knows the password says so."""

    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    password = forms.CharField(strip=False, widget=forms.PasswordInput)

    def __init__(self, person: Person, given: QueryDict | None) -> None:
        super().__init__(given, initial={"email": person.email})
        self._person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self._person.check_password(password):
            raise ValidationError("That is not your password.")
        return password


class DigestForm(forms.Form):
    """When one is told by mail."""

    every = forms.ChoiceField(label="A digest", choices=Digest.Every.choices)
    weekday = forms.TypedChoiceField(
        label="Where it is weekly, on", choices=list(enumerate(DAYS)), coerce=int
    )
    hour = forms.TypedChoiceField(
        label="At", choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )
    zone = forms.CharField(
        label="Time zone", max_length=64, widget=forms.TextInput({"list": "zones", "autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        """With `when`, where all of it makes one."""
        given = super().clean() or {}
        if not self.errors:
            try:
                given["when"] = When(**given)
            except UnfitTimeError as error:
                self.add_error("zone", f"{error}.")
        return given


def unfocus(form: forms.BaseForm) -> None:
    """The page is read first, and its keys work."""
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
