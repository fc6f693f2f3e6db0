"""One mail of what changed for a person: once, at its time, each change once, and nothing when nothing did."""

import email
import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.feed import LOUD, Narrow, feed_of
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web import roster, scopes, seen
from prospect_aggregate.web.digests import composing, contents, letter, sending
from prospect_aggregate.web.digests.choosing import choose
from prospect_aggregate.web.digests.when import When
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_page import page_of
from prospect_aggregate.web.models import Digest, DigestLink, Person, SavedSearch, Watch
from tests.given import attempted, day, row, rows
from tests.web.doors import somebody
from tests.web.mailbox import Mailbox

pytestmark = pytest.mark.django_db
Lists = Callable[..., Run]
CHOSEN_AT = day("2026-05-12")
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
FIRST, SECOND = CHOSEN_AT + 7 * HOUR, CHOSEN_AT + DAY + 7 * HOUR
DAILY = When(every="daily", hour=7)
ROOT = "https://prospects.example"


@pytest.fixture(autouse=True)
def mails(settings: Settings) -> None:
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, ROOT


@pytest.fixture
def vera() -> Person:
    return somebody("vera", email="vera@example.com")


@pytest.fixture
def listed(lists: Lists) -> Run:
    return lists(row(1, title="Help desk"), row(2, title="Mapping"), row(3, title="Mowing"), at="2026-05-10")


@pytest.fixture
def follower(vera: Person, listed: Run) -> Person:
    """Watches the first, keeps a search that finds the first two, and has chosen a daily digest."""
    watch(vera, 1)
    search(vera, "Either", "q=help+OR+mapping")
    choose(vera, DAILY, now=CHOSEN_AT)
    return vera


def watch(person: Person, number: int) -> None:
    Watch.objects.set(person, Prospect.objects.get(native_id=str(number)), on=True, now=CHOSEN_AT)


def search(person: Person, name: str, query: str) -> SavedSearch:
    return SavedSearch.objects.save_as(person, name, query, now=CHOSEN_AT)


def moved(lists: Lists, *, to: str = "07/15/2026", at: str = "2026-05-11") -> Run:
    """All three change their date; the second its value, too."""
    return lists(
        row(1, title="Help desk", solicitation=to),
        row(2, title="Mapping", solicitation=to, value="$5M to $9M"),
        row(3, title="Mowing", solicitation=to),
        at=at,
    )


def sent(now: datetime) -> list[EmailMultiAlternatives]:
    """What goes out when a process looks at that time."""
    mail.outbox.clear()
    count = sending.send_due(now)
    assert count == len(mail.outbox)
    return list(mail.outbox)  # type: ignore[arg-type]


def kept(person: Person) -> Digest:
    return Digest.objects.get(person=person)


def test_it_tells_what_is_watched_and_what_a_saved_search_finds_and_nothing_else(
    follower: Person, lists: Lists
) -> None:
    moved(lists)
    (message,) = sent(FIRST)
    assert message.to == ["vera@example.com"]
    assert message.subject == "[prospects] 3 changes since Tue 12 May 2026: needs a look 2"
    assert "* Help desk\n  Listing [watched, Either]\n  Solicitation: 1 Jun" in message.body
    assert "Mapping" in message.body
    assert "Mowing" not in message.body


def test_the_html_says_what_the_text_says_and_lets_nothing_published_in(
    follower: Person, lists: Lists
) -> None:
    lists(row(1, title="<b>Help</b> & desk", solicitation="07/15/2026"), row(2), row(3), at="2026-05-11")
    (message,) = sent(FIRST)
    html = str(message.alternatives[0][0])
    assert "&lt;b&gt;Help&lt;/b&gt; &amp; desk" in html
    assert "<b>Help</b> & desk" in message.body
    assert f'href="{ROOT}/prospects/listing/1/"' in html


def test_before_its_time_nothing_goes_out_and_at_its_time_once(follower: Person, lists: Lists) -> None:
    moved(lists)
    assert sent(FIRST - timedelta(seconds=1)) == []
    assert len(sent(FIRST)) == 1
    assert sent(FIRST + MINUTE) == []
    assert sent(FIRST + 3 * HOUR) == []
    assert kept(follower).next_at == SECOND


def test_where_nothing_changed_no_mail_goes_out(follower: Person) -> None:
    assert sent(FIRST) == []
    assert (kept(follower).next_at, kept(follower).sent_at) == (SECOND, None)


def test_small_edits_alone_are_no_mail(vera: Person, lists: Lists, listed: Run) -> None:
    search(vera, "Help", "q=help")
    choose(vera, DAILY, now=CHOSEN_AT)
    lists(row(1, title="Help desks"), row(2, title="Mapping"), row(3, title="Mowing"), at="2026-05-11")
    assert sent(FIRST) == []


def test_each_change_is_told_once_over_two_digests_and_two_scopes(follower: Person, lists: Lists) -> None:
    moved(lists)
    (first,) = sent(FIRST)
    assert first.body.count("* Help desk") == 1
    moved(lists, to="08/20/2026", at="2026-05-12")
    (second,) = sent(SECOND)
    assert "15 Jul → 20 Aug" in second.body
    assert "1 Jun" not in second.body


def test_what_was_marked_seen_is_not_told(follower: Person, lists: Lists) -> None:
    moved(lists)
    seen.mark_seen(follower, seen.Unseen.by(follower, now=CHOSEN_AT).cut, now=CHOSEN_AT)
    assert sent(FIRST) == []
    moved(lists, to="08/20/2026", at="2026-05-12")
    assert len(sent(SECOND)) == 1


