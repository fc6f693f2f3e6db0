"""From a value on a prospect's page to the cell of the agency's file that holds it."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.keys import press, tab_to
from tests.browser.looks import PHONE


def test_a_value_is_followed_to_its_cell_and_back_by_keyboard(open_page: Open, house: House) -> None:
    watch = open_page(house.prospect)
    page, panel = watch.page, watch.page.locator("#source-panel")
    tab_to(page, "dl.facts a.source-of[href*='/value/']")
    press(page, "Enter")
    expect(panel).to_contain_text("Source of value")
    expect(panel).to_contain_text("Download file")
    press(page, "Escape")
    expect(panel).to_be_empty()
    assert page.evaluate("document.activeElement.textContent") == "Value"
    assert watch.troubles == []


def test_a_value_is_followed_to_its_cell_without_script(open_page: Open, house: House) -> None:
    page = open_page(house.prospect, PHONE, script=False).page
    page.locator("table.fields a.source-of").nth(1).click()
    expect(page.locator("#source-of")).to_contain_text("Source of title")
    page.locator("nav.path a").click()
    expect(page.locator("h1")).to_be_visible()
