"""A new password by a link: for its owner, once, and nobody learns who is known."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.web import lockout, resets
from prospect_aggregate.web.models import Failure, Person, SignInLink
from tests.web.doors import PASSWORD, shown_link, signed_in, somebody

pytestmark = pytest.mark.django_db
NEW = "five other words of mine"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture(autouse=True)
def mails(settings: Settings) -> None:
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, "https://prospects.example"


def sent(count: int = 1) -> list[str]:
    """The bodies of the mails, which go out behind the answer."""
    for _ in range(100):
        if len(mail.outbox) >= count:
            break
        time.sleep(0.02)
    return [str(each.body) for each in mail.outbox]


def path_in(body: str) -> str:
    return body.split("https://prospects.example")[1].split()[0]


@pytest.mark.parametrize("who", ["vera", "VERA", "Vera@Example.com"])
def test_a_link_goes_to_the_owner_by_name_or_address(client: Client, who: str) -> None:
    somebody("vera", email="vera@example.com")
    client.post("/password/", {"who": who})
    (body,) = sent()
    assert client.post(path_in(body), CHOSEN)["Location"] == "/"
    assert Person.objects.get().check_password(NEW)


def test_the_answer_is_the_same_for_somebody_and_for_nobody(client: Client) -> None:
    somebody("vera", email="vera@example.com")
    somebody("mute")
    somebody("gone", email="gone@example.com", is_active=False)
    asked = [client.post("/password/", {"who": who}) for who in ("vera", "mute", "gone", "nobody", "")]
    assert len({(it.status_code, _without_token(it.content)) for it in asked}) == 1
    assert len(sent()) == 1


def _without_token(page: bytes) -> bytes:
    return b"".join(line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line)


def test_a_mailbox_is_not_filled_by_strangers(client: Client) -> None:
    somebody("vera", email="vera@example.com")
    for _ in range(4):
        client.post("/password/", {"who": "vera"})
    assert len(sent()) == 1


def test_the_link_in_a_mail_leads_to_us_whatever_the_request_says(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    somebody("vera", email="vera@example.com")
    client.post("/password/", {"who": "vera"}, headers={"Host": "evil.example"})
    (body,) = sent()
    assert "evil.example" not in body


def test_without_our_address_no_mail_is_sent(client: Client, settings: Settings) -> None:
    settings.ADDRESS = ""
    somebody("vera", email="vera@example.com")
    assert b"sends no mails" in client.post("/password/", {"who": "vera"}).content
    assert not SignInLink.objects.exists()


def test_a_new_password_ends_links_sessions_and_waits() -> None:
    vera = somebody("vera")
    elsewhere = signed_in(vera)
    first, second = (resets.link_for(vera, now=timezone.now()) for _ in range(2))
    Failure.objects.bulk_create(Failure(key=lockout.account_key("vera"), at=timezone.now()) for _ in range(9))
    assert Client().post(first, CHOSEN).status_code == 302
    assert elsewhere.get("/prospects/").status_code == 302
    assert Client().post(second, CHOSEN).status_code == 410
    assert Client().post("/sign-in/", {"username": "vera", "password": NEW}).status_code == 302


def test_a_link_works_once_and_within_its_hour() -> None:
    vera = somebody("vera")
    path = resets.link_for(vera, now=timezone.now() - timedelta(minutes=61))
    assert Client().get(path).status_code == 410
    path = resets.link_for(vera, now=timezone.now())
    assert Client().get(path).status_code == 200
    assert Client().post(path, CHOSEN).status_code == 302
    assert Client().post(path, CHOSEN).status_code == 410


def test_a_bad_password_uses_nothing() -> None:
    path = resets.link_for(somebody("vera"), now=timezone.now())
    assert Client().post(path, {"new_password1": "short", "new_password2": "short"}).status_code == 200
    assert Client().post(path, CHOSEN).status_code == 302


def test_a_link_for_a_password_signs_nobody_in_and_the_other_way_round() -> None:
    path = resets.link_for(somebody("vera"), now=timezone.now())
    assert Client().post(path.replace("/password/", "/sign-in/")).status_code == 410


def test_who_is_switched_off_comes_in_by_no_link(reader: Client) -> None:
    vera = somebody("vera")
    path = resets.link_for(vera, now=timezone.now())
    Person.objects.filter(pk=vera.pk).update(is_active=False)
    assert Client().post(path, CHOSEN).status_code == 410


def test_an_administrator_makes_a_link_to_hand_over(reader: Client) -> None:
    vera = somebody("vera")
    answer = reader.post(f"/people/{vera.pk}/password/")
    assert "no-store" in answer["Cache-Control"]
    assert Client().post(shown_link(answer.content), CHOSEN).status_code == 302


def test_the_database_does_not_hold_the_link() -> None:
    path = resets.link_for(somebody("vera"), now=timezone.now())
    assert path.split("/")[2] not in str(SignInLink.objects.values())


def test_the_old_password_is_none_any_more() -> None:
    Client().post(resets.link_for(somebody("vera"), now=timezone.now()), CHOSEN)
    assert Client().post("/sign-in/", {"username": "vera", "password": PASSWORD}).status_code == 200
