"""Guessing is slow: waits grow, are told, hold for every process, and lock nobody out for ever."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from prospect_aggregate.web import lockout
from prospect_aggregate.web.first_start import link_for
from prospect_aggregate.web.models import Failure, Person
from prospect_aggregate.web.permissions import Role
from tests.web.doors import PASSWORD, signed_in, somebody

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 25, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def vera() -> Person:
    return somebody("vera")


def guess(name: str = "vera", password: str = "no", client: Client | None = None, **facts: str) -> int:
    given_ = {"username": name, "password": password}
    return (client or Client()).post("/sign-in/", given_, **facts).status_code  # type: ignore[arg-type]


def test_after_five_failures_not_even_the_right_password_is_looked_at(
    vera: Person, clock: time_machine.Traveller
) -> None:
    assert [guess() for _ in range(6)] == [200] * 5 + [429]
    assert guess(password=PASSWORD) == 429


def test_the_wait_is_told(vera: Person, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        guess()
    answer = Client().post("/sign-in/", {"username": "vera", "password": "no"})
    assert b"Try again in 30 s (at 12:00:30 UTC)" in answer.content
    assert answer["Retry-After"] == "31"


def test_waits_double_up_to_a_quarter_of_an_hour_and_end_by_themselves(
    vera: Person, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        guess()
    for seconds in (30, 60, 120, 240, 480, 900, 900, 900):
        clock.shift(timedelta(seconds=seconds - 1))
        assert guess() == 429
        clock.shift(timedelta(seconds=1))
        assert guess() == 200
    clock.shift(timedelta(minutes=15))
    assert guess(password=PASSWORD) == 302


def test_what_is_refused_prolongs_nothing(vera: Person, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        guess()
    for _ in range(50):
        guess()
    clock.shift(timedelta(seconds=30))
    assert guess(password=PASSWORD) == 302


def test_a_success_begins_anew(vera: Person, clock: time_machine.Traveller) -> None:
    for _ in range(4):
        guess()
    assert guess(password=PASSWORD) == 302
    assert [guess() for _ in range(5)] == [200] * 5


def test_a_name_that_nobody_has_waits_like_any_other(clock: time_machine.Traveller) -> None:
    assert [guess("nobody") for _ in range(6)] == [200] * 5 + [429]


@pytest.mark.parametrize("name", ["VERA", " vera", "Vera "])
def test_another_spelling_is_no_other_account(vera: Person, clock: time_machine.Traveller, name: str) -> None:
    for _ in range(5):
        guess(name)
    assert guess(password=PASSWORD) == 429


def test_one_address_cannot_try_every_name(clock: time_machine.Traveller) -> None:
    tried = [guess(f"name{number}") for number in range(21)]
    assert tried == [200] * 20 + [429]
    assert guess("another", REMOTE_ADDR="198.51.100.7") == 200


def test_a_network_of_one_house_is_one_address(clock: time_machine.Traveller) -> None:
    for number in range(20):
        guess(f"name{number}", REMOTE_ADDR=f"2001:db8::{number:x}")
    assert guess("another", REMOTE_ADDR="2001:db8::ffff") == 429
    assert guess("another", REMOTE_ADDR="2001:db8:0:1::1") == 200


def test_an_address_that_anybody_can_write_is_not_believed(clock: time_machine.Traveller) -> None:
    tried = [guess(f"n{number}", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}") for number in range(21)]
    assert tried[-1] == 429


def test_behind_a_proxy_its_own_word_counts_and_not_the_one_before_it(
    clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.BEHIND_TLS = True
    forged = [f"203.0.113.{number}, 198.51.100.7" for number in range(21)]
    tried = [guess(f"n{number}", HTTP_X_FORWARDED_FOR=said) for number, said in enumerate(forged)]
    assert tried[-1] == 429
    assert guess("n", HTTP_X_FORWARDED_FOR="203.0.113.9") == 200


def test_strangers_do_not_lock_the_owner_out_of_their_own_browser(
    vera: Person, clock: time_machine.Traveller
) -> None:
    own = signed_in(vera)
    own.post("/sign-out/")
    for _ in range(6):
        guess(REMOTE_ADDR="198.51.100.7")
    assert guess(password=PASSWORD) == 429
    assert guess(password=PASSWORD, client=own) == 302


def test_a_known_browser_may_not_guess_either(vera: Person, clock: time_machine.Traveller) -> None:
    own = signed_in(vera)
    own.post("/sign-out/")
    assert [guess(client=own) for _ in range(6)] == [200] * 5 + [429]


def test_a_browser_that_one_knows_is_a_stranger_to_another(
    vera: Person, clock: time_machine.Traveller
) -> None:
    other = signed_in(somebody("other"))
    other.post("/sign-out/")
    for _ in range(5):
        guess()
    assert guess(password=PASSWORD, client=other) == 429


def test_a_forged_word_of_a_browser_counts_for_nothing(vera: Person, clock: time_machine.Traveller) -> None:
    forger = Client()
    for number in range(5):
        forger.cookies[lockout.KNOWN] = f"eyJwZXJzb24iOjF9:{number}"
        guess(client=forger)
    assert guess(password=PASSWORD, client=forger) == 429


def test_an_administrator_lifts_it(vera: Person, reader: Client, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        guess()
    assert b"waits until" in reader.get("/people/").content
    reader.post(f"/people/{vera.pk}/lift/")
    assert guess(password=PASSWORD) == 302


def test_an_administrator_lifts_an_address(reader: Client, clock: time_machine.Traveller) -> None:
    for number in range(20):
        guess(f"name{number}")
    assert b"127.0.0.1 until" in reader.get("/people/").content
    reader.post("/people/addresses/lift/", {"address": "127.0.0.1"})
    assert guess("another") == 200


def test_a_link_lets_the_last_administrator_in_while_strangers_guess(clock: time_machine.Traveller) -> None:
    admin = somebody("admin", Role.ADMINISTRATOR)
    for _ in range(9):
        guess("admin")
    assert Client().post(link_for(admin, now=NOON)).status_code == 302


def test_what_was_typed_as_a_name_is_not_kept(clock: time_machine.Traveller) -> None:
    guess("my secret password, in the wrong field")
    assert "secret" not in str(Failure.objects.values())


def test_who_tries_at_the_same_moment_is_counted_before_being_looked_at(
    vera: Person, clock: time_machine.Traveller
) -> None:
    keys = (lockout.account_key("vera"),)
    under_way = [lockout.begin(keys, now=NOON) for _ in range(5)]
    with pytest.raises(lockout.LockedOutError):
        lockout.begin(keys, now=NOON)
    lockout.forgive(under_way[0])
    lockout.begin(keys, now=NOON)


@given(failures=st.integers(0, 10_000))
def test_more_failures_never_wait_less_and_never_for_ever(failures: int) -> None:
    for rule in (lockout.ACCOUNT, lockout.ADDRESS):
        assert rule.wait(failures) <= rule.wait(failures + 1) <= rule.most


def test_old_failures_are_forgotten(vera: Person, clock: time_machine.Traveller) -> None:
    for _ in range(4):
        guess()
    clock.shift(timedelta(hours=25))
    guess()
    assert Failure.objects.filter(key__startswith="account:").count() == 1
