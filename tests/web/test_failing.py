"""What a reader sees when a page cannot be had."""

import re
from pathlib import Path

import pytest
from django.test import Client

from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role
from prospect_aggregate.web.views import prospects
from tests.browser.database import database_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(admin_client: Client) -> Client:
    admin_client.raise_request_exception = False
    return admin_client


def test_a_database_that_is_away_is_said_with_what_is_still_true(reader: Client, caplog) -> None:
    with database_at(Path("/nowhere/at/all.sqlite3")):
        answer = reader.get("/prospects/?q=help")
        alive = reader.get("/healthz")
    page = answer.content.decode()
    assert (answer.status_code, alive.status_code) == (503, 503)
    assert "The database does not answer. Your filters are kept in the address" in page
    (reference,) = re.findall(r"ref ([0-9a-f]{4})<", page)
    assert f"ref {reference}: GET /prospects/" in caplog.text
    assert answer["X-Reference"] == reference


def test_a_mistake_of_ours_is_called_ours(reader: Client, monkeypatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("none of the reader's business")

    monkeypatch.setattr(prospects, "listed", stumble)
    answer = reader.get("/prospects/")
    assert answer.status_code == 500
    assert "not what you did" in answer.content.decode()
    assert "none of the reader" not in answer.content.decode()


def test_an_address_that_leads_nowhere_leads_back(reader: Client) -> None:
    answer = reader.get("/prospects/dhs/none/")
    assert answer.status_code == 404
    assert 'href="/prospects/"' in answer.content.decode()


def test_every_refusal_has_the_reference_of_the_log(client: Client, person: Person, caplog) -> None:
    caplog.set_level("INFO")
    Person.objects.filter(pk=person.pk).update(role=Role.VIEWER)
    client.force_login(person)
    for path, status in (("/nowhere/", 404), ("/runs/", 403)):
        answer = client.get(path)
        (reference,) = re.findall(r"ref ([0-9a-f]{4})<", answer.content.decode())
        assert (answer.status_code, answer["X-Reference"]) == (status, reference)
        assert f"ref {reference}: GET {path}" in caplog.text


def test_a_form_from_before_somebody_signed_in_says_what_to_do(person: Person) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    answer = careful.post("/you/", {"keys": "off"})
    assert answer.status_code == 403
    assert "Nothing was changed. Go back, load the page anew, and send the form again." in str(answer.content)


def test_a_form_that_failed_is_not_fetched_as_if_it_were_a_page(reader: Client) -> None:
    with database_at(Path("/nowhere/at/all.sqlite3")):
        page = reader.post("/you/", {"keys": "off"}).content.decode()
    assert "look whether it was done before you send it again" in page
    assert "Try again" not in page
