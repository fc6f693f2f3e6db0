"""Feeds, read by other people's readers: what they tell, to whom, and that their addresses stay secret."""

import io
import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus
from pytest_django.fixtures import Settings

from prospect_aggregate import logs
from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models import Feed, Person
from prospect_aggregate.web.tokens import digest_of
from tests.given import row, rows

pytestmark = pytest.mark.django_db
Lists = Callable[..., Run]
NASTY = "<script>alert(1)</script> & ]]> \x0b\x00; BEGIN:VEVENT, \\n\nSUMMARY:made up"


@pytest.fixture(autouse=True)
def in_june() -> Any:
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        yield


def made(reader: Client, view: str = "", **asked: str) -> str:
    """The secret of a fresh feed, as its page shows it."""
    content = reader.post("/feeds/make/", {"view": view, **asked}).content.decode()
    found = re.search(r"/feeds/([\w-]{43})/atom\.xml", content)
    assert found is not None
    return found[1]


def atom(client: Client, secret: str) -> Any:
    answer = client.get(f"/feeds/{secret}/atom.xml")
    assert answer.status_code == 200
    read = feedparser.parse(io.BytesIO(answer.content))
    assert not read.bozo, read.bozo_exception
    return read


def calendar(client: Client, secret: str) -> Calendar:
    answer = client.get(f"/feeds/{secret}/calendar.ics")
    assert answer.status_code == 200
    read = IcsCalendarStream.calendar_from_ics(answer.content.decode())
    assert isinstance(read, Calendar)
    return read


def event(client: Client, secret: str, title: str) -> Event:
    return next(each for each in calendar(client, secret).events if str(each.summary).endswith(title))


def test_a_feed_tells_what_is_new_and_what_moved(reader: Client, client: Client, lists: Lists) -> None:
    lists(row(1), row(2), at="2026-05-01")
    lists(row(1, solicitation="08/03/2026", value="$5M to $10M"), row(2), row(3), at="2026-05-08")
    read = atom(client, made(reader))
    assert [each.title for each in read.entries] == [
        "Solicitation changed and 1 more: Purchase 1", "New: Purchase 3",
    ]  # fmt: skip
    assert "(+63 d)" in read.entries[0].summary
    assert read.entries[0].link == "http://testserver/prospects/listing/1/"
    assert {each.term for each in read.entries[0].tags} == {"solicitation", "value"}
    assert read.feed.title == "All prospects"


def test_an_entry_keeps_its_id_and_each_edition_has_its_own(
    reader: Client, client: Client, lists: Lists
) -> None:
    lists(row(1), at="2026-05-01")
    lists(row(1, solicitation="07/06/2026"), at="2026-05-08")
    secret = made(reader)
    before = atom(client, secret)
    lists(row(1, solicitation="08/03/2026"), at="2026-05-15")
    after = atom(client, secret)
    assert [each.id for each in after.entries][1:] == [each.id for each in before.entries]
    assert len({each.id for each in after.entries}) == 2
    assert after.feed.id == before.feed.id
    assert before.feed.updated == "2026-05-08T00:00:00+00:00"


def test_a_sources_first_list_does_not_push_out_what_is_news(
    reader: Client, client: Client, lists: Lists
) -> None:
    """As on the page Changes and in digests."""
    lists(*rows(20), at="2026-05-01")
    secret = made(reader)
    assert atom(client, secret).entries == []
    assert len(calendar(client, secret).events) == 20


def test_a_feed_follows_the_words_of_its_view_on_every_shelf(
    reader: Client, client: Client, lists: Lists
) -> None:
    coastal = row(1, title="Coastal mapping", solicitation="05/20/2026")
    lists(coastal, row(2), at="2026-05-01")
    lists({**coastal, "Solicitation": "05/25/2026"}, row(2, solicitation="08/03/2026"), at="2026-05-08")
    read = atom(client, made(reader, "q=coastal&source=listing&shelf=upcoming&as_of=2020-01-01"))
    assert [each.title for each in read.entries] == ["Solicitation changed: Coastal mapping"]
    assert read.feed.title == "Prospects: Words: coastal; Source: Listing"


def test_a_feed_is_named_by_all_that_narrows_its_view(reader: Client) -> None:
    """Called `All prospects`, a feed of a tenth of them would be believed."""
    content = reader.get("/feeds/?view=naics%3D5415%26competed%3D1").content.decode()
    assert 'value="Prospects: NAICS: 5415; Not sole source: yes"' in content


def test_a_feed_keeps_no_page_and_no_day_in_the_past(reader: Client, client: Client) -> None:
    secret = made(reader, "q=coastal&page=3&as_of=2020-01-01")
    assert atom(client, secret).feed.link == "http://testserver/prospects/?q=coastal"


