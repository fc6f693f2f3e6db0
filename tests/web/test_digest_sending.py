"""A digest goes out once, at its time, whoever dies meanwhile; one that fails is tried again."""

import email
import re
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from pytest_django.fixtures import Settings

from prospect_aggregate.web import roster
from prospect_aggregate.web.digests import composing, sending
from prospect_aggregate.web.digests.choosing import choose
from prospect_aggregate.web.digests.when import When
from prospect_aggregate.web.metrics import exposition
from prospect_aggregate.web.models import Digest, Person
from prospect_aggregate.web.status import status_lines
from tests.given import day
from tests.web.digesting import (
    CHOSEN_AT,
    DAILY,
    DAY,
    FIRST,
    HOUR,
    MINUTE,
    ROOT,
    SECOND,
    Lists,
    follower,
    kept,
    listed,
    mails,
    moved,
    sent,
    vera,
)
from tests.web.mailbox import Mailbox

__all__ = ["follower", "listed", "mails", "vera"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mails")]


def test_before_its_time_nothing_goes_out_and_at_its_time_once(follower: Person, lists: Lists) -> None:
    moved(lists)
    assert sent(FIRST - timedelta(seconds=1)) == []
    assert len(sent(FIRST)) == 1
    assert sent(FIRST + MINUTE) == []
    assert sent(FIRST + 3 * HOUR) == []
    assert kept(follower).next_at == SECOND


def test_weekly_comes_once_a_week_and_tells_all_of_it(follower: Person, lists: Lists) -> None:
    choose(follower, When(every="weekly", weekday=0, hour=7), now=CHOSEN_AT)
    monday = day("2026-05-18") + 7 * HOUR
    moved(lists)
    assert sent(FIRST) == []
    moved(lists, to="08/20/2026", at="2026-05-12")
    (message,) = sent(monday)
    assert "1 Jun → 15 Jul" in message.body
    assert "15 Jul → 20 Aug" in message.body
    assert kept(follower).next_at == monday + 7 * DAY


def test_of_two_processes_that_see_it_due_one_sends_it(follower: Person, lists: Lists) -> None:
    moved(lists)
    one, other = Digest.objects.due(FIRST)[0], Digest.objects.due(FIRST)[0]
    assert Digest.objects.claim(one, now=FIRST)
    assert not Digest.objects.claim(other, now=FIRST)
    assert sent(FIRST) == []


def test_of_two_that_try_again_one_does(follower: Person, lists: Lists) -> None:
    moved(lists)
    Digest.objects.claim(Digest.objects.due(FIRST)[0], now=FIRST)
    later = FIRST + 2 * MINUTE
    one, other = Digest.objects.due(later)[0], Digest.objects.due(later)[0]
    assert Digest.objects.claim(one, now=later)
    assert not Digest.objects.claim(other, now=later)


def test_off_and_on_again_while_one_is_on_its_way_begins_anew(follower: Person, lists: Lists) -> None:
    """What arrives then tells nothing of where the new one begins."""
    moved(lists)
    Digest.objects.claim(Digest.objects.due(FIRST)[0], now=FIRST)
    under_way = kept(follower)
    moved(lists, to="08/20/2026", at="2026-05-12")
    choose(follower, When(), now=FIRST)
    choose(follower, DAILY, now=FIRST)
    Digest.objects.told(under_way, count=3, now=FIRST)
    assert sent(SECOND) == []


def test_a_process_that_dies_before_it_sends_loses_nothing_and_doubles_nothing(
    follower: Person, lists: Lists
) -> None:
    moved(lists)
    assert Digest.objects.claim(Digest.objects.due(FIRST)[0], now=FIRST)
    assert sent(FIRST + MINUTE) == []
    moved(lists, to="08/20/2026", at="2026-05-12")
    (message,) = sent(FIRST + 2 * MINUTE)
    assert "1 Jun → 15 Jul" in message.body
    assert "20 Aug" not in message.body
    assert sent(FIRST + HOUR) == []


def test_one_that_dies_after_it_sent_has_it_sent_twice_as_one_message(follower: Person, lists: Lists) -> None:
    moved(lists)
    digest = Digest.objects.due(FIRST)[0]
    Digest.objects.claim(digest, now=FIRST)
    first = composing.mail_of(kept(follower), now=FIRST)
    assert first is not None
    (again,) = sent(FIRST + 2 * MINUTE)
    assert again.extra_headers["Message-ID"] == first.headers["Message-ID"]
    moved(lists, to="08/20/2026", at="2026-05-12")
    (next_one,) = sent(SECOND)
    assert next_one.extra_headers["Message-ID"] != first.headers["Message-ID"]


def without_server(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def test_a_mail_that_fails_is_shown_and_tried_again(
    follower: Person, lists: Lists, settings: Settings
) -> None:
    moved(lists)
    backend = settings.EMAIL_BACKEND
    without_server(settings)
    assert sent(FIRST) == []
    digest = kept(follower)
    assert digest.error.startswith("the mail server says:")
    assert (digest.tries, digest.try_at) == (1, FIRST + 2 * MINUTE)
    assert list(Digest.objects.undelivered()) == [digest]
    assert "prospects_digests_undelivered 1.0" in exposition().decode()
    assert f"mail did not take 1 digest: {digest.error}" in [line.text for line in status_lines()]
    sent(FIRST + 2 * MINUTE)
    assert kept(follower).try_at == FIRST + 7 * MINUTE
    settings.EMAIL_BACKEND = backend
    assert len(sent(FIRST + 7 * MINUTE)) == 1
    assert (kept(follower).error, list(Digest.objects.undelivered())) == ("", [])
    assert "prospects_digests_undelivered 0.0" in exposition().decode()
    assert not any("digest" in line.text for line in status_lines())


def test_one_that_never_went_out_is_in_the_next(follower: Person, lists: Lists, settings: Settings) -> None:
    moved(lists)
    backend = settings.EMAIL_BACKEND
    without_server(settings)
    assert sent(FIRST) == []
    settings.EMAIL_BACKEND = backend
    moved(lists, to="08/20/2026", at="2026-05-12")
    (message,) = sent(SECOND)
    assert "1 Jun → 15 Jul" in message.body
    assert "15 Jul → 20 Aug" in message.body


@pytest.mark.parametrize("why", ["switched off", "without an address", "off", "without mail"])
def test_who_cannot_or_will_not_be_mailed_is_not(
    follower: Person, lists: Lists, settings: Settings, why: str
) -> None:
    moved(lists)
    if why == "switched off":
        roster.switch_off(follower)
    elif why == "without an address":
        roster.write_email(follower, "")
    elif why == "off":
        choose(follower, When(), now=CHOSEN_AT)
    else:
        settings.MAIL_IS_SET_UP = False
    assert sent(FIRST) == []


def test_one_that_waited_for_mail_to_be_set_up_is_not_lost(
    follower: Person, lists: Lists, settings: Settings
) -> None:
    moved(lists)
    settings.MAIL_IS_SET_UP = False
    assert sent(SECOND) == []
    settings.MAIL_IS_SET_UP = True
    assert len(sent(SECOND + 3 * HOUR)) == 1
    assert kept(follower).next_at == SECOND + DAY


def test_another_time_takes_nothing_back_and_on_again_begins_anew(follower: Person, lists: Lists) -> None:
    moved(lists)
    choose(follower, When(every="daily", hour=9), now=CHOSEN_AT)
    assert sent(FIRST) == []
    assert len(sent(FIRST + 2 * HOUR)) == 1
    choose(follower, When(), now=SECOND)
    moved(lists, to="08/20/2026", at="2026-05-12")
    choose(follower, DAILY, now=SECOND)
    assert sent(SECOND + DAY) == []


def test_switching_off_while_one_is_tried_again_ends_that_too(
    follower: Person, lists: Lists, settings: Settings
) -> None:
    moved(lists)
    backend = settings.EMAIL_BACKEND
    without_server(settings)
    sent(FIRST)
    settings.EMAIL_BACKEND = backend
    choose(follower, When(), now=FIRST)
    assert sent(FIRST + HOUR) == []


@pytest.mark.django_db(transaction=True)
def test_of_four_that_look_at_the_same_moment_one_sends(follower: Person, lists: Lists) -> None:
    moved(lists)
    mail.outbox.clear()
    together = threading.Barrier(4)

    def look() -> None:
        together.wait(10)
        sending.send_due(FIRST)
        connection.close()

    looking = [threading.Thread(target=look) for _ in range(4)]
    for thread in looking:
        thread.start()
    for thread in looking:
        thread.join()
    assert len(mail.outbox) == 1


def test_a_mail_reaches_a_real_server_whole(follower: Person, lists: Lists, settings: Settings) -> None:
    """With its headers and both its ways of being read, over SMTP."""
    moved(lists)
    with Mailbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        assert sending.send_due(FIRST) == 1
    (taken,) = box.taken
    head = taken.partition(b"\r\n\r\n")[0].decode("ascii")
    assert re.search(
        rf"^List-Unsubscribe: (\r\n )?<{ROOT}/digest/off/[\w-]{{43}}/>\r$", head, re.MULTILINE
    ), head
    assert re.search(r"^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$", head, re.MULTILINE)
    message = email.message_from_bytes(taken)
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
