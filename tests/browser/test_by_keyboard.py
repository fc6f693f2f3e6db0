"""The ten tasks of an analyst's and an operator's day, each by keys alone and within so many of them."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from prospect_aggregate.collection.models import Run, Schedule
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.keys import Hands
from tests.browser.workbooks import rows_of

At = Callable[[str], Hands]
MOST = 30  # keys; at two a second with a look at what each does, half of the minute that a task may take


@pytest.fixture
def at(open_page: Open) -> Iterator[At]:
    """Hands on a page; at the end there were few keys, and the browser complained of nothing."""
    begun = []

    def opened(path: str) -> Hands:
        watch = open_page(path)
        begun.append((watch, hands := Hands(watch.page)))
        return hands

    yield opened
    for watch, hands in begun:
        assert watch.troubles == []
        assert hands.count <= MOST, f"{hands.count} keys"


def test_upcoming_set_aside_work_under_a_code_in_a_state_is_found(at: At, house: House) -> None:
    ahead = Prospect.objects.of("dhs").listed().filter(solicitation_to__gt=timezone.now().date())
    wanted = ahead.exclude(set_aside=None).exclude(place_state=None).exclude(naics_code=None)[0]
    hands = at("/overview/")
    hands.press("g", "p")
    expect(hands.page).to_have_url(re.compile("/prospects/"))
    hands.press("/")
    hands.type(f"naics:{wanted.naics_code} set:{wanted.set_aside} place:{wanted.place_state}")
    hands.press("Enter")
    # what is typed is looked for while it is typed: the answer to all of it is waited for
    expect(hands.page).to_have_url(re.compile(f"q=naics.*place%3A{wanted.place_state}$"))
    expect(hands.page.locator("td.place").filter(has_not_text=wanted.place_state)).to_have_count(0)
    expect(hands.page.locator("#answer h1")).to_contain_text("upcoming")
    hands.press("Escape", "j")
    expect(hands.page.locator("#q")).to_have_value(
        re.compile("^naics:")
    )  # Escape leaves the box, and its words in it
    expect(hands.page.locator("tr:focus-within .place")).to_contain_text(wanted.place_state)
    expect(hands.page.locator("tr:focus-within .below")).to_contain_text(wanted.naics_code)
    assert hands.count <= 10


def test_a_filter_is_found_by_its_words(at: At) -> None:
    hands = at("/prospects/")
    expect(hands.page.locator("#facets summary").first).to_be_visible()
    hands.press("f")
    hands.type("hubzone")
    hands.press("Enter")
    expect(hands.page).to_have_url(re.compile("set_aside=HZC"))
    assert hands.count == 3


def test_why_a_row_is_possible_is_read(at: At) -> None:
    company.keep(Profile(keywords=("support",), vehicles=("OASIS+",)), by="ana", now=timezone.now(), read=0)
    hands = at("/prospects/")
    hands.press("j")
    for _ in range(MOST):
        if "Possible" in hands.page.locator("tr:focus-within .fit").inner_text():
            break
        hands.press("j")
    hands.press("Tab")
    expect(hands.page.locator("td.fit a:focus")).to_have_count(1)
    hands.press("Enter")
    expect(hands.page.locator("#fit-panel")).to_contain_text("“support” stands in its")
    hands.press("Escape")
    expect(hands.page.locator("tr:focus-within .fit")).to_have_count(1)


def test_whom_to_call_is_found_and_whether_the_date_moved(at: At, house: House) -> None:
    number = house.prospect.split("/")[-2]
    hands = at("/prospects/")
    hands.press("/")
    hands.type(number)
    hands.press("Enter")
    expect(hands.page.locator("#answer h1")).to_contain_text("1 shown")
    hands.press("Escape", "j", "Enter")
    expect(hands.page.locator("ul.people a[href^='mailto:']").first).to_be_visible()
    expect(hands.page.locator("ol.promises .moved").first).to_be_visible()
    hands.press("u")
    expect(hands.page).to_have_url(re.compile("/prospects/[?]"))
    assert hands.count <= 8


def test_forty_rows_are_taken_out_with_their_contacts(at: At) -> None:
    hands = at("/prospects/")
    hands.press("j", "x")
    hands.page.keyboard.down("j")  # held down: one key
    for _ in range(38):
        hands.page.keyboard.down("j")
    hands.page.keyboard.up("j")
    hands.press("Shift+X")
    expect(hands.page.locator("[data-chosen]")).to_have_text("40 chosen")
    hands.press("e")
    expect(hands.page.locator("h1")).to_have_text("Export 40 prospects")
    hands.tab_to("#which-main")
    with hands.page.expect_download() as coming:
        hands.press("Enter")
    heads, *rows = rows_of(coming.value)
    assert len(rows) == 40
    assert any("@" in str(row[heads.index("Contacts")]) for row in rows)


def test_what_changed_since_the_mark_is_told(at: At) -> None:
    hands = at("/prospects/")
    hands.press("g", "c")
    expect(hands.page.locator("h1")).to_contain_text("changes")
    expect(hands.page.locator("main h2").first).to_be_visible()
    hands.press("j", "Enter")
    expect(hands.page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))
    assert hands.count == 4


def test_sources_in_trouble_are_named_with_why(at: At) -> None:
    hands = at("/prospects/")
    hands.press("g", "s")
    expect(hands.page.locator("tbody.source.blocked").first).to_be_visible()
    first = hands.page.locator("tbody.source").first
    hands.press("j")
    expect(first.locator(".second")).to_contain_text("since")
    expect(first.locator("a.row")).to_be_focused()
    assert hands.count == 3


def test_a_held_edition_is_decided_from_the_runs(at: At, house: House) -> None:
    hands = at("/prospects/")
    hands.press("g", "r")
    expect(hands.page).to_have_url(re.compile("/runs/"))
    hands.step_to(f"#run-{house.runs['quarantined']}")
    hands.press("Tab", "Enter")
    expect(hands.page.locator("h1")).to_contain_text("keep out or let in?")
    hands.press("d", "ArrowUp")
    hands.tab_to("#note")
    hands.type("half a file")
    hands.press("Enter")
    expect(hands.page.locator("h1")).to_contain_text("kept out")


def test_a_source_is_paused_for_a_week(at: At) -> None:
    hands, row = at("/sources/"), Schedule.objects.get(name="collect dhs")
    week = timezone.now().date() + timedelta(days=7)
    hands.step_to("#source-dhs a.row")
    hands.tab_to("#source-dhs summary")
    hands.press("Enter")
    hands.tab_to("#source-dhs a[href$='/pause/']")
    hands.press("Enter")
    expect(hands.page.locator("#reason")).to_be_focused()
    hands.type("they move")
    hands.press("Tab")
    hands.type(f"{week:%m%d%Y}")
    hands.press("Enter")
    expect(hands.page.locator(f"#row{row.pk}")).to_contain_text("they move")
    row.refresh_from_db()
    assert row.paused_until is not None
    assert row.paused_until.date() == week


def test_a_failed_run_is_run_again(at: At, house: House) -> None:
    hands = at("/prospects/")
    hands.press("g", "r")
    expect(hands.page).to_have_url(re.compile("/runs/"))
    hands.step_to(f"#run-{house.runs['failed']}")
    hands.press("Enter")
    expect(hands.page.locator("h1")).to_contain_text(f"Run {house.runs['failed']}")
    hands.press("c")
    expect(hands.page.locator("main")).to_contain_text(re.compile("Queued|Waiting"))
    assert Run.objects.latest("pk").status == Run.Status.QUEUED