def test_what_agencies_write_is_text_in_every_reader(reader: Client, client: Client, lists: Lists) -> None:
    lists(row(1), at="2026-05-01")
    lists(row(1, value="$5M to $10M"), at="2026-05-08")
    Prospect.objects.update(title=NASTY.replace("\x00", ""), office=NASTY.replace("\x00", ""))
    secret = made(reader)
    entry = atom(client, secret).entries[0]
    assert "<script" not in entry.summary
    assert "&lt;script&gt;" in entry.summary
    assert entry.title.startswith("Value changed: <script>alert(1)</script> & ]]>")
    (shown,) = calendar(client, secret).events
    assert "SUMMARY:made up" in str(shown.summary)
    assert len(client.get(f"/feeds/{secret}/calendar.ics").content.split(b"\r\nBEGIN:VEVENT")) == 2


def test_a_calendar_has_days_and_real_windows(reader: Client, client: Client, lists: Lists) -> None:
    lists(
        row(1, solicitation="06/20/2026", title="Day"), row(2, solicitation="Q4 FY2026", title="Quarter"),
        row(3, solicitation="FY2027", title="Year"), row(4, solicitation="TBD", title="None"),
        row(5, solicitation="01/05/2026", title="Long ago"), at="2026-05-01",
    )  # fmt: skip
    secret = made(reader)
    assert {str(each.summary).split(": ")[1] for each in calendar(client, secret).events} == {
        "Day",
        "Quarter",
    }
    day, quarter = event(client, secret, "Day"), event(client, secret, "Quarter")
    assert (day.dtstart, day.dtend, day.status) == (
        date(2026, 6, 20),
        date(2026, 6, 21),
        EventStatus.TENTATIVE,
    )
    assert (quarter.dtstart, quarter.dtend) == (date(2026, 7, 1), date(2026, 10, 1))
    assert quarter.summary == "Solicitation Q4 FY26: Quarter"
    raw = client.get(f"/feeds/{secret}/calendar.ics").content
    assert b"DTSTART;VALUE=DATE:20260620" in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_an_event_that_moves_keeps_its_uid_and_counts_up(
    reader: Client, client: Client, lists: Lists
) -> None:
    lists(row(1, solicitation="06/20/2026"), at="2026-05-01")
    secret = made(reader)
    before = event(client, secret, "Purchase 1")
    lists(row(1, solicitation="06/20/2026", title="Purchase 1", value="$5M"), at="2026-05-08")
    same = event(client, secret, "Purchase 1")
    moved = lists(row(1, solicitation="07/20/2026"), at="2026-05-15")
    after = event(client, secret, "Purchase 1")
    assert before.uid == same.uid == after.uid
    assert (before.sequence, same.sequence, after.sequence) == (0, 0, moved.pk)
    assert after.dtstart == date(2026, 7, 20)
    assert after.dtstamp > before.dtstamp


def test_what_is_withdrawn_is_cancelled_and_stays_to_say_so(
    reader: Client, client: Client, lists: Lists
) -> None:
    lists(*(row(number, solicitation="07/20/2026") for number in range(1, 10)), at="2026-05-01")
    secret = made(reader)
    before = event(client, secret, "Purchase 9")
    for at, value in (("2026-05-08", "$1M to $2M"), ("2026-05-15", "$5M")):
        lists(*(row(number, solicitation="07/20/2026", value=value) for number in range(1, 9)), at=at)
    assert Prospect.objects.get(native_id="9").state == "withdrawn"
    after = event(client, secret, "Purchase 9")
    assert (after.status, after.uid) == (EventStatus.CANCELLED, before.uid)
    assert (after.sequence or 0) > (before.sequence or 0)


@pytest.mark.parametrize("phase", ["Cancelled", "No longer required"])
def test_what_its_agency_cancels_is_cancelled(
    reader: Client, client: Client, lists: Lists, phase: str
) -> None:
    lists(row(1, solicitation="07/20/2026", phase="Planning"), at="2026-05-01")
    last = lists(row(1, solicitation="07/20/2026", phase=phase), at="2026-05-08")
    shown = event(client, made(reader), "Purchase 1")
    assert (shown.status, shown.sequence) == (EventStatus.CANCELLED, last.pk)


