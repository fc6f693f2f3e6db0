"""What holds for every page: nothing that a browser complains of, and its main action by keyboard alone."""

from urllib.parse import unquote

import pytest

from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.looks import LIGHT, LOOKS, Look
from tests.browser.pages import PAGES, Shown
from tests.browser.screenshots import place

MOST_BYTES = 100_000
EVERY = pytest.mark.parametrize("shown", PAGES, ids=str)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@EVERY
def test_a_page_is_well(shown: Shown, look: Look, house: House, open_page: Open) -> None:
    """No console error, no CSP report, no failed request, no axe violation, nothing wider than the screen."""
    watch = open_page(shown.at(house), look, signed_in=not shown.public)
    watch.page.screenshot(path=place(f"{shown}-{look}"), full_page=True)
    assert "\n".join([*watch.violations(), *watch.troubles, *watch.sticks_out()]) == ""
    assert watch.transferred() < MOST_BYTES


@EVERY
def test_the_main_action_of_a_page_is_done_by_keyboard_alone(
    shown: Shown, house: House, open_page: Open
) -> None:
    watch = open_page(shown.at(house), LIGHT, signed_in=not shown.public)
    shown.act(watch.page)
    assert watch.troubles == []


def test_every_page_leads_who_is_signed_out_to_sign_in_and_back(house: House, open_page: Open) -> None:
    page = open_page("/sign-in/", signed_in=False).page
    for path in (shown.at(house) for shown in PAGES if not shown.public):
        page.goto(path)
        assert page.url.split("?next=")[0].endswith("/sign-in/"), path
        assert unquote(page.locator("input[name=next]").input_value()) == unquote(path)


def test_every_page_says_what_it_is_without_script(house: House, open_page: Open) -> None:
    watch = open_page("/sources/", script=False)
    for path in (shown.at(house) for shown in PAGES if not shown.public):
        watch.page.goto(path)
        assert watch.page.locator("h1").count() == 1, path
        assert watch.page.locator("#results").is_visible(), path
    assert watch.troubles == []
