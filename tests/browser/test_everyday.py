"""What analysts and administrators do every day, by key and by mouse: filter, sort, take out, plan, invite."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from prospect_aggregate.collection.models import Schedule
from prospect_aggregate.web.models import Person
from tests.browser.conftest import Open
from tests.browser.keys import press, tab_to
from tests.browser.pages import come_in
from tests.browser.workbooks import rows_of


def total(page: Page) -> int:
    return int(page.locator("#answer h1 strong").inner_text().replace(",", ""))


def test_a_filter_narrows_the_list_in_place_and_its_chip_takes_it_off(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page, before = watch.page, total(watch.page)
    choice = page.locator("#facets li a", has_text="8(a)").first
    count = int(choice.locator("b").inner_text())
    choice.click()
    expect(page).to_have_url(re.compile("set_aside="))
    expect(page.locator("#answer h1 strong")).to_have_text(f"{count:,}")
    expect(page.locator("tbody td.setaside").first).to_have_text("8(a)")
    page.locator("#chips a, #chips button", has_text="×").first.click()
    expect(page.locator("#answer h1 strong")).to_have_text(f"{before:,}")
    assert watch.troubles == []


def test_what_enter_has_asked_is_not_asked_again_and_the_row_keeps_the_focus(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page, asked = watch.page, []
    page.on("request", lambda request: asked.append(request.url) if "/prospects/?q=" in request.url else None)
    press(page, "/")
    page.keyboard.type("support")
    with page.expect_response("**/prospects/?q=support"):
        press(page, "Enter")
    expect(page.locator("#answer h1")).to_contain_text("shown of")
    before = len(asked)
    press(page, "Escape", "j", "j")
    row = page.locator("tr:focus-within").get_attribute("id")
    page.wait_for_timeout(400)  # what was typed would have been asked 150 ms after its last letter
    assert page.locator("tr:focus-within").get_attribute("id") == row
    assert asked[before:] == []
    assert watch.troubles == []


def test_a_search_under_way_is_given_up_for_the_next(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page, given_up = watch.page, []
    page.on("requestfailed", lambda request: given_up.append(request.url))
    page.route("**/prospects/?q=suppor", lambda route: None)  # an answer that never comes
    press(page, "/")
    with page.expect_request("**/prospects/?q=suppor"):
        page.keyboard.type("suppor")
    page.keyboard.type("t")
    expect(page).to_have_url(re.compile("q=support$"))
    expect(page.locator("#answer h1")).to_contain_text("shown of")
    assert [url.rpartition("=")[2] for url in given_up] == ["suppor"]
    expect(page.locator("body.busy")).to_have_count(0)
    expect(page.locator("#failed")).to_be_hidden()


def test_an_answer_that_comes_while_a_row_has_the_focus_leaves_it_there(open_page: Open) -> None:
    page = open_page("/prospects/").page
    press(page, "j", "j", "j")
    row = page.locator("tr:focus-within").get_attribute("id")
    with page.expect_response(re.compile("/prospects/[?]")):
        page.evaluate("htmx.trigger('#ask', 'submit')")
    expect(page.locator("#answer[data-announce]")).to_be_visible()
    assert page.locator("tr:focus-within").get_attribute("id") == row


def test_filters_are_reached_and_chosen_by_keyboard(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page = watch.page
    expect(page.locator("#facets summary").first).to_be_visible()
    press(page, "f")
    expect(page.locator("#find-filter")).to_be_focused()
    tab_to(page, "#facets li a[href*='set_aside=']")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("set_aside="))
    assert watch.troubles == []


def test_a_heading_sorts_by_its_column_and_turns_the_order_round(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page = watch.page
    tab_to(page, "thead a[href*='sort=title']")
    press(page, "Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Title")
    titles = page.locator("a.row").all_inner_texts()
    tab_to(page, "thead a[href*='sort=-title']")
    press(page, "Enter")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Title")
    turned = page.locator("a.row").all_inner_texts()
    assert titles == sorted(titles)
    assert turned == sorted(turned, reverse=True)
    assert watch.troubles == []


def test_a_narrowed_list_is_taken_out_with_all_its_rows(open_page: Open) -> None:
    watch = open_page("/prospects/?q=support")
    page, count = watch.page, total(watch.page)
    press(page, "e")
    expect(page.locator("h1")).to_contain_text(f"Export {count:,} prospect")
    with page.expect_download() as coming:
        page.locator("button.primary").click()
    assert len(rows_of(coming.value)) == 1 + count
    expect(page.locator("#taking")).to_contain_text(f"Written: {count:,} row")
    assert watch.troubles == []


def test_neighbours_of_the_list_are_one_key_away(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page, titles = watch.page, watch.page.locator("a.row").all_inner_texts()
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_have_text(titles[0])
    press(page, "]")
    expect(page.locator("h1")).to_have_text(titles[1])
    press(page, "[")
    expect(page.locator("h1")).to_have_text(titles[0])
    assert watch.troubles == []


def test_a_slot_of_the_schedule_is_seen_before_it_is_saved(open_page: Open) -> None:
    row = Schedule.objects.get(name="collect dhs")
    watch = open_page(f"/schedule/{row.pk}/edit/")
    page = watch.page
    page.select_option("#every", "10080")
    page.select_option("#weekday", label="Thursday")
    expect(page.locator("#preview time")).to_have_count(5)
    expect(page.locator("#preview time").first).to_contain_text("Thu")
    tab_to(page, "form.inrow button.primary")
    press(page, "Enter")
    expect(page.locator(f"#row{row.pk}")).to_contain_text("Thursday")
    row.refresh_from_db()
    assert (row.cadence_minutes, row.next_at.weekday()) == (10080, 3)
    assert watch.troubles == []


def test_who_is_invited_comes_in_by_the_link_and_no_further_than_the_role(open_page: Open) -> None:
    watch = open_page("/people/")
    page = watch.page
    tab_to(page, "#email")
    page.keyboard.type("neil@example.com")
    press(page, "Enter")
    link = urlsplit(page.locator("#link").input_value()).path
    assert watch.troubles == []
    guest = open_page(link, signed_in=False)
    come_in(guest.page)
    assert guest.troubles == []
    assert Person.objects.get(username="neil").role == "viewer"
    guest.page.goto("/people/")
    expect(guest.page.locator("h1")).not_to_contain_text("people")


def test_letters_work_while_a_radio_button_has_the_focus_and_arrows_choose(open_page: Open) -> None:
    watch = open_page("/export/")
    page = watch.page
    page.locator("#which-main").focus()
    press(page, "ArrowDown")
    expect(page.locator("#which-main")).not_to_be_checked()
    press(page, "?")
    expect(page.locator("dialog#keys")).to_be_visible()
    press(page, "Escape")
    press(page, "g", "c")
    expect(page).to_have_url(re.compile("/changes/"))
    assert watch.troubles == []