def test_what_did_not_change_is_not_sent_again(reader: Client, client: Client, lists: Lists) -> None:
    lists(row(1), at="2026-05-01")
    secret = made(reader)
    for file in ("atom.xml", "calendar.ics"):
        first = client.get(f"/feeds/{secret}/{file}")
        again = client.get(f"/feeds/{secret}/{file}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_an_empty_feed_is_a_whole_one(reader: Client, client: Client) -> None:
    secret = made(reader)
    assert atom(client, secret).entries == []
    assert calendar(client, secret).events == []


def test_made_up_data_says_so(reader: Client, client: Client, lists: Lists) -> None:
    lists(row(1, solicitation="06/20/2026"), at="2026-05-01")
    homes.claim(homes.Kind.SAMPLE)
    secret = made(reader, name="Mine")
    assert atom(client, secret).feed.title == "Mine (sample data)"
    assert b"X-WR-CALNAME:Mine (sample data)" in client.get(f"/feeds/{secret}/calendar.ics").content
    assert "Sample data" in str(event(client, secret, "Purchase 1").description)


def test_addresses_are_those_by_which_people_reach_the_pages(
    reader: Client, client: Client, lists: Lists, settings: Settings
) -> None:
    settings.ADDRESS = "https://prospects.example.com"
    lists(row(2), at="2026-05-01")
    lists(row(2), row(1), at="2026-05-08")
    assert atom(client, made(reader)).entries[0].link == "https://prospects.example.com/prospects/listing/1/"


def test_a_revoked_address_answers_nobody_until_that_is_undone(reader: Client, client: Client) -> None:
    secret = made(reader)
    feed = Feed.objects.get()
    reader.post(f"/feeds/{feed.pk}/revoke/")
    assert client.get(f"/feeds/{secret}/atom.xml").status_code == 404
    assert b"Undo" in reader.get("/feeds/").content
    reader.post(f"/feeds/{feed.pk}/restore/")
    assert client.get(f"/feeds/{secret}/atom.xml").status_code == 200


def test_what_was_revoked_long_ago_stays_revoked(reader: Client, client: Client) -> None:
    secret = made(reader)
    Feed.objects.update(revoked_at=timezone.now() - timedelta(minutes=11))
    said = reader.post(f"/feeds/{Feed.objects.get().pk}/restore/", follow=True).content
    assert b"revoked too long ago" in said
    assert client.get(f"/feeds/{secret}/atom.xml").status_code == 404


def test_nobody_touches_the_feed_of_somebody_else(reader: Client, client: Client) -> None:
    secret = made(reader)
    other = Client()
    other.force_login(Person.objects.create_user("bo"))
    assert (
        b"Nothing was changed" in other.post(f"/feeds/{Feed.objects.get().pk}/revoke/", follow=True).content
    )
    assert b"You follow nothing yet" in other.get("/feeds/").content
    assert client.get(f"/feeds/{secret}/atom.xml").status_code == 200


def test_who_is_let_go_takes_no_feed_along(reader: Client, client: Client, person: Person) -> None:
    secret = made(reader)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(f"/feeds/{secret}/calendar.ics").status_code == 404


@pytest.mark.parametrize(
    "path", ["x/atom.xml", "x/passwd", "../atom.xml", "%2e%2e/atom.xml", "x/calendar.ics"]
)
def test_an_address_that_nobody_was_given_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404


def test_only_the_digest_is_kept_and_the_address_is_shown_once(reader: Client) -> None:
    secret = made(reader)
    feed = Feed.objects.get()
    assert feed.digest == digest_of(secret)
    assert secret not in str(vars(feed))
    assert secret not in reader.get("/feeds/").content.decode()
    assert secret not in str(dict(reader.session))


def test_the_last_reading_is_known_and_costs_no_write_each_time(reader: Client, client: Client) -> None:
    secret = made(reader)
    client.get(f"/feeds/{secret}/atom.xml")
    first = Feed.objects.get().used_at
    with time_machine.travel("2026-06-01T12:09:00Z", tick=False):
        client.get(f"/feeds/{secret}/atom.xml")
        assert Feed.objects.get().used_at == first
    with time_machine.travel("2026-06-01T12:11:00Z", tick=False):
        client.get(f"/feeds/{secret}/atom.xml")
        assert Feed.objects.get().used_at != first


@pytest.mark.parametrize("formatter", [logs.Text(), logs.Json()], ids=["text", "json"])
def test_no_log_tells_a_secret(
    reader: Client, client: Client, caplog: pytest.LogCaptureFixture, formatter: logging.Formatter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Neither of a feed that is revoked (404), nor of one that fails (500)."""
    secret = made(reader)
    monkeypatch.setattr(client, "raise_request_exception", False)
    monkeypatch.setattr("prospect_aggregate.web.feeds.followed.search", lambda *args, **facts: 1 / 0)
    assert client.get(f"/feeds/{secret}/atom.xml").status_code == 500
    Feed.objects.update(revoked_at=timezone.now())
    assert client.get(f"/feeds/{secret}/atom.xml").status_code == 404
    told = "\n".join(formatter.format(record) for record in caplog.records)
    assert "/feeds/…/atom.xml" in told
    assert secret not in told


def test_the_link_of_the_list_opens_the_form_of_that_view(reader: Client, lists: Lists) -> None:
    lists(*rows(1), at="2026-05-01")
    content = reader.get("/prospects/?q=purchase").content.decode()
    assert 'href="/feeds/?view=q%3Dpurchase"' in content
    assert "Make a feed of this view" in reader.get("/feeds/?view=q%3Dpurchase").content.decode()
