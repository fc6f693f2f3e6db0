"""The row cursor where rows are not those of one list: numbers of a page, and a reader without single keys."""

import re

import pytest
from playwright.sync_api import expect

from prospect_aggregate.web.models import Person
from tests.browser.conftest import Open
from tests.browser.house import NAME
from tests.browser.keys import press, tab_to


def test_every_number_of_the_overview_is_reached_row_by_row(open_page: Open) -> None:
    """All but those in sentences, which Tab reaches."""
    page = open_page("/overview/").page
    numbers = page.locator(".panels a[href^='/counted/'], .figures a[href^='/prospects/'], .health a")
    expect(numbers.first).to_be_visible()
    reached = set()
    for _ in range(numbers.count()):
        press(page, "j")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached >= {number.get_attribute("href") for number in numbers.all()}
    press(page, "k")
    expect(page.locator(".health li").nth(-2).locator("a.row")).to_be_focused()


@pytest.mark.parametrize("name", ["overdue", "slip-180"])
def test_what_a_number_counts_leads_back_to_the_number(open_page: Open, name: str) -> None:
    watch = open_page("/overview/")
    page, number = watch.page, f"#n-{name} a.row"
    for _ in range(page.locator("a.row").count()):
        press(page, "j")
        if page.locator(f"{number}:focus").count():
            break
    press(page, "Enter")
    expect(page).to_have_url(re.compile(f"/counted/{name}/"))
    press(page, "u")
    expect(page).to_have_url(re.compile(f"/overview/#n-{name}$"))
    expect(page.locator(number)).to_be_focused()
    assert watch.troubles == []


def test_who_has_no_single_keys_reaches_every_row_by_tab(open_page: Open) -> None:
    Person.objects.filter(username=NAME).update(single_keys=False)
    page = open_page("/runs/").page
    last = page.locator("a.row").last.get_attribute("href")
    press(page, "j")
    assert not page.locator("a.row:focus").count()
    tab_to(page, f"a.row[href='{last}']")
