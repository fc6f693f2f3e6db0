"""What stands where: charts beside their words, cards of a phone, sheets of paper."""

from itertools import combinations, pairwise

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from prospect_aggregate.prospects.models import Prospect
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.looks import DARK, LIGHT, PHONE, Look

PAPER = Look("paper", "dark", 794, 1123)  # A4 at 96 dots to the inch, asked for by who reads on a dark screen
OF_ANALYSTS = (
    "/prospects/", "/changes/", "/overview/", "/agencies/", "/agencies/dhs/", "/calendar/", "/counted/overdue/",
)  # fmt: skip


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found
    return found


def overlap(one: FloatRect, other: FloatRect) -> bool:
    across = one["x"] < other["x"] + other["width"] - 1 and other["x"] < one["x"] + one["width"] - 1
    return (
        across and one["y"] < other["y"] + other["height"] - 1 and other["y"] < one["y"] + one["height"] - 1
    )


@pytest.mark.parametrize("look", [LIGHT, PHONE], ids=str)
def test_a_bar_stands_in_the_row_of_its_words_and_is_as_long_as_its_number(
    open_page: Open, look: Look
) -> None:
    rows = open_page("/overview/", look).page.locator("[aria-labelledby=coming] tbody tr").all()
    assert len(rows) > 1
    measured = []
    for row in rows:
        bar, words, number = (box(row.locator(part)) for part in ("rect", "th", ".num"))
        middle = bar["y"] + bar["height"] / 2
        assert words["x"] + words["width"] <= bar["x"] < bar["x"] + bar["width"] <= number["x"]
        assert all(it["y"] <= middle <= it["y"] + it["height"] for it in (words, number))
        measured.append((bar["width"], int(row.locator(".num").inner_text().replace(",", ""))))
    longest, most = max(measured)
    assert longest > 60
    assert [width for width, _ in measured] == pytest.approx(
        [longest * count / most for _, count in measured], abs=0.6
    )


def test_panels_of_the_overview_leave_no_hole_between_them(open_page: Open) -> None:
    """However long one is: what stands below it follows at once."""
    page = open_page("/overview/").page
    quarter = page.locator("[aria-labelledby=coming] tbody tr").first
    quarter.evaluate("row => { for (let n = 0; n < 16; n++) row.after(row.cloneNode(true)); }")
    panels = sorted((box(it) for it in page.locator(".panels > :not(.across)").all()), key=lambda it: it["y"])
    columns = [[it for it in panels if it["x"] == left] for left in {it["x"] for it in panels}]
    gaps = [below["y"] - it["y"] - it["height"] for column in columns for it, below in pairwise(column)]
    assert len(columns) == 2
    assert gaps == pytest.approx([24] * (len(panels) - 2), abs=1)


@pytest.mark.parametrize("path", ["/agencies/", "/agencies/dhs/"])
def test_on_a_phone_no_button_of_a_form_stands_alone(open_page: Open, path: str) -> None:
    form = open_page(path, PHONE).page.locator("form.ask")
    field, button = box(form.locator("select").last), box(form.locator("button"))
    assert abs(field["y"] - button["y"]) < 8
    assert button["x"] + button["width"] <= PHONE.width


def test_on_a_phone_a_field_and_its_button_share_a_line(open_page: Open) -> None:
    page = open_page("/prospects/", PHONE).page
    for field, button in (("#q", "#ask button"), ("#save-as", ".keep button")):
        at, beside = box(page.locator(field)), box(page.locator(button))
        assert abs(at["y"] - beside["y"]) < 8
        assert beside["x"] >= at["x"] + at["width"]


def test_on_a_phone_nothing_of_a_card_covers_another_part_however_long(open_page: Open, house: House) -> None:
    """A set-aside of an expiring contract is the longest; a date that moved often comes with it."""
    shown = Prospect.objects.get(native_id=house.prospect.split("/")[-2])
    Prospect.objects.filter(pk=shown.pk).update(
        basis="expiring_contract",
        set_aside="SDVOSBC",
        place_state="VA",
        value_min=10**8,
        value_max=25 * 10**7,
    )
    for path in (
        f"/prospects/?q={shown.native_id}&shelf={shelf}" for shelf in ("upcoming", "passed", "dormant")
    ):
        page = open_page(path, PHONE).page
        if page.locator(f"#p{shown.pk}").count():
            break
    card = page.locator(f"#p{shown.pk}")
    expect(card.locator(".setaside")).to_contain_text("(current contract)")
    parts = [box(part) for part in card.locator("td").all() if part.is_visible()]
    assert len(parts) >= 6
    assert not [pair for pair in combinations(parts, 2) if overlap(*pair)]
    assert all(part["x"] + part["width"] <= PHONE.width for part in parts)


def test_on_a_phone_a_day_of_the_calendar_names_its_weekday(open_page: Open) -> None:
    days = open_page("/calendar/", PHONE).page.locator(".month td:not(.free) time").all_inner_texts()
    assert all(day.split()[0] in ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat") for day in days)


@pytest.mark.parametrize("path", OF_ANALYSTS)
def test_a_page_is_printed_whole_on_white_paper(open_page: Open, path: str) -> None:
    watch = open_page(path, PAPER)
    page = watch.page
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert watch.sticks_out() == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert not [it for it in page.locator("main button, header.bar, .facets").all() if it.is_visible()]
    cut = page.locator("a.row").evaluate_all(
        "rows => rows.filter(row => row.scrollWidth > row.clientWidth + 1).length"
    )
    assert cut == 0


def test_a_day_of_the_calendar_says_whose_it_is_in_full(open_page: Open) -> None:
    page = open_page("/calendar/", DARK).page
    cut = page.locator(".month .below").evaluate_all(
        "lines => lines.filter(line => line.scrollWidth > line.clientWidth + 1).length"
    )
    assert cut == 0
