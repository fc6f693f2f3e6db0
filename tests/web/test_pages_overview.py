"""The analyst's first page: every number opens a list with exactly that many rows. And the calendar."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.dates import Window, quarter_window, year_window
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role
from tests.given import day, row
from tests.prospects.histories import Row, at, load, on
from tests.web.pages import page

Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db
TODAY = at(2).date()  # 19 January 2026
LINKED = re.compile(
    r'<a (?:class="all" )?href="([^"]+)"[^>]*>([\d,]+)(?:<span[^>]*>[^<]*</span>)?(?: in all)?</a>'
)


@pytest.fixture
def busy() -> None:
    """Three weekly editions in which dates are passed, ahead, coarse, moved either way, and prospects are new."""
    month = Row(Window(day("2026-02-01").date(), day("2026-02-28").date(), "month", "Feb 2026"))
    quarter, year = Row(quarter_window(2026, 2, "Q2")), Row(year_window(2026, "FY26"))
    first = {
        "passed": on("2026-01-02"), "quiet": on("2025-01-02"), "month": month, "quarter": quarter, "year": year,
        "soon": on("2026-01-25"), "later": on("2026-02-09"), "earlier": on("2026-05-01"), "stays": on("2026-02-09"),
        "none": Row(Window(text="TBD")), "closed": on("2026-02-09")._replace(phase="awarded"),
        **{f"many{n}": on("2026-02-20") for n in range(60)},
    }  # fmt: skip
    second = {**first, "later": on("2026-02-19")}
    third = {"earlier": on("2026-04-01"), "later": on("2026-07-01"), "new": on("2026-03-01")}
    load([first, second, {**second, **third}])


def rows_behind(reader: Client, link: str) -> int:
    """All rows of a list, page after page."""
    count, number = 0, 1
    while True:
        joint = "&" if "?" in link else "?"
        body = page(reader, f"{link}{joint}page={number}").partition("<tbody>")[2].partition("</tbody>")[0]
        here = body.count("<tr") - body.count('<tr class="crowd')
        count, number = count + here, number + 1
        if here < 50:
            return count


def test_every_number_opens_a_list_with_exactly_that_many_rows(reader: Client, busy: None) -> None:
    content = page(reader, f"/overview/?as_of={TODAY}")
    linked = [
        (href, int(count.replace(",", "")))
        for href, count in LINKED.findall(content)
        if "/sources/" not in href
    ]
    assert len(linked) >= 12
    assert {href: rows_behind(reader, href) for href, _ in linked} == dict(linked)
    assert sum(count > 0 for _, count in linked) >= 11


def test_every_state_of_sources_opens_that_many(reader: Client, busy: None) -> None:
    content = page(reader, f"/overview/?as_of={TODAY}")
    linked = [(href, int(count)) for href, count in LINKED.findall(content) if "/sources/?state=" in href]
    assert linked
    for href, count in linked:
        assert page(reader, href).count("<tbody") == count


def test_the_numbers_are_what_the_editions_showed(reader: Client, busy: None) -> None:
    content = page(reader, f"/overview/?as_of={TODAY}")
    told = {href.partition("?")[0]: int(count) for href, count in LINKED.findall(content)}
    assert told["/counted/new/"] == 1
    assert (told["/counted/moved-later/"], told["/counted/moved-earlier/"]) == (1, 1)
    assert told["/counted/overdue/"] == 2
    assert told["/counted/fy2026-no-quarter/"] == 1
    assert told["/counted/slip-180/"] == 1


def test_the_quarters_are_all_of_what_is_upcoming(reader: Client, busy: None) -> None:
    content = page(reader, f"/overview/?as_of={TODAY}")
    counts = {href: int(count) for href, count in LINKED.findall(content)}
    coming = sum(count for href, count in counts.items() if href.startswith("/counted/fy"))
    assert coming == counts[f"/prospects/?as_of={TODAY}"]


def test_no_chart_stands_above_the_first_table(reader: Client, busy: None) -> None:
    content = page(reader, f"/overview/?as_of={TODAY}").partition('id="results"')[2]
    assert content.index("<table") < content.index('class="bar-fill"')


def test_an_empty_home_says_how_to_begin(reader: Client) -> None:
    content = page(reader, "/overview/")
    assert "Nothing is collected yet" in content
    assert "0 of" in content


def test_home_is_the_overview_of_who_does_not_look_after_the_engine(reader: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(role=Role.ANALYST)
    assert reader.get("/")["Location"] == "/overview/"


def test_what_nobody_counts_is_not_found(reader: Client) -> None:
    for name in ("nothing", "fy2026-q5", "on-2026-02-31", "in-2026-13"):
        assert reader.get(f"/counted/{name}/").status_code == 404


def test_a_month_shows_its_days_and_a_quarter_on_none_of_them(reader: Client, busy: None) -> None:
    content = page(reader, f"/calendar/?month=2026-03&as_of={TODAY}")
    grid, beside = content.partition('<aside aria-label="Without a day"')[::2]
    assert "Purchase new" in grid
    assert "Purchase quarter" not in grid
    assert "Sometime this quarter (Q2 FY26)" in beside
    assert "Purchase quarter" in beside
    assert "Purchase year" in beside


def test_a_month_without_a_day_stands_beside_its_month(reader: Client, busy: None) -> None:
    beside = page(reader, f"/calendar/?month=2026-02&as_of={TODAY}").partition('aria-label="Without a day"')[
        2
    ]
    assert "Purchase month" in beside.partition("Sometime this quarter")[0]


def test_every_number_of_the_calendar_opens_that_many(reader: Client, busy: None) -> None:
    content = page(reader, f"/calendar/?month=2026-02&as_of={TODAY}")
    linked = {href: int(count) for href, count in LINKED.findall(content)}
    linked |= {
        href: int(count)
        for href, count in re.findall(r'<a href="(/counted/in-[^"]+)">All (\d+)</a>', content)
    }
    assert max(linked.values()) == 60
    assert {href: rows_behind(reader, href) for href in linked} == linked


def test_months_lead_to_one_another(reader: Client) -> None:
    content = page(reader, "/calendar/?month=2026-12")
    assert 'href="?month=2026-11"' in content
    assert 'href="?month=2027-01"' in content
    assert "January" in content


def test_a_month_that_is_none_is_this_one(reader: Client) -> None:
    for asked in ("", "2026-13", "x", "0001-01", "9999-12"):
        assert "April 2026" in page(reader, f"/calendar/?month={asked}&as_of=2026-04-02")


def test_published_titles_are_never_markup(reader: Client, lists: Lists) -> None:
    lists(row(1, title="<b>Bold</b>", solicitation="06/20/2026"), at="2026-05-01")
    for path in ("/calendar/?month=2026-06&as_of=2026-06-01", "/counted/on-2026-06-20/?as_of=2026-06-01"):
        content = reader.get(path).content.decode()
        assert "<b>Bold" not in content
        assert "&lt;b&gt;Bold" in content


def test_what_takes_longest_is_asked_for_by_a_page_that_stands_and_then_at_hand(
    reader: Client, busy: None
) -> None:
    asks = f'hx-get="/overview/holding/?as_of={TODAY}"'
    assert asks in page(reader, f"/overview/?as_of={TODAY}")
    part = page(reader, f"/overview/holding/?as_of={TODAY}")
    assert "1 source has not been followed for 90 days yet." in part
    content = page(reader, f"/overview/?as_of={TODAY}")
    assert asks not in content
    assert part.strip() in content
