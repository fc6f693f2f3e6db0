"""Rows chosen from the list by key, by mouse and without script; and what then is done with them."""

import re

import pytest
from playwright.sync_api import Page, expect

from prospect_aggregate.web.models import Tag, Watch
from tests.browser.conftest import Open
from tests.browser.keys import press, tab_to
from tests.browser.looks import DARK, LIGHT, PHONE, Look
from tests.browser.workbooks import rows_of

CHECKED = "input[name=chosen]:checked"


def choose(page: Page, count: int) -> None:
    """The first rows of the list, by a range."""
    press(page, "j", "x", *["j"] * (count - 1), "Shift+X")
    expect(page.locator(CHECKED)).to_have_count(count)


def test_rows_chosen_by_keyboard_are_tagged_and_the_tag_is_taken_back(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page = watch.page
    choose(page, 3)
    expect(page.locator("[data-chosen]")).to_have_text("3 chosen")
    tab_to(page, "#tag-chosen")
    page.keyboard.type("cloud")
    press(page, "Enter")
    expect(page.locator("[data-undo]")).to_contain_text("Tagged 3 prospects “cloud”.")
    assert Tag.objects.count() == 3
    tab_to(page, "[data-undo] button")
    press(page, "Enter")
    expect(page.locator("[data-undo]")).to_contain_text("taken off 3 prospects")
    assert not Tag.objects.exists()
    assert watch.troubles == []


def test_chosen_rows_are_compared_and_the_list_is_one_key_away(open_page: Open) -> None:
    watch = open_page("/prospects/?shelf=passed")
    page = watch.page
    choose(page, 2)
    tab_to(page, "#selection button:not([formaction])")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text(
        re.compile(r"2 prospects side by side: \d+ of \d+ fields differ")
    )
    expect(page.locator("tr.differs strong").first).to_have_text("differ")
    press(page, "u")
    expect(page).to_have_url(re.compile("/prospects/[?]shelf=passed"))
    assert watch.troubles == []


def test_only_chosen_rows_are_taken_out(open_page: Open) -> None:
    watch = open_page("/prospects/")
    choose(watch.page, 2)
    tab_to(watch.page, "#selection button[formaction$='/export/']")
    press(watch.page, "Enter")
    expect(watch.page.locator("h1")).to_have_text("Export 2 prospects")
    with watch.page.expect_download() as coming:
        watch.page.locator("button.primary").click()
    assert len(rows_of(coming.value)) == 3
    assert watch.troubles == []


def test_enter_on_a_box_opens_its_row_and_sends_nothing(open_page: Open) -> None:
    page = open_page("/prospects/").page
    page.locator("input[name=chosen]").nth(1).click()
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))


def test_rows_are_chosen_and_watched_without_script(open_page: Open) -> None:
    watch = open_page("/prospects/", PHONE, script=False)
    boxes = watch.page.locator("input[name=chosen]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    watch.page.locator("#selection button", has_text="Watch").click()
    expect(watch.page.locator("[data-undo]")).to_contain_text("You watch 2 prospects more.")
    assert Watch.objects.count() == 2
    assert watch.troubles == []


@pytest.mark.parametrize("look", [LIGHT, DARK, PHONE], ids=str)
def test_a_list_with_chosen_rows_is_well(open_page: Open, look: Look) -> None:
    watch = open_page("/prospects/", look)
    watch.page.locator("input[name=chosen]").nth(1).check()
    assert "\n".join([*watch.violations(), *watch.troubles, *watch.sticks_out()]) == ""


def test_the_heads_of_a_list_stay_while_it_goes_by(open_page: Open) -> None:
    page = open_page("/prospects/").page
    page.mouse.wheel(0, 900)
    page.wait_for_function("scrollY > 400")
    head = page.locator("table.prospects thead th").nth(2).bounding_box()
    assert head is not None
    assert 40 <= head["y"] <= 48  # below the bar, which stays too


def test_the_first_columns_of_a_wide_list_stay_while_it_is_moved(open_page: Open) -> None:
    page = open_page("/prospects/").page
    page.locator("details.columns-of summary").click()
    for box in page.locator("details.columns-of input[type=checkbox]").all():
        box.check()
    page.locator("details.columns-of button").click()
    table = page.locator(".both-ways")
    first = page.locator("tbody tr[id] td.next").first
    before = first.bounding_box()
    table.evaluate("box => box.scrollTo(400, 300)")
    after, head = first.bounding_box(), page.locator("table.prospects thead th").nth(2).bounding_box()
    assert before is not None
    assert after is not None
    assert head is not None
    assert before["x"] == after["x"]
    assert abs(head["y"] - table.bounding_box()["y"]) < 3  # type: ignore[index]


def test_paper_shows_rows_and_no_controls(open_page: Open) -> None:
    page = open_page("/prospects/").page
    page.emulate_media(media="print")
    for control in (".bar", "#selection", "input[name=chosen]", "#facets", ".columns-of", ".pager", "#ask"):
        assert not any(it.is_visible() for it in page.locator(control).all()), control
    expect(page.locator("a.row").first).to_be_visible()
    page.goto(page.locator("a.row").first.get_attribute("href") or "")
    page.emulate_media(media="print")
    assert not any(it.is_visible() for it in page.locator("td .source-of, th .source-of, .actions").all())
    expect(page.locator("h1")).to_be_visible()
