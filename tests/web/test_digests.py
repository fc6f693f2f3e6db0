"""What a digest tells: each change once, and nothing when nothing did."""

from pathlib import PurePosixPath
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.feed import LOUD, Narrow, feed_of
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web import scopes, seen
from prospect_aggregate.web.decided import decide
from prospect_aggregate.web.digests import contents, letter
from prospect_aggregate.web.digests.choosing import choose
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_page import page_of
from prospect_aggregate.web.models import Digest, DigestLink, Person, SavedSearch
from tests.given import attempted, row, rows
from tests.web.digesting import (
    CHOSEN_AT,
    DAILY,
    FIRST,
    ROOT,
    SECOND,
    Lists,
    follower,
    kept,
    listed,
    mails,
    moved,
    search,
    sent,
    vera,
    watch,
)

__all__ = ["follower", "listed", "mails", "vera"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mails")]


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


def test_it_says_what_moved_since_the_team_decided(follower: Person, lists: Lists) -> None:
    decide(Prospect.objects.get(native_id="1"), "no_go", "not ours", by=follower, now=CHOSEN_AT)
    moved(lists)
    (message,) = sent(FIRST)
    assert "(+44 d) · since you decided No-go on 12 May 2026" in message.body
    assert message.body.count("since you decided") == 1


def test_what_is_cut_says_so(follower: Person, lists: Lists) -> None:
    long = "Help desk " + "and more of it " * 20
    lists(row(1, title=long), row(2, title="Mapping"), row(3, title="Mowing"), at="2026-05-11")
    (message,) = sent(FIRST)
    titles = [line for line in message.body.splitlines() if line.startswith("* Help desk and")]
    assert [len(line) for line in titles] == [len("* ") + letter.LONGEST]
    assert titles[0].endswith("…")
    assert message.body.count("…") == 2  # and where it says what the title was and is


def test_the_html_says_what_the_text_says_and_lets_nothing_published_in(
    follower: Person, lists: Lists
) -> None:
    lists(row(1, title="<b>Help</b> & desk", solicitation="07/15/2026"), row(2), row(3), at="2026-05-11")
    (message,) = sent(FIRST)
    html = str(message.alternatives[0][0])
    assert "&lt;b&gt;Help&lt;/b&gt; &amp; desk" in html
    assert "<b>Help</b> & desk" in message.body
    assert f'href="{ROOT}/prospects/listing/1/"' in html


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


def test_what_a_search_found_is_told_when_it_leaves_the_list(follower: Person, lists: Lists) -> None:
    for number, at in ((4, "2026-05-11"), (5, "2026-05-12")):
        lists(row(1, title="Help desk"), row(3, title="Mowing"), *map(row, range(4, number + 1)), at=at)
    (message,) = sent(FIRST)
    assert "* Mapping\n  Listing [Either]\n  left the list before its date" in message.body


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


def test_its_groups_are_those_of_the_page_changes(follower: Person, lists: Lists) -> None:
    moved(lists)
    Digest.objects.claim(Digest.objects.due(FIRST)[0], now=FIRST)
    told = contents.contents_of(kept(follower), now=FIRST)
    unseen = seen.Unseen.by(follower, now=FIRST)
    either = scopes.saved(SavedSearch.objects.get(person=follower), day=FIRST.date())
    narrow = Narrow(prospects=Q(prospect__in=either))
    page = page_of(feed_of(unseen.condition & LOUD, narrow, unseen.concern), FeedAsk())
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
    with django_assert_max_num_queries(21):
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
