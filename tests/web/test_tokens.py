"""Tokens of the API: what each opens, for how long, and how often."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.web.api.session import Token
from prospect_aggregate.web.models import ApiToken, Person
from prospect_aggregate.web.permissions import READING, Permission
from prospect_aggregate.web.tokens import digest_of
from tests.web.api_client import ROOT
from tests.web.broker import Broker

pytestmark = pytest.mark.django_db


def made(reader: Client, scope: str = "read", days: int = 30) -> str:
    """A fresh token, as its page shows it."""
    answer = reader.post("/you/tokens/make/", {"name": "nightly", "scope": scope, "days": days})
    found = re.search(r'value="(jps_[\w-]{43})"', answer.content.decode())
    assert found is not None
    return found[1]


def asked(secret: str, path: str = "/sources", method: str = "GET", **headers: str) -> Any:
    """As a program asks that has nothing but a token; CSRF is checked as in earnest."""
    client = Client(enforce_csrf_checks=True)
    given = {"Authorization": f"Bearer {secret}", **headers}
    return client.generic(method, ROOT + path, content_type="application/json", headers=given)


def said(answer: Any) -> str:
    assert answer["Content-Type"] == "application/problem+json"
    return str(answer.json()["detail"])


def test_a_token_reads_what_its_owner_reads(reader: Client) -> None:
    assert asked(made(reader)).status_code == 200
    assert asked(made(reader), "/openapi.json").json()["openapi"].startswith("3.1")


def test_a_token_that_reads_writes_nothing(reader: Client) -> None:
    answer = asked(made(reader), "/sources/dhs/collect", "POST")
    assert (answer.status_code, said(answer)[:21]) == (403, "this token only reads")


def test_who_comes_in_by_a_token_that_reads_may_only_read(reader: Client, rf: RequestFactory) -> None:
    reading, writing = (Token().authenticate(rf.get("/"), made(reader, scope)) for scope in ("read", "write"))
    assert (reading.only, writing.only) == (READING, None)
    assert reading.may(Permission.SEE_PEOPLE)
    assert not reading.may(Permission.KEEP_ONES_OWN)


def test_a_token_that_writes_needs_no_session_and_acts_as_its_owner(reader: Client, broker: Broker) -> None:
    secret = made(reader, "write")
    answer = asked(secret, "/batches", "POST")
    assert (answer.status_code, answer.json()["asked_by"]) == (202, "ana")


@pytest.mark.parametrize(
    "facts",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}],
    ids=["revoked", "expired"],
)  # fmt: skip
def test_a_token_that_is_over_opens_nothing(reader: Client, facts: dict[str, Any]) -> None:
    secret = made(reader)
    ApiToken.objects.update(**facts)
    answer = asked(secret)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "revoked or has expired" in said(answer)
    assert asked(secret, "/openapi.json", Accept="application/json").status_code == 401


def test_who_is_let_go_takes_no_token_along(reader: Client, person: Person) -> None:
    secret = made(reader)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert asked(secret).status_code == 401


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer x", "Bearer \x00", "Bearer jps_", "bearer é"])
def test_a_wrong_token_is_refused_even_beside_a_session(reader: Client, given: str) -> None:
    answer = reader.get(f"{ROOT}/sources", headers={"Authorization": given})
    assert answer.status_code == 401
    assert "revoked or has expired" in said(answer)


@pytest.mark.parametrize("given", ["Basic YTpi", "Digest x", ""])
def test_other_ways_of_signing_in_are_none_and_leave_the_session_alone(
    client: Client, reader: Client, given: str
) -> None:
    assert client.get(f"{ROOT}/sources", headers={"Authorization": given}).status_code == 401
    assert reader.get(f"{ROOT}/sources", headers={"Authorization": given}).status_code == 200


def test_a_token_opens_no_page(reader: Client) -> None:
    answer = Client().get("/prospects/", headers={"Authorization": f"Bearer {made(reader, 'write')}"})
    assert answer.status_code == 302


def test_only_its_digest_and_its_beginning_are_kept(reader: Client) -> None:
    secret = made(reader)
    token = ApiToken.objects.get()
    assert (token.digest, token.prefix) == (digest_of(secret), secret[:12])
    assert secret not in str(vars(token)) + reader.get("/you/tokens/").content.decode()
    assert secret[:12] in reader.get("/you/tokens/").content.decode()


def test_revoking_is_undone_while_it_is_fresh(reader: Client) -> None:
    secret, number = made(reader), ApiToken.objects.get().pk
    reader.post(f"/you/tokens/{number}/revoke/")
    assert asked(secret).status_code == 401
    reader.post(f"/you/tokens/{number}/restore/")
    assert asked(secret).status_code == 200
    ApiToken.objects.update(revoked_at=timezone.now() - timedelta(minutes=11))
    reader.post(f"/you/tokens/{number}/restore/")
    assert asked(secret).status_code == 401


def test_nobody_touches_the_token_of_somebody_else(reader: Client) -> None:
    secret, number = made(reader, "write"), ApiToken.objects.get().pk
    other = Client()
    other.force_login(Person.objects.create_user("bo"))
    other.post(f"/you/tokens/{number}/revoke/")
    assert other.post(f"{ROOT}/tokens/{number}/revoke").status_code == 404
    assert asked(secret).status_code == 200


def test_a_token_revokes_itself_by_the_api_for_who_finds_it_leaked(reader: Client) -> None:
    secret, number = made(reader, "write"), ApiToken.objects.get().pk
    assert [each["id"] for each in asked(secret, "/tokens").json()["items"]] == [number]
    assert asked(secret, f"/tokens/{number}/revoke", "POST").status_code == 200
    assert asked(secret, "/tokens").status_code == 401


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "x", "scope": "all", "days": 30},
        {"name": "x", "scope": "read", "days": 9999},
        {"name": " \x00", "scope": "read", "days": 30},
    ],
)
def test_a_token_without_name_scope_or_end_is_not_made(reader: Client, given: dict[str, Any]) -> None:
    assert reader.post("/you/tokens/make/", given).status_code == 422
    assert ApiToken.objects.count() == 0


def test_its_last_use_is_known(reader: Client) -> None:
    secret = made(reader)
    assert ApiToken.objects.get().used_at is None
    asked(secret)
    assert ApiToken.objects.get().used_at is not None


def test_who_asks_too_often_waits_and_others_do_not(reader: Client, settings: Settings) -> None:
    settings.API_RATE = 3
    with time_machine.travel("2026-06-01T12:00:20Z", tick=False) as clock:
        often, other = made(reader), made(reader)
        assert [asked(often).status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = asked(often)
        assert (said(answer), answer["Retry-After"]) == ("asked too often; wait 40 s", "40")
        assert asked(other).status_code == 200
        assert reader.get(f"{ROOT}/sources").status_code == 200
        clock.shift(41)
        assert asked(often).status_code == 200


def test_a_feed_that_is_asked_too_often_waits(reader: Client, client: Client, settings: Settings) -> None:
    settings.API_RATE = 1
    address = reader.post(f"{ROOT}/feeds", {}, content_type="application/json").json()["atom"]
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]
    assert client.get(address).has_header("Retry-After")


def test_a_feed_is_made_listed_and_revoked_by_the_api(reader: Client, client: Client) -> None:
    made = reader.post(
        f"{ROOT}/feeds", {"view": "q=cyber", "name": "Mine"}, content_type="application/json"
    ).json()
    (listed,) = reader.get(f"{ROOT}/feeds").json()["items"]
    assert listed == {name: made[name] for name in listed}
    assert client.get(made["calendar"]).status_code == 200
    assert reader.post(f"{ROOT}/feeds/{made['id']}/revoke").json()["revoked_at"] is not None
    assert client.get(made["calendar"]).status_code == 404


def test_no_log_tells_a_token(
    reader: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)  # as processes of ours log
    secret = made(reader)
    monkeypatch.setattr("prospect_aggregate.web.api.engine.status_lines", lambda: 1 / 0)
    assert asked(secret, "/status").status_code == 500
    assert asked(secret, "/nothing").status_code == 404
    assert asked(secret + "x").status_code == 401
    assert caplog.text
    assert secret not in caplog.text
