"""Somebody new comes in by a link that works once, with the role that it was made for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.web import invitations, roster
from prospect_aggregate.web.models import Invitation, Person
from prospect_aggregate.web.permissions import Role
from tests.web.doors import PASSWORD, shown_link, somebody

pytestmark = pytest.mark.django_db
CHOSEN = {"username": "neil", "email": "", "password1": PASSWORD, "password2": PASSWORD}


def invited(reader: Client, role: str = "analyst", email: str = "") -> str:
    return shown_link(reader.post("/people/invite/", {"role": role, "email": email}).content)


def test_who_is_invited_comes_in_with_that_role_and_is_signed_in(reader: Client, client: Client) -> None:
    path = invited(reader)
    assert client.get(path).status_code == 200
    assert client.post(path, CHOSEN)["Location"] == "/"
    assert client.get("/prospects/").status_code == 200
    assert Person.objects.get(username="neil").role == Role.ANALYST


def test_a_link_works_once(reader: Client, client: Client) -> None:
    path = invited(reader)
    client.post(path, CHOSEN)
    assert Client().get(path).status_code == 410
    assert Client().post(path, {**CHOSEN, "username": "second"}).status_code == 410
    assert Person.objects.count() == 2


def test_a_role_in_the_form_changes_nothing(reader: Client, client: Client) -> None:
    client.post(invited(reader, "viewer"), {**CHOSEN, "role": "administrator", "is_superuser": "on"})
    neil = Person.objects.get(username="neil")
    assert (neil.role, neil.is_superuser) == ("viewer", False)


def test_a_link_ends_with_its_week(reader: Client, client: Client) -> None:
    path = invited(reader)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 410


def test_a_link_that_was_taken_back_lets_nobody_in(reader: Client, client: Client) -> None:
    path = invited(reader)
    reader.post(f"/people/invitations/{Invitation.objects.get().pk}/take-back/")
    assert client.post(path, CHOSEN).status_code == 410


def test_invitations_go_with_the_role_of_who_invited(reader: Client, person: Person, client: Client) -> None:
    path = invited(reader, "administrator")
    somebody("other", Role.ADMINISTRATOR)
    roster.give_role(person, Role.VIEWER)
    assert client.get(path).status_code == 410


def test_a_bad_password_uses_nothing(reader: Client, client: Client) -> None:
    path = invited(reader)
    answer = client.post(path, {**CHOSEN, "password1": "short", "password2": "short"})
    assert (answer.status_code, b'role="alert"' in answer.content) == (200, True)
    assert client.post(path, CHOSEN).status_code == 302


def test_a_name_that_somebody_has_is_refused_whatever_its_case(reader: Client, client: Client) -> None:
    answer = client.post(invited(reader), {**CHOSEN, "username": "ANA"})
    assert b"already exists" in answer.content


def test_of_two_who_use_a_link_at_once_one_is_let_in(person: Person) -> None:
    made, _ = invitations.invite(Role.VIEWER, by=person, now=timezone.now())
    invitations.accept(made, Person(username="first"), now=timezone.now())
    with pytest.raises(invitations.InvitationOverError):
        invitations.accept(made, Person(username="second"), now=timezone.now())
    assert not Person.objects.filter(username="second").exists()


def test_the_database_does_not_hold_the_link(reader: Client) -> None:
    assert invited(reader).split("/")[2] not in str(Invitation.objects.values())


def test_the_link_is_shown_once_and_kept_by_no_browser(reader: Client) -> None:
    answer = reader.post("/people/invite/", {"role": "viewer"})
    assert "no-store" in answer["Cache-Control"]
    assert shown_link(answer.content) not in reader.get("/people/").content.decode()


def test_a_role_that_does_not_exist_invites_nobody(reader: Client) -> None:
    assert reader.post("/people/invite/", {"role": "owner"}).status_code == 409
    assert not Invitation.objects.exists()


@pytest.fixture
def mails(settings: Settings) -> None:
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, "https://prospects.example"


@pytest.mark.usefixtures("mails")
def test_it_is_mailed_where_mail_is_set_up(reader: Client, client: Client) -> None:
    answer = reader.post("/people/invite/", {"role": "viewer", "email": "neil@example.com"})
    assert b"It was mailed to neil@example.com." in answer.content
    (sent,) = mail.outbox
    assert sent.to == ["neil@example.com"]
    path = sent.body.split("https://prospects.example")[1].split()[0]
    client.post(path, CHOSEN)
    assert Person.objects.get(username="neil").email == "neil@example.com"


@pytest.mark.usefixtures("mails")
def test_a_mail_that_does_not_go_out_is_said(reader: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = reader.post("/people/invite/", {"role": "viewer", "email": "neil@example.com"})
    assert b"could not be mailed to neil@example.com" in answer.content


def test_without_mail_it_says_to_hand_it_over(reader: Client) -> None:
    answer = reader.post("/people/invite/", {"role": "viewer", "email": "neil@example.com"})
    assert b"Hand it over yourself" in answer.content
    assert mail.outbox == []
