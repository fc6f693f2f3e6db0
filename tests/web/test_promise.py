"""The slip ledger as a page shows it: a list, and a small picture beside it."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.dates import Window, quarter_window
from prospect_aggregate.web.promise import MOST, WIDTH, Picture, picture_of
from tests.given import row, rows
from tests.prospects.test_slip_ledger import on, seen

TODAY = date(2026, 5, 25)
Lists = Callable[..., Run]


def drawn(*windows: Window) -> Picture:
    picture = picture_of(seen(*windows), day=TODAY)
    assert picture is not None
    return picture


def test_one_promise_needs_no_picture() -> None:
    assert picture_of(seen(on("2026-06-01")), day=TODAY) is None
    assert picture_of(seen(Window(text="TBD"), Window(text="soon")), day=TODAY) is None


def test_later_is_further_right_and_a_quarter_is_longer_than_a_day() -> None:
    day, quarter, far = drawn(on("2026-06-01"), quarter_window(2026, 4), on("2027-03-01")).bars
    assert day.x < quarter.x < far.x
    assert day.width < quarter.width
    assert day.seen < quarter.seen < far.seen
    assert (day.words, quarter.words, far.words) == ("1 Jun", "Q4 FY26", "1 Mar 2027")


def test_a_removed_date_is_a_line_without_a_bar() -> None:
    _, removed = drawn(on("2026-06-01"), Window(text="TBD")).bars
    assert (removed.width, removed.words) == (0, "TBD")


def test_nothing_is_drawn_outside() -> None:
    picture = drawn(on("2024-01-01"), quarter_window(2031, 4))
    assert all(bar.x >= 0 and bar.end < WIDTH and 0 <= bar.seen < WIDTH for bar in picture.bars)
    assert len(picture.ticks) <= 8


def test_words_stand_right_of_a_line_that_leads_back() -> None:
    over, ahead = drawn(on("2026-01-01"), on("2026-12-01")).bars
    assert over.end < over.seen == over.free
    assert ahead.seen < ahead.end == ahead.free


def test_of_many_promises_the_first_and_the_latest_are_drawn() -> None:
    picture = drawn(*(on(f"2026-{month:02}-{day:02}") for month in (6, 7) for day in range(1, 11)))
    assert len(picture.bars) == MOST
    assert (picture.bars[0].words, picture.bars[-1].words) == ("1 Jun", "10 Jul")


@pytest.mark.django_db
def test_a_page_tells_every_move_its_total_and_what_came_in_bulk(reader: Client, lists: Lists) -> None:
    lists(*rows(12), at="2026-05-04")
    lists(*(row(number, solicitation="06/08/2026") for number in range(1, 13)), at="2026-05-11")
    lists(row(1, solicitation="Q4 FY2026"), *(row(number, solicitation="06/08/2026") for number in range(2, 13)),
          at="2026-05-18")  # fmt: skip
    lists(row(1, solicitation="TBD"), *(row(number, solicitation="06/08/2026") for number in range(2, 13)),
          at="2026-05-25")  # fmt: skip
    page = unescape(reader.get("/prospects/listing/1/?list=as_of%3D2026-05-25").content.decode())
    listed = re.sub(r"<[^>]+>", " ", page.split('class="promises">')[1].split("</ol>")[0])
    assert " ".join(listed.split()) == (
        "first seen 4 May 2026 1 Jun 11 May 2026 8 Jun +7 d in bulk 18 May 2026 Q4 FY26 at least +23 d "
        "25 May 2026 TBD date removed"
    )
    assert "2 moves of the solicitation date, at least +30 d in all" in page
    assert page.count('<rect class="window') == 3
    assert 'aria-hidden="true" focusable="false"><line class="tick"' in page
    assert " style=" not in page
