"""What a reader sees when a page cannot be had."""

import re
from pathlib import Path

import pytest
from django.test import Client

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