def test_what_changed_before_it_was_chosen_is_not_told(vera: Person, lists: Lists, listed: Run) -> None:
    watch(vera, 1)
    moved(lists)
    choose(vera, DAILY, now=CHOSEN_AT)
    assert sent(FIRST) == []


def test_a_search_that_is_switched_off_is_not_told(follower: Person, lists: Lists) -> None:
    SavedSearch.objects.get(person=follower).tell_by_digest(on=False)
    moved(lists)
    (message,) = sent(FIRST)
    assert "Listing [watched]" in message.body
    assert "Mapping" not in message.body


def test_what_is_new_and_fits_the_company_is_told_and_what_changes_of_it_is_not(
    vera: Person, lists: Lists, listed: Run
) -> None:
    company.keep(Profile(keywords=("mowing",)), by="ana", now=CHOSEN_AT, read=0)
    choose(vera, DAILY, now=CHOSEN_AT)
    later = [
        row(number, title=title, solicitation="07/15/2026") for number, title in ((1, "Help"), (3, "Mowing"))
    ]
    lists(*later, row(4, title="Mowing of parks"), row(5, title="Chairs"), at="2026-05-11")
    (message,) = sent(FIRST)
    assert "* Mowing of parks\n  Listing [fits or possible]" in message.body
    assert message.body.count("* ") == 1


def test_sources_that_were_blocked_in_that_time_are_said(
    follower: Person, lists: Lists, site: object
) -> None:
    moved(lists)
    run = attempted()
    Run.objects.filter(pk=run.pk).update(status=Run.Status.BLOCKED)
    (message,) = sent(FIRST)
    assert "In that time Listing was blocked or held for review" in message.body


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
    sent(FIRST + 2 * MINUTE)
    assert kept(follower).try_at == FIRST + 7 * MINUTE
    settings.EMAIL_BACKEND = backend
    assert len(sent(FIRST + 7 * MINUTE)) == 1
    assert (kept(follower).error, list(Digest.objects.undelivered())) == ("", [])


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


def test_a_mailbox_can_end_it_by_one_click(follower: Person, lists: Lists) -> None:
    moved(lists)
    (message,) = sent(FIRST)
    address = message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith(f"<{ROOT}/digest/off/")
    assert address.strip("<>") in message.body
    assert PurePosixPath(address.strip("<>")).name not in str(list(DigestLink.objects.values()))


def test_one_click_is_promised_for_https_alone(follower: Person, lists: Lists, settings: Settings) -> None:
    settings.ADDRESS = "http://prospects.example"
    moved(lists)
    assert "List-Unsubscribe-Post" not in sent(FIRST)[0].extra_headers


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


def test_its_groups_are_those_of_the_page_changes(follower: Person, lists: Lists) -> None:
    moved(lists)
    Digest.objects.claim(Digest.objects.due(FIRST)[0], now=FIRST)
    told = contents.contents_of(kept(follower), now=FIRST)
    unseen = seen.Unseen.by(follower, now=FIRST)
    either = scopes.saved(SavedSearch.objects.get(person=follower), day=FIRST.date())
    narrow, watched = Narrow(prospects=Q(prospect__in=either)), scopes.watched_by(follower)
    page = page_of(feed_of(unseen.condition & LOUD, narrow, watched=watched), FeedAsk())
    assert [(it.group, it.count, it.note) for it in told.sections] == [
        (it.group, it.count, it.note) for it in page.sections
    ]


def test_what_it_asks_of_the_database_does_not_grow_with_what_changed(
    vera: Person, lists: Lists, django_assert_max_num_queries: Any
) -> None:
    lists(*rows(40), at="2026-05-10")
    search(vera, "All", "q=purchase")
    choose(vera, DAILY, now=CHOSEN_AT)
    lists(*(row(number, value=f"${number}M") for number in range(1, 41)), at="2026-05-11")
    with django_assert_max_num_queries(20):
        assert len(sent(FIRST)) == 1


def test_a_sample_home_says_so(follower: Person, lists: Lists) -> None:
    homes.claim(homes.Kind.SAMPLE)
    moved(lists)
    (message,) = sent(FIRST)
    assert message.subject.endswith("(sample data)")
    assert message.body.startswith("Sample data: all of it is made up.")


def test_a_long_group_is_cut_short_and_says_how_much_is_left_out(vera: Person, lists: Lists) -> None:
    lists(*(row(number, title=f"Desk {number}") for number in range(20)), at="2026-05-10")
    for number in range(20):
        watch(vera, number)
    choose(vera, DAILY, now=CHOSEN_AT)
    lists(*(row(number, title=f"Desk {number}", value="$8M to $9M") for number in range(20)), at="2026-05-11")
    (message,) = sent(FIRST)
    assert "20 changes" in message.subject
    assert message.body.count("\n* ") == letter.LINES
    assert f"and {20 - letter.LINES} more" in message.body


@pytest.mark.parametrize("number", ["1", "3 A/1", "ü%20?#;x", "a+b&c=d:@,$'(x)*!~"])
def test_addresses_written_by_hand_are_those_of_the_pages(listed: Run, number: str) -> None:
    prospect = Prospect.objects.select_related("source")[0]
    prospect.native_id = number
    assert letter.address_of(prospect) == ROOT + reverse("prospect", args=["listing", number])
    assert f"{ROOT}/digest/off/x/" == ROOT + reverse("digest-off", args=["x"])
    assert [reverse("digest"), reverse("changes")] == ["/you/digest/", "/changes/"]


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
