"""How reliable forecasts are: the table of agencies, one source, the line on a prospect."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.registry import Registered
from prospect_aggregate.web.views.agencies import LARGEST, LEVELS
from tests.given import collected, day
from tests.prospects.histories import Row, at, load
from tests.web.api_client import Program

pytestmark = pytest.mark.django_db
NOW = at(13).date()
MOST_BYTES = 100_000  # of any page, before compression


def on(text: str) -> Row:
    moment = day(text).date()
    return Row(Window(moment, moment, "day", text))


@pytest.fixture
def followed() -> Source:
    """Forty forecasts in two offices, of which eight move later by 30 days in the second week, and 14 quiet weeks."""
    first = {
        f"{n}": on("2026-03-02" if n % 2 else "2026-09-01")._replace(office="AB"[n % 2]) for n in range(40)
    }
    moved = {f"{n}": on("2026-10-01")._replace(office="A") for n in range(0, 16, 2)}
    quiet = {**first, **moved}
    again = [{**quiet, "clock": on(f"2027-01-{week:02}")} for week in range(1, 15)]
    return load([first, quiet, *again])


def page(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_the_table_shows_shares_with_n_and_interval(reader: Client, followed: Source) -> None:
    content = page(reader, f"/agencies/?as_of={NOW}")
    row = content.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "20.0 %" in row
    assert "n 40 · 10.5–34.8 %" in row
    assert "Based on 40 of 40 listed" in content
    assert 'href="/agencies/how-counted/"' in content


def test_few_are_too_few_to_say(reader: Client) -> None:
    load([{f"{n}": on("2026-03-02") for n in range(7)}])
    assert "too few to say (n = 7)" in page(reader, f"/agencies/?as_of={NOW}")


def test_a_young_history_says_what_it_needs(reader: Client) -> None:
    load([{f"{n}": on("2026-03-02") for n in range(30)}])
    said = "not enough history yet (needs 90 days of unbroken collection; there are 0)"
    assert said in page(reader, f"/agencies/?as_of={NOW}")
    assert said.capitalize() in page(reader, f"/agencies/plan/?as_of={NOW}")
    assert "30 of 30 dated forecasts (100 %) show a solicitation date that has passed." in page(
        reader, f"/agencies/plan/?as_of={NOW}"
    )


def test_nothing_listed_says_where_to_begin(reader: Client) -> None:
    assert "Nothing is listed yet" in page(reader, "/agencies/")


def test_an_order_by_a_share_says_what_it_is_not(reader: Client, followed: Source) -> None:
    said = (
        "Intervals are for one row at a time; in a long table about one row in twenty lies outside its own."
    )
    assert said in page(reader, f"/agencies/?as_of={NOW}&sort=later")
    assert said not in page(reader, f"/agencies/?as_of={NOW}")


def test_a_source_tells_its_sentences_and_its_offices(reader: Client, followed: Source) -> None:
    content = page(reader, f"/agencies/plan/?as_of={NOW}")
    group = "Of 40 forecasts listed on 5 Jan 2026, 8 (20.0 %, 95 % interval 10.5–34.8 %)"
    assert f"{group} had their date moved later within 90 days." in content
    assert "Among those 8 the median move was 30 days (30 to 30" in content
    assert '<h2 id="office">Offices</h2>' in content


def test_a_prospect_names_the_level_of_its_line(reader: Client, followed: Source) -> None:
    prospect = Prospect.objects.get(native_id="1")
    content = page(reader, f"/prospects/plan/{prospect.native_id}/?list=as_of%3D{NOW}")
    assert "This office: none of 20 dates moved later in 90 d · n 20 · 0–" in content
    assert 'href="/agencies/how-counted/#moves">how counted' in content


def test_a_prospect_without_history_says_so(reader: Client) -> None:
    load([{"1": on("2026-03-02")}])
    assert "not enough history yet" in page(reader, "/prospects/plan/1/")


def test_an_unknown_source_is_not_found(reader: Client) -> None:
    assert reader.get("/agencies/none/").status_code == 404


def test_published_names_are_never_markup(reader: Client) -> None:
    load([{"1": on("2026-03-02")._replace(office="<b>A"), "2": on("2026-03-02")._replace(office="<b>B")}])
    assert b"<b>A" not in reader.get(f"/agencies/plan/?as_of={NOW}").content


def test_programs_get_every_figure_with_what_it_is_made_of(followed: Source) -> None:
    items = Program().get("/agencies", {"as_of": NOW, "source": "plan"})["items"]
    assert [it["level"] for it in items] == ["source", "agency", "component", "office", "office"]
    figure = items[0]["moved_later"]
    assert (figure["value"], figure["n"], figure["n_eff"], figure["horizon_days"]) == (0.2, 40, 40.0, 90)
    assert sum(items[0]["outcomes"].values()) == 40
    for it in items:
        assert it["listed"] == it["dated"] + it["undated"] + it["closed"] + it["under_way"]


def test_programs_get_the_line_of_a_prospect(followed: Source) -> None:
    told = Program().get("/prospects/plan:2/reliability", {"as_of": NOW})
    assert told["moved_later"]["level"] == "office"
    assert told["sentence"].startswith("This office: 40.0 % of dates moved later in 90 d · n 20 · ")


def test_programs_are_told_that_there_is_no_history() -> None:
    load([{"1": on("2026-03-02")}])
    assert Program().get("/prospects/plan:1/reliability")["sentence"].startswith("not enough history yet")
    item = Program().get("/agencies")["items"][0]
    assert (item["moved_later"], item["history"][:18]) == (None, "not enough history")


def test_a_figure_is_counted_anew_when_an_edition_comes(reader: Client, followed: Source) -> None:
    before = Program().get("/agencies", {"as_of": NOW, "level": "source"})["items"][0]["listed"]
    load([{f"{n}": on("2026-09-01") for n in range(30)}], first=17)
    after = Program().get("/agencies", {"as_of": NOW, "level": "source"})["items"][0]["listed"]
    assert (before, after) == (41, 30)
    assert Run.objects.count() == 17


@pytest.fixture
def many() -> None:
    """Forty agencies with ten bureaus each and four offices in each; one of the 1,600 offices is large."""
    drafts = [_of_office(f"{office}", office) for office in range(1600)]
    drafts += [_of_office(f"1599 {more}", 1599) for more in range(30)]
    collected(Registered("plan", "Plan", lambda: drafts), at=at(0), purpose=Run.Purpose.ADMIT)


def _of_office(number: str, office: int) -> ProspectDraft:
    return ProspectDraft(
        native_id=number,
        title="Support",
        agency=f"Department of Number {office // 40:02}",
        component=f"Bureau {office // 4:03} of a Department",
        office=f"Office {office:04} of Acquisition and Grants Management",
        solicitation=on("2026-03-02").window,
    )


@pytest.mark.parametrize(
    "asked", ["", "?agency=Department+of+Number+39", *(f"?level={level}" for level in LEVELS)]
)
def test_of_very_many_offices_a_page_is_bounded(reader: Client, many: None, asked: str) -> None:
    answer = reader.get(f"/agencies/plan/{asked}")
    assert len(answer.content) < MOST_BYTES


def test_the_largest_offices_stand_on_the_page_and_all_of_them_behind_a_link(
    reader: Client, many: None
) -> None:
    content = page(reader, "/agencies/plan/")
    assert "Office 1599" in content
    assert len(re.findall(r"Office \d{4}", content)) == LARGEST
    link = re.findall(r'href="(\?level=office)">All 1,600</a>', content)[0]
    names = []
    while link:
        listed = page(reader, f"/agencies/plan/{link}")
        names += re.findall(r"Office \d{4}", listed)
        link = "".join(re.findall(r'rel="next" data-key="]" href="([^"]+)"', listed))
    assert names == [f"Office {number:04}" for number in range(1600)]


@pytest.fixture
def very_many() -> None:
    """A source that lists for five hundred agencies, the last one twice."""
    drafts = [_of_agency(f"{number}", number) for number in range(500)] + [_of_agency("again", 499)]
    collected(Registered("plan", "Plan", lambda: drafts), at=at(0), purpose=Run.Purpose.ADMIT)


def _of_agency(number: str, agency: int) -> ProspectDraft:
    name = f"Agency {agency:03} of the Department that has the Longest of all Names"
    return replace(_of_office(number, agency), agency=name)


@pytest.mark.parametrize("asked", ["", "&page=9", "&sort=passed&days=365&page=2"])
def test_of_very_many_agencies_a_page_is_bounded(reader: Client, very_many: None, asked: str) -> None:
    answer = reader.get(f"/agencies/?as_of={NOW}{asked}")
    assert answer.content.count(b'<a class="row"') > 10
    assert len(answer.content) < MOST_BYTES


def test_every_agency_stands_on_one_of_the_pages_and_their_count_on_each(
    reader: Client, very_many: None
) -> None:
    names, link = [], "?sort=name"
    while link:
        content = page(reader, f"/agencies/{link}")
        names += re.findall(r'class="row"[^>]*>Agency (\d{3}) ', content)
        assert "How far dates of <strong>500</strong> agencies can be relied on" in content
        assert "Based on 501 of 501 listed" in content
        assert "Without a history of 90 days: 500, " in content
        link = "".join(re.findall(r'rel="next" data-key="]" href="([^"]+)"', content))
    assert names == [f"{number:03}" for number in range(500)]


def test_an_agency_of_a_later_page_leads_back_to_that_page(reader: Client, very_many: None) -> None:
    row = re.findall(r'class="row" href="([^"]+)"', page(reader, "/agencies/?page=2"))[0]
    assert 'href="/agencies/?page=2#a1" data-back' in page(reader, row)


def test_all_offices_of_one_agency_lead_back_to_it(reader: Client, many: None) -> None:
    there = "/agencies/plan/?agency=Department+of+Number+39"
    content = page(reader, f"{there}&level=office&page=1")
    assert "<strong>40</strong> offices of Department of Number 39" in content
    assert f'<a href="{there}" data-back>' in content
