"""People before an administrator: roles, off and on, and an end to sessions."""

import re

import pytest
from django.test import Client

from prospect_aggregate.web import roster, sessions
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role
from tests.web.doors import PASSWORD, signed_in, somebody

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0"


@pytest.fixture
def vera() -> Person:
    return somebody("vera", email="vera@example.com")


def test_people_are_listed_with_what_matters(reader: Client, vera: Person) -> None:
    signed_in(vera)
    page = reader.get("/people/").content.decode()
    assert "<strong>2</strong> may come in" in page
    assert "vera@example.com" in page
    assert re.search(r"vera</a>.*?Viewer.*?data-label=\"sessions\">1<", page)


def test_a_role_is_given(reader: Client, vera: Person) -> None:
    answer = reader.post(f"/people/{vera.pk}/role/", {"role": "operator"}, follow=True)
    assert b"vera is operator from now on." in answer.content
    vera.refresh_from_db()
    assert vera.role == Role.OPERATOR


def test_a_role_that_does_not_exist_is_not_given(reader: Client, vera: Person) -> None:
    reader.post(f"/people/{vera.pk}/role/", {"role": "owner"})
    vera.refresh_from_db()
    assert vera.role == Role.VIEWER


def test_the_last_administrator_stays_one(reader: Client, person: Person) -> None:
    for path, given in (("role", {"role": "viewer"}), ("switch", {"on": "no"})):
        answer = reader.post(f"/people/{person.pk}/{path}/", given, follow=True)
        assert b"is the last administrator; make somebody else one first" in answer.content
    person.refresh_from_db()
    assert (person.role, person.is_active) == (Role.ADMINISTRATOR, True)


def test_one_of_two_administrators_may_leave(reader: Client, person: Person) -> None:
    other = somebody("other", Role.ADMINISTRATOR)
    roster.give_role(other, Role.VIEWER)
    with pytest.raises(roster.LastAdministratorError):
        roster.switch_off(person)


def test_an_administrator_who_is_switched_off_is_nobodys_successor(reader: Client, person: Person) -> None:
    somebody("other", Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(roster.LastAdministratorError):
        roster.give_role(person, Role.VIEWER)


def test_who_is_switched_off_is_out_at_once_and_comes_back_when_switched_on(
    reader: Client, vera: Person
) -> None:
    theirs = signed_in(vera)
    reader.post(f"/people/{vera.pk}/switch/", {"on": "no"})
    assert theirs.get("/prospects/").status_code == 302
    assert Client().post("/sign-in/", {"username": "vera", "password": PASSWORD}).status_code == 200
    reader.post(f"/people/{vera.pk}/switch/", {"on": "yes"})
    assert theirs.get("/prospects/").status_code == 302
    signed_in(vera)


def test_a_session_shows_from_where_and_by_what_and_its_key_nowhere(vera: Person) -> None:
    client = signed_in(vera, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="198.51.100.7")
    page = client.get("/you/account/").content.decode()
    assert "198.51.100.7" in page
    assert FIREFOX in page
    assert "<strong>this one</strong>" in page
    assert str(client.session.session_key) not in page


def test_one_of_ones_own_sessions_is_ended(vera: Person) -> None:
    here, there = signed_in(vera), signed_in(vera)
    here.post("/you/sessions/", {"session": sessions.handle_of(there.session.session_key)})
    assert there.get("/prospects/").status_code == 302
    assert here.get("/prospects/").status_code == 200


def test_all_others_are_ended_and_the_one_that_asks_stays(vera: Person, reader: Client) -> None:
    here, *others = (signed_in(vera) for _ in range(3))
    answer = here.post("/you/sessions/", follow=True)
    assert b"2 other sessions ended." in answer.content
    assert [each.get("/prospects/").status_code for each in others] == [302, 302]
    assert reader.get("/prospects/").status_code == 200


def test_nobody_ends_a_strangers_session_by_its_name(vera: Person) -> None:
    other = signed_in(somebody("other"))
    signed_in(vera).post("/you/sessions/", {"session": sessions.handle_of(other.session.session_key)})
    assert other.get("/prospects/").status_code == 200


def test_an_administrator_ends_somebodys_sessions(vera: Person, reader: Client) -> None:
    theirs = signed_in(vera)
    answer = reader.post(f"/people/{vera.pk}/sessions/", follow=True)
    assert b"1 session of vera ended." in answer.content
    assert theirs.get("/prospects/").status_code == 302


def test_a_new_password_ends_the_sessions_elsewhere_and_not_this_one(vera: Person) -> None:
    here, there = signed_in(vera), signed_in(vera)
    new = "five other words of mine"
    here.post("/you/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert here.get("/prospects/").status_code == 200
    assert there.get("/prospects/").status_code == 302
    assert b"<strong>this one</strong>" in here.get("/you/account/").content


def test_an_e_mail_address_is_written_only_by_who_knows_the_password(vera: Person) -> None:
    client = signed_in(vera)
    assert (
        b"That is not your password."
        in client.post("/you/account/", {"email": "thief@example.com", "password": "no"}).content
    )
    vera.refresh_from_db()
    assert vera.email == "vera@example.com"
    client.post("/you/account/", {"email": "new@example.com", "password": PASSWORD})
    vera.refresh_from_db()
    assert vera.email == "new@example.com"


def test_the_page_says_what_each_role_may_do(reader: Client) -> None:
    page = reader.get("/people/").content.decode()
    assert re.search(r"decide on editions</th><td>no</td><td>no</td><td>yes</td><td>yes</td>", page)


def test_only_administrators_are_shown_the_way_to_people(reader: Client, vera: Person) -> None:
    assert b'href="/people/"' in reader.get("/menu/").content
    assert b'href="/people/"' not in signed_in(vera).get("/menu/").content
