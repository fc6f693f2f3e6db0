"""What people do with prospects, in a browser: held against the profile, noted, decided, taken back."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web.models import Decision, Note
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.keys import press, tab_to


def test_note_and_decide_by_keyboard(open_page: Open, house: House) -> None:
    page = open_page(house.prospect).page
    press(page, "w")
    expect(page.locator("[data-key=w]")).to_have_text(re.compile("Watching"))
    press(page, "n")
    page.keyboard.type("Spoke with the office.")
    tab_to(page, "#note-it")
    press(page, "Enter")
    expect(page.locator("#notebook .of-us")).to_contain_text("Spoke with the office.")
    expect(page.locator("#note-it")).to_be_focused()
    press(page, "d")
    page.keyboard.type("No")
    press(page, "Tab")
    page.keyboard.type("no vehicle")
    press(page, "Enter")
    expect(page.locator("#notebook .verdict-of-us")).to_contain_text("No-go: no vehicle")
    expect(page.locator("#announce")).to_have_text("Decided: No-go.")
    assert (Note.objects.standing().count(), Decision.objects.standing().count()) == (1, 1)


def test_an_act_is_taken_back_by_its_undo(open_page: Open, house: House) -> None:
    page = open_page(house.prospect).page
    press(page, "t")
    page.keyboard.type("Cloud")
    press(page, "Enter")
    expect(page.locator("#notebook .tags")).to_contain_text("cloud")
    tab_to(page, ".undo button")
    press(page, "Enter")
    expect(page.locator("#notebook .tags")).to_contain_text("none")


def test_why_a_row_fits_is_read_beside_it(open_page: Open, house: House) -> None:
    company.keep(Profile(keywords=("support",), vehicles=("OASIS+",)), by="ana", now=timezone.now(), read=0)
    page = open_page("/prospects/").page
    expect(page).to_have_url(re.compile("fit=possible"))
    page.locator("td.fit a").first.click()
    expect(page.locator("#fit-panel")).to_contain_text("“support” stands in its")
    press(page, "Escape")
    expect(page.locator("#fit-panel")).to_be_empty()
    page.get_by_role("button", name="fits or possible").click()
    expect(page).to_have_url(re.compile("fit=any"))
