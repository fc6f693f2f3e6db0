"""What changed since a person marked seen, and the marking."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.consequence import Concern, Group, group_of
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.prospects.feed import LOUD, came_since, count_loud, read
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.web import seen
from prospect_aggregate.web.feed_page import ROOM
from prospect_aggregate.web.models import Person, Seen
from tests.given import a_run, claimed, row, rows

pytestmark = pytest.mark.django_db
Lists = Callable[..., Run]


def content(reader: Client, path: str = "/changes/") -> str:
    return unescape(reader.get(path).content.decode())


def main(reader: Client, path: str = "/changes/") -> str:
    """What it says, without marks and moments."""
    page = re.sub(
        r"<time[^>]*>[^<]*</time>", "TIME", content(reader, path).split("<main")[1].split("</main>")[0]
    )
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def headings(reader: Client, path: str = "/changes/") -> list[str]:
    found = re.findall(r'<h2 id="g-[^>]*>(.*?)</h2>', content(reader, path))
    return [" ".join(re.sub(r"<[^>]+>", " ", heading).split()) for heading in found]


def cut_on(page: str) -> str:
    return re.findall(r'name="cut" value="([^"]+)"', page)[0]


def press_seen(reader: Client, page: str | None = None) -> str:
    answer = reader.post("/changes/seen/", {"cut": cut_on(page or content(reader))}, follow=True)
    return unescape(answer.content.decode())


def waiting(person: Person) -> list[int]:
    now = seen.Unseen.by(person, now=timezone.now())
    return list(Change.objects.filter(now.condition).order_by("pk").values_list("pk", flat=True))


@pytest.fixture
def moved(lists: Lists) -> Run:
    """Of nine rows: one new, one later, one earlier, one of another value, one closed, one edited."""
    lists(*rows(9), at="2026-05-04")
    edited = [
        row(1, solicitation="08/03/2026"), row(2, solicitation="05/29/2026"), row(3, value="$5M to $10M"),
        row(4, phase="Cancelled"), row(5, title="Purchase five"), row(6), row(7), row(8), row(9),
    ]  # fmt: skip
    return lists(*edited, row(10, title="<b>Bold</b> & new"), at="2026-05-11")


def test_before_anything_changed_the_page_says_when_something_will(reader: Client) -> None:
    page = main(reader)
    assert "0 changes in the last 14 days" in page
    assert "Nothing new in the last 14 days. No source has been collected yet." in page
    assert "Changes appear when a second edition of a list differs" in page
    assert "You have marked nothing seen yet" in page


def test_a_first_list_is_one_line_and_no_change(reader: Client, lists: Lists) -> None:
    lists(*rows(12), at="2026-05-04")
    assert "0 changes in the last 14 days" in main(reader)
    assert headings(reader) == ["▸ Small edits and contacts 12"]
    assert "First list of Listing: 12 prospects" in main(reader, "/changes/?group=small_edits")


def test_groups_stand_in_the_order_of_consequence(reader: Client, moved: Run) -> None:
    assert headings(reader) == [
        "Needs a look 2", "New 1", "Moved later 1", "Moved earlier 1", "▸ Small edits and contacts 10",
    ]  # fmt: skip
    page = main(reader)
    assert "5 changes in the last 14 days" in page
    assert "Value $1M–2M → $5M–10M" in page
    assert "Phase not published → cancelled" in page
    assert "Solicitation 1 Jun → 3 Aug +63 d" in page
    assert "Solicitation 1 Jun → 29 May −3 d" in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; new" in reader.get("/changes/").content.decode()
    assert "<b>Bold" not in reader.get("/changes/").content.decode()


def test_the_bar_tells_the_same_number_on_every_page(reader: Client, moved: Run) -> None:
    for path in ("/prospects/", "/runs/", "/changes/"):
        assert 'Changes <b>5</b><span class="vh"> not seen</span>' in content(reader, path)
    press_seen(reader)
    assert "not seen</span>" not in content(reader, "/prospects/")


def test_looking_marks_nothing(reader: Client, moved: Run) -> None:
    for _ in range(2):
        assert "5 changes" in main(reader)
    assert reader.get("/changes/seen/").status_code == 405
    assert not Seen.objects.exists()


def test_seen_is_an_act_and_can_be_undone(reader: Client, person: Person, moved: Run) -> None:
    before = waiting(person)
    page = press_seen(reader)
    assert "Marked seen up to here." in page
    assert "Nothing new since" in page
    assert waiting(person) == []
    number = Seen.objects.get().pk
    undone = unescape(reader.post(f"/changes/seen/{number}/undo/", follow=True).content.decode())
    assert "The mark is undone" in undone
    assert waiting(person) == before
    assert headings(reader)[0] == "Needs a look 2"


def test_what_was_seen_can_be_looked_at_again(reader: Client, moved: Run) -> None:
    press_seen(reader)
    assert "show the 14 days before" in main(reader)
    again = main(reader, "/changes/?seen=1")
    assert "5 changes in the 14 days before you marked seen" in again
    assert "Mark all seen" not in again


def test_what_comes_in_while_one_reads_is_not_marked(
    reader: Client, person: Person, lists: Lists, moved: Run
) -> None:
    page = content(reader)
    lists(*rows(9), row(10), row(11), at="2026-05-18")
    press_seen(reader, page)
    told = Change.objects.filter(pk__in=waiting(person))
    assert {change.run_id for change in told} == {Run.objects.latest("pk").pk}
    assert told.filter(kind="listed").count() == 1


def test_what_a_run_in_progress_wrote_already_waits_for_the_next_look(
    reader: Client, person: Person, moved: Run
) -> None:
    going = claimed(a_run())
    Change.objects.filter(kind="listed", significance="normal").update(run=going)
    page = content(reader)
    assert "New" not in " ".join(headings(reader))
    press_seen(reader, page)
    Run.objects.filter(pk=going.pk).update(status=Run.Status.SUCCEEDED, finished_at=timezone.now())
    assert headings(reader) == ["New 1"]


def test_an_old_page_takes_nothing_of_a_later_mark_back(
    reader: Client, person: Person, lists: Lists, moved: Run
) -> None:
    old = content(reader)
    lists(*rows(9), row(10), row(11), at="2026-05-18")
    press_seen(reader)
    press_seen(reader, old)
    assert (waiting(person), Seen.objects.count()) == ([], 1)


def test_a_mark_cannot_lie_ahead_of_what_there_is(
    reader: Client, person: Person, lists: Lists, moved: Run
) -> None:
    reader.post("/changes/seen/", {"cut": "999999999"})
    lists(*rows(9), row(10), row(11), at="2026-05-18")
    assert waiting(person)


@pytest.mark.parametrize("cut", ["", "all", "1;2"])
def test_what_is_no_cut_marks_nothing(reader: Client, moved: Run, cut: str) -> None:
    answer = unescape(reader.post("/changes/seen/", {"cut": cut}, follow=True).content.decode())
    assert "Nothing was marked" in answer
    assert not Seen.objects.exists()


def test_only_the_last_mark_is_undone_and_only_by_its_owner(
    reader: Client, person: Person, lists: Lists, moved: Run
) -> None:
    press_seen(reader)
    first = Seen.objects.get().pk
    lists(*rows(9), row(10), row(11), at="2026-05-18")
    press_seen(reader)
    answer = unescape(reader.post(f"/changes/seen/{first}/undo/", follow=True).content.decode())
    assert f"undo mark {Seen.objects.latest('pk').pk} first" in answer
    assert waiting(person) == []
    other = Client()
    other.force_login(Person.objects.create_user("bo"))
    assert other.post(f"/changes/seen/{first}/undo/").status_code == 404
    assert "changes in the last 14 days" in main(other)


def test_undone_twice_is_undone(reader: Client, person: Person, moved: Run) -> None:
    before = waiting(person)
    press_seen(reader)
    for _ in range(2):
        reader.post(f"/changes/seen/{Seen.objects.get().pk}/undo/")
    assert waiting(person) == before


def test_a_duplicate_of_an_edition_changes_nothing(reader: Client, lists: Lists, moved: Run) -> None:
    before = main(reader)
    again = [row(1, solicitation="08/03/2026"), row(2, solicitation="05/29/2026"), row(3, value="$5M to $10M"),
             row(4, phase="Cancelled"), row(5, title="Purchase five"), row(6), row(7), row(8), row(9),
             row(10, title="<b>Bold</b> & new")]  # fmt: skip
    assert lists(*again, at="2026-05-18").status == "unchanged"
    assert main(reader) == before


def test_a_mark_and_an_earlier_look_share_no_change(
    reader: Client, person: Person, lists: Lists, moved: Run
) -> None:
    """However often somebody marks: every change is shown once."""
    shown = waiting(person)
    press_seen(reader)
    lists(*rows(9), row(10), row(11), at="2026-05-18")
    shown += waiting(person)
    press_seen(reader)
    assert (
        sorted(shown)
        == sorted(set(shown))
        == list(Change.objects.order_by("pk").values_list("pk", flat=True))
    )


def test_a_revision_by_one_office_is_one_line_that_opens(reader: Client, lists: Lists) -> None:
    lists(*rows(14), at="2026-05-04")
    lists(*(row(number, solicitation="08/31/2026") for number in range(1, 15)), at="2026-05-11")
    page = main(reader)
    assert headings(reader)[0] == "Moved later 14 median of these +91 d"
    assert "Listing moved 14 solicitation dates by 91 d later, one revision" in page
    assert page.count("+91 d") == 1 + 10
    assert "show 14" in page
    opened = re.findall(r'href="(/changes/\?line=\d+)"', content(reader))[0]
    assert main(reader, opened).count("+91 d") == 1 + 14


def test_quarters_are_told_as_quarters(reader: Client, lists: Lists) -> None:
    lists(*(row(number, solicitation="Q3 FY2026") for number in range(1, 13)), at="2026-05-04")
    lists(*(row(number, solicitation="Q4 FY2026") for number in range(1, 13)), at="2026-05-11")
    assert "Listing moved 12 solicitation dates by one quarter later, one revision" in main(reader)


def test_a_long_group_shows_its_first_fifty(reader: Client, lists: Lists) -> None:
    lists(*rows(300), at="2026-05-04")
    lists(*rows(399), at="2026-05-11")
    page = content(reader)
    assert page.count('<td class="title"') == 50
    assert "show all 99" in page
    assert content(reader, "/changes/?group=new").count('<td class="title"') == 99


def test_groups_share_the_room_of_a_page(reader: Client, lists: Lists) -> None:
    lists(*rows(400), at="2026-05-04")
    moved = (row(number, solicitation=f"{1 + number % 9:02}/{1 + number % 28:02}/2027", office=f"Office {number}")
             for number in range(1, 401))  # fmt: skip
    lists(*moved, *(row(number) for number in range(401, 500)), at="2026-05-11")
    page = content(reader)
    assert page.count('<section class="feed"') > 2
    assert page.count('<td class="title"') < ROOM
    assert len(page) < 100_000


def test_a_source_and_an_office_narrow_the_feed_and_the_button_says_so(reader: Client, moved: Run) -> None:
    assert "5 changes" in main(reader, "/changes/?source=listing")
    page = main(reader, "/changes/?source=dhs")
    assert "0 changes" in page
    assert "Nothing matches among the 5 changes that wait for you" in page
    assert "Mark all 5 seen, also those not shown" in page
    assert "5 changes" in main(reader, "/changes/?office=examples")
    assert "0 changes" in main(reader, "/changes/?office=coast+guard")


def test_a_filter_survives_the_marking(reader: Client, moved: Run) -> None:
    given = {"cut": cut_on(content(reader)), "view": "source=listing&group=new&page=2"}
    assert reader.post("/changes/seen/", given)["Location"] == "/changes/?source=listing"


@pytest.mark.parametrize(
    "asked", ["group=x", "line=x", "line=99999", "page=0", "scope=mine", "page=99999999999"]
)
def test_a_wrong_address_shows_the_feed(reader: Client, moved: Run, asked: str) -> None:
    assert headings(reader, f"/changes/?{asked}")[0] == "Needs a look 2"


def test_what_was_blocked_meanwhile_is_said(reader: Client, moved: Run) -> None:
    press_seen(reader)
    facts = {"source": Source.objects.get(), "request": "x", "trigger": "person", "status": "blocked"}
    Run.objects.create(finished_at=timezone.now() + timedelta(seconds=1), **facts)
    page = main(reader)
    assert "Last looked at 1 source; newest edition" in page
    assert "In that time Listing was blocked or held for review." in page


def test_who_never_marked_anything_sees_two_weeks(reader: Client, person: Person, moved: Run) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        reader.force_login(person)
        assert "0 changes in the last 14 days" in main(reader)


def test_what_counts_and_what_stands_above_the_small_edits_are_one(
    reader: Client, lists: Lists, moved: Run
) -> None:
    lists(*rows(5), row(6, solicitation="TBD"), row(7, solicitation="Q3 FY2026"), row(11), at="2026-05-18")
    lists(*rows(6), row(7, solicitation="TBD"), row(8), at="2026-05-25")
    lists(row(9), *rows(7), at="2026-06-01")
    everything = list(read(Change.objects.all()))
    loud = {it.pk for it in everything if group_of(it) != Group.SMALL_EDITS}
    assert set(Change.objects.filter(LOUD).values_list("pk", flat=True)) == loud
    assert {group_of(it) for it in everything} >= {Group.NEEDS_A_LOOK, Group.NEW, Group.MOVED_LATER}
    assert count_loud(Cut.now().within) == len(loud)
    concern = Concern(
        watched={it.prospect for it in everything[:1]}, decided={it.pk for it in everything[-9:]}
    )
    closely = {it.pk for it in everything if group_of(it, concern) != Group.SMALL_EDITS}
    assert count_loud(Cut.now().within, concern) == len(closely) > len(loud)


def test_what_is_kept_of_the_feed_goes_by_every_run_that_it_tells_of() -> None:
    """By name: what is kept for one who looks back for fifty days is not told to one who looks back for forty."""
    now, source = timezone.now(), a_run().source
    Run.objects.bulk_create(
        Run(
            source=source,
            request=f"{ago} days ago",
            trigger="schedule",
            finished_at=now - timedelta(days=ago),
        )
        for ago in reversed(range(60))
    )
    names = {str(came_since(now - timedelta(days=ago, hours=1))) for ago in (40, 50)}
    assert len(names) == 2
