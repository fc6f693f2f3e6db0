"""Forms that need more than a few fields in a template."""

from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import QueryDict

from prospect_aggregate.web.models import Person


def password_form(person: Person, given: QueryDict | None) -> "SetPasswordForm[Person]":
    """Somebody who came in by a link has no old password to show."""
    form = PasswordChangeForm if person.has_usable_password() else SetPasswordForm
    made = form(person, given)
    for field in made.fields.values():
        field.widget.attrs.pop("autofocus", None)  # the page is read first, and its keys work
    return made
