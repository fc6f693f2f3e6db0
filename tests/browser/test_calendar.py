"""The calendar in front of a person: nothing is cut without a way to read it."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from prospect_aggregate.prospects.models import Prospect
from tests.browser.conftest import Open
from tests.browser.keys import press
from tests.browser.looks import LIGHT, PHONE, Look

LONG = (
    "Enterprise Service Desk, Field Support and Equipment " * 4
)  # 212 letters; the longest real ones have 200
DAYS = ".month li a.row"


@pytest.fixture
def long_titles(house: object) -> None:
    """Of all that this month shows."""
    Prospect.objects.filter(solicitation_precision="day").update(
        title=LONG, solicitation_to=timezone.now().date().replace(day=20)
    )


def cut(links: Locator) -> int:
    return int(links.evaluate_all("all => all.filter(it => it.scrollHeight > it.clientHeight + 1).length"))


def test_a_long_title_is_whole_when_the_cursor_is_on_it(open_page: Open, long_titles: None) -> None:
    watch = open_page("/calendar/")
    page, first = watch.page, watch.page.locator(DAYS).first
    assert cut(page.locator(DAYS)) == page.locator(DAYS).count() > 0
    assert first.get_attribute("title") == first.text_content() == LONG
    press(page, "j")
    expect(first).to_be_focused()
    assert cut(first) == 0
    assert watch.troubles == []


@pytest.mark.parametrize(("look", "media"), [(PHONE, "screen"), (LIGHT, "print")], ids=["phone", "paper"])
def test_who_points_at_nothing_reads_whole_titles(
    open_page: Open, long_titles: None, look: Look, media: str
) -> None:
    page = open_page("/calendar/", look).page
    page.emulate_media(media=media)  # type: ignore[arg-type]
    assert page.locator(DAYS).count() > 0
    assert cut(page.locator(DAYS)) == 0
