"""From a row to what it opens and back to the same row, by key; and on to its neighbours."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect

from prospect_aggregate.prospects.models import Change
from prospect_aggregate.web.models import Watch
from tests.browser.conftest import Open
from tests.browser.house import NAME
from tests.browser.keys import press

ROWS = "a.row[href^='/prospects/']"


def second_row_opened(page: Page) -> str:
    """Its address; the cursor was put on it by keys."""
    address = page.locator(ROWS).nth(1).get_attribute("href")
    for _ in range(20):
        press(page, "j")
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            break
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))
    assert address
    return address


@pytest.mark.parametrize("key", ["u", "Escape"])
@pytest.mark.parametrize("path", ["/changes/", "/changes/?group=new", "/counted/overdue/", "/calendar/"])
def test_a_key_leads_back_to_the_same_row(open_page: Open, path: str, key: str) -> None:
    watch = open_page(path)
    page, address = watch.page, second_row_opened(watch.page)
    press(page, key)
    expect(page).to_have_url(re.compile(re.escape(path) + "#"))
    expect(page.locator(f'a.row[href="{address}"]')).to_be_focused()
    assert watch.troubles == []


def test_what_is_watched_leads_back_to_the_overview(open_page: Open) -> None:
    moved = Change.objects.filter(kind="changed", field="solicitation").latest("pk").prospect
    Watch.objects.set(get_user_model().objects.get(username=NAME), moved, on=True, now=timezone.now())
    page = open_page("/overview/").page
    page.locator(ROWS).first.click()
    page.wait_for_url(re.compile("/prospects/"))  # whole, with its keys
    press(page, "u")
    expect(page).to_have_url(re.compile("/overview/#w"))
    expect(page.locator(ROWS).first).to_be_focused()


def test_the_next_row_of_a_page_is_one_key_away_and_leads_back_to_itself(open_page: Open) -> None:
    watch = open_page("/changes/?group=new")
    page = watch.page
    titles, first = page.locator(ROWS).all_inner_texts(), page.locator(ROWS).first.get_attribute("href")
    second_row_opened(page)
    expect(page.locator("nav.path")).to_contain_text(f"2 of {len(titles)}")
    press(page, "]")
    expect(page.locator("h1")).to_have_text(titles[2])
    press(page, "[")
    expect(page.locator("h1")).to_have_text(titles[1])
    press(page, "[")
    expect(page.locator("h1")).to_have_text(titles[0])
    expect(page.locator("nav.path [data-key='[']")).to_have_count(0)
    press(page, "u")
    expect(page.locator(f'a.row[href="{first}"]')).to_be_focused()
    assert watch.troubles == []
