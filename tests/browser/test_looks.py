"""Every page at other widths, and in the few colours that a reader has chosen; each is kept to be looked at."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models import Person
from tests.browser.conftest import Open
from tests.browser.house import NAME, House
from tests.browser.keys import press
from tests.browser.looks import CONTRAST, PHONE_DARK, TABLET, ZOOMED, Look
from tests.browser.pages import PAGES
from tests.browser.screenshots import place

LONG = ("Enterprise modernization, migration, operations, help desk support and sustainment " * 3)[:200]
CANVAS = """() => {
  const probe = document.createElement("i");
  probe.style.color = "Canvas";
  document.body.append(probe);
  return getComputedStyle(probe).color;
}"""


def bared() -> dict[str, None]:
    """Everything that a list may leave out, left out; but for the words."""
    fields = Prospect._meta.concrete_fields
    return {it.attname: None for it in fields if it.null and not it.is_relation and it.name != "description"}


@pytest.fixture
def odd(house: House) -> list[str]:
    """Paths of what is seldom published so: the longest title, capitals, nothing but a description."""
    soon = timezone.now().date() + timedelta(days=1)
    long, loud, bare = Prospect.objects.of("dhs").listed().filter(solicitation_to__gt=soon)[:3]
    listed = Prospect.objects.order_by()
    listed.filter(pk=long.pk).update(title=LONG, value_min=10**8, value_max=None)
    listed.filter(pk=loud.pk).update(title=LONG.upper()[:120])
    listed.filter(pk=bare.pk).update(**bared())
    return [f"/prospects/dhs/{it.native_id}/" for it in (long, loud, bare)]


@pytest.mark.parametrize("look", [ZOOMED, PHONE_DARK, TABLET], ids=str)
def test_no_page_is_wider_than_its_screen(open_page: Open, house: House, odd: list[str], look: Look) -> None:
    paths = {str(shown): shown.at(house) for shown in PAGES if not shown.public}
    paths |= {f"odd-{number}": path for number, path in enumerate(odd)}
    watch, wide = open_page("/menu/", look), {}
    for name, path in paths.items():
        watch.page.goto(path)
        watch.page.screenshot(path=place(f"{name}-{look}"), full_page=True)
        wide[name] = watch.sticks_out()
    assert {name: found for name, found in wide.items() if found} == {}
    assert watch.troubles == []


@pytest.mark.parametrize("width", [721, 1000, 1121, 1201])
def test_the_bar_holds_a_long_name_and_large_counts_at_every_width(open_page: Open, width: int) -> None:
    Person.objects.filter(username=NAME).update(username="alexandra.longname@example.com")
    watch = open_page("/overview/", Look(f"{width}", "light", width, 800))
    watch.page.evaluate(
        "document.querySelectorAll('.bar nav b').forEach(it => { it.textContent = '12,345'; })"
    )
    assert watch.sticks_out() == []


def test_the_key_of_the_search_leads_to_it_where_the_bar_has_no_room(open_page: Open) -> None:
    page = open_page("/overview/", TABLET).page
    press(page, "/")
    expect(page).to_have_url(re.compile("/prospects/$"))


@pytest.fixture
def contrast(open_page: Open) -> Page:
    return open_page("/sources/", CONTRAST).page


def shows(part: Locator, what: str) -> bool:
    """Whether that is drawn in another colour than what it stands on."""
    return str(part.evaluate(f"it => getComputedStyle(it).{what}")) != part.page.evaluate(CANVAS)


def test_in_chosen_colours_states_and_bars_are_seen(contrast: Page) -> None:
    marks = contrast.locator("svg.shape:visible").all()
    assert len(marks) > 20
    assert all(shows(mark, "fill") for mark in marks)
    contrast.goto("/overview/")
    contrast.screenshot(path=place(f"overview-{CONTRAST}"), full_page=True)
    assert all(shows(bar, "fill") for bar in contrast.locator(".bar-fill").all())


def test_in_chosen_colours_the_focus_and_its_row_are_seen(contrast: Page) -> None:
    press(contrast, "j")
    for part in (contrast.locator("a.row:focus"), contrast.locator("tr:focus-within")):
        assert part.evaluate("it => getComputedStyle(it).outline").endswith("solid 2px")
        assert shows(part, "outlineColor")
    contrast.screenshot(path=place(f"sources-{CONTRAST}"), full_page=True)


def test_in_chosen_colours_where_one_is_and_what_is_pressed_is_seen(contrast: Page, house: House) -> None:
    under = contrast.locator(".bar nav a")
    assert [shows(it, "borderBottomColor") for it in under.all()] == [
        it.get_attribute("aria-current") is not None for it in under.all()
    ]
    contrast.goto(house.prospect)
    press(contrast, "w")
    pressed = contrast.locator("main button[aria-pressed=true]")
    pressed.wait_for()
    assert shows(pressed, "backgroundColor")
