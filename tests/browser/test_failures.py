"""What a page says while it waits, when a part of it cannot be had, and when nothing renews it any more."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.keys import press
from tests.browser.looks import LIGHT, PHONE, Look
from tests.browser.screenshots import place

SEARCH = re.compile(r"/prospects/\?.*q=support")
TRY_AGAIN = "#failed button"
LINE = "getComputedStyle(document.body, '::before').opacity"


@contextmanager
def database_in_trouble() -> Iterator[None]:
    """The table of prospects is away for a while, as to the server."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prospects_prospect RENAME TO elsewhere")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO prospects_prospect")


def search(page: Page) -> int:
    """Says how many rows stood there before."""
    rows = page.locator("a.row").count()
    page.locator("#q").fill("support")  # at once: each pause in typing is a search
    return rows


def go_to_the_button(page: Page) -> None:
    """It stands above what was asked."""
    for _ in range(5):
        press(page, "Shift+Tab")
        if page.locator(f"{TRY_AGAIN}:focus").count():
            break
    expect(page.locator("body")).not_to_have_class(re.compile("busy"))
    expect(page.locator(TRY_AGAIN)).to_be_focused()


def tried_again(page: Page) -> None:
    """It is answered, and the focus is where it was."""
    press(page, "Enter")
    expect(page.locator("#failed")).to_be_hidden()
    expect(page.locator("#answer h1")).to_contain_text("shown of")
    expect(page).to_have_url(re.compile("q=support"))
    expect(page.locator("#q")).to_be_focused()


def test_a_search_that_cannot_reach_the_server_is_kept_and_tried_again(open_page: Open) -> None:
    page = open_page("/prospects/?shelf=passed").page
    page.route(SEARCH, lambda route: route.abort())
    rows = search(page)
    expect(page.locator("#failed")).to_have_text(
        "The search could not be run (the server cannot be reached). "
        "Your filters are kept, and what you see is as it was. Try again"
    )
    assert page.locator("a.row").count() == rows
    go_to_the_button(page)
    page.unroute(SEARCH)
    tried_again(page)
    expect(page).to_have_url(re.compile("shelf=passed"))


@pytest.mark.parametrize("look", [LIGHT, PHONE], ids=str)
def test_a_search_that_the_database_refuses_has_the_reference_of_the_log(
    open_page: Open, caplog: pytest.LogCaptureFixture, look: Look
) -> None:
    watch = open_page("/prospects/", look)
    page = watch.page
    with database_in_trouble():
        page.locator("#q").fill("support")
        expect(page.locator("#failed")).to_contain_text("The search could not be run (the database is busy")
        go_to_the_button(page)
    reference = page.locator("#failed").inner_text().rpartition("ref ")[2]
    assert f"ref {reference}: GET /prospects/" in caplog.text
    page.screenshot(path=place(f"prospects-failed-{look}"))
    assert watch.violations() == []
    assert watch.sticks_out() == []
    tried_again(page)


def test_what_could_not_be_done_is_done_when_tried_again(open_page: Open, house: House) -> None:
    page = open_page(house.prospect).page
    page.route("**/notebook/*/watch/", lambda route: route.abort())
    press(page, "w")
    expect(page.locator("#failed")).to_contain_text("That could not be done (the server cannot be reached).")
    expect(page.locator("#failed")).to_contain_text("look before you try again")
    page.unroute("**/notebook/*/watch/")
    page.locator(TRY_AGAIN).click()
    expect(page.locator("main [aria-pressed=true]")).to_be_visible()
    expect(page.locator("#failed")).to_be_hidden()


def test_a_part_that_renews_itself_says_since_when_it_does_not(open_page: Open, house: House) -> None:
    """Once for all of them, from the first time on; nothing of the page is dimmed or taken away."""
    page = open_page(f"/runs/{house.runs['started']}/").page
    said, before = page.locator("#connection"), page.locator("main").inner_text().splitlines()[:3]
    page.clock.install()
    page.route("**/runs/*/*/**", lambda route: route.abort())
    page.clock.fast_forward(2_500)
    expect(said).to_have_text(re.compile(r"^Not updating since \d\d:\d\d( [AP]M)?\. Reconnecting…$"))
    first = said.inner_text()
    page.clock.fast_forward(180_000)
    expect(said).to_have_text(first)
    assert page.locator("main").inner_text().splitlines()[:3] == before
    expect(page.locator("#failed")).to_be_hidden()
    page.unroute("**/runs/*/*/**")
    page.clock.fast_forward(5_000)
    expect(said).to_be_hidden()


def test_a_line_at_the_top_says_that_an_answer_takes_long(open_page: Open) -> None:
    """Only after 150 ms; rows can be read meanwhile, and what renews itself does not end it."""
    page, held = open_page("/prospects/").page, list[Route]()
    page.route(SEARCH, lambda route: held.append(route))  # Playwright marks what it is given
    rows = search(page)
    expect(page.locator("body")).to_have_class(re.compile("busy"))
    page.wait_for_timeout(300)
    assert page.evaluate(LINE) == "1"
    assert page.evaluate("getComputedStyle(document.body, '::before').transitionDelay") == "0.15s"
    assert page.locator("a.row").count() == rows
    page.evaluate("htmx.ajax('GET', '/prospects/newer/', {target: '#newer', swap: 'none'})")
    page.wait_for_timeout(300)
    assert page.evaluate(LINE) == "1"
    for route in held:
        route.continue_()
    expect(page.locator("#answer h1")).to_contain_text("shown of")
    expect(page.locator("body")).not_to_have_class(re.compile("busy"))
    assert page.evaluate(LINE) == "0"


@pytest.mark.parametrize("look", [LIGHT, PHONE], ids=str)
def test_a_page_that_cannot_be_had_has_a_reference_and_a_way_on(
    open_page: Open, caplog: pytest.LogCaptureFixture, look: Look
) -> None:
    caplog.set_level(logging.INFO)
    watch = open_page("/nothing/here/", look)
    page = watch.page
    for title, trouble in (("Nothing is at this address", False), ("This page cannot be had just now", True)):
        if trouble:
            with database_in_trouble():
                page.goto("/counted/overdue/")
        expect(page.locator("h1")).to_have_text(title)
        reference = page.locator("main").inner_text().rpartition("ref ")[2]
        assert f"ref {reference}: GET {page.evaluate('location.pathname')}" in caplog.text
        assert watch.violations() == []
        page.screenshot(path=place(f"failing-{int(trouble)}-{look}"))
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("h1")).to_contain_text("whose solicitation date has passed")
