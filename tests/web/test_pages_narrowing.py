"""The list narrowed down: chips, facets beside it, columns, and what an empty answer offers."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.codes import naics_titles
from prospect_aggregate.normalize.sectors import NAICS_SECTORS
from prospect_aggregate.prospects import found
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models import Person
from tests.given import row, rows
from tests.prospects.made import DAY, fill
from tests.web.test_pages_prospects import page, titles

Lists = Callable[..., Run]
HTMX = {"HX-Request": "true"}
TODAY = {"as_of": DAY.isoformat()}
pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db: None) -> None:
    fill(300, words=40)


def beside(reader: Client, **asked: object) -> str:
    answer = reader.get("/prospects/facets/", TODAY | asked, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def count_of(content: str) -> int:
    found = re.search(r'id="answer"[^>]*><h1><strong>([\d,]+)', content)
    assert found
    return int(found[1].replace(",", ""))


def test_the_answer_tells_how_many_of_the_shelf_are_shown(reader: Client, lists: Lists) -> None:
    lists(*rows(12), at="2026-05-01")
    assert "<strong>1</strong> shown of 12 upcoming" in page(reader, q='"purchase 7"')


def test_every_choice_beside_the_list_leads_to_as_many_as_it_tells(reader: Client, made: None) -> None:
    links = re.findall(
        r'href="(/prospects/[?][^"]*)"[^>]*><span>[^<]*</span> <b>([\d,]+)</b>', beside(reader)
    )
    assert len(links) > 40
    for link, count in links:
        content = reader.get(unescape(link)).content.decode()
        assert count_of(content) == int(count.replace(",", "")), link


@pytest.mark.parametrize("sort", ["next", "-value", "title", "moved"])
def test_few_and_many_are_listed_alike(
    reader: Client, made: None, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    asked = {"q": "support", "sort": sort}
    as_few = re.sub("(?s)<head>.*?</head>|csrf[^>]*", "", page(reader, **asked))
    monkeypatch.setattr(found, "MOST", 0)
    assert re.sub("(?s)<head>.*?</head>|csrf[^>]*", "", page(reader, **asked)) == as_few
    assert len(titles(as_few)) > 10


def test_the_first_steps_of_codes_are_told_in_words(reader: Client, made: None) -> None:
    said = set(re.findall(r"<span>([^<]*)</span> <b>", beside(reader)))
    assert {"23 Construction", "54 Professional, scientific and technical services"} <= said
    assert "R Professional and administrative support" in said
    assert "NAICS: 54 Professional" in page(reader, naics="54", **TODAY)


@pytest.mark.parametrize("number", sorted({code[:2] for code in naics_titles()}))
def test_every_sector_has_a_name(number: str) -> None:
    assert NAICS_SECTORS[number]


def test_two_values_of_a_filter_are_one_or_the_other(reader: Client, made: None) -> None:
    counts = [count_of(page(reader, set_aside=each)) for each in ("SBA", "8A", ["SBA", "8A"])]
    assert counts[0] + counts[1] == counts[2]
    assert min(counts) > 0


def test_chips_come_off_one_by_one(reader: Client, made: None) -> None:
    content = page(reader, set_aside=["SBA", "8A"], place="VA", q="support")
    chips = re.findall(r'class="chip">([^:]*): <b>([^<]*)</b> <a href="([^"]*)"', content)
    assert [chip[:2] for chip in chips] == [
        ("Words", "support"), ("Set-aside", "SB"), ("Set-aside", "8(a)"), ("State", "Virginia"),
    ]  # fmt: skip
    without = reader.get(f"/prospects/{chips[1][2]}").content.decode()
    assert len(re.findall('class="chip"', without)) == 3


def test_a_chip_tells_what_it_hides_as_unknown_and_includes_it(reader: Client, made: None) -> None:
    content = page(reader, set_aside="SBA")
    found = re.search(r'class="more" href="([^"]*)">\+ ([\d,]+) unknown', content)
    assert found
    included = unescape(reader.get(f"/prospects/{found[1]}").content.decode())
    assert count_of(included) == count_of(content) + int(found[2])
    assert "unknown too" in included


def test_without_a_script_the_facets_are_a_page_that_leads_back(reader: Client, made: None) -> None:
    content = unescape(reader.get("/prospects/facets/", TODAY | {"place": "VA"}).content.decode())
    found = re.search(r'data-back href="(/prospects/[^"]*)">Show ([\d,]+)', content)
    assert found
    assert count_of(reader.get(found[1]).content.decode()) == int(found[2].replace(",", ""))


def test_a_facet_of_many_is_shown_whole_when_asked(reader: Client, db: None) -> None:
    fill(2_000, words=10)
    cut, whole = (beside(reader, **asked) for asked in ({}, {"whole": "office"}))
    assert whole.count('id="office-') > cut.count('id="office-') == 12
    assert "more</a>" in cut


def test_facets_cost_few_queries(
    reader: Client, made: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, reader; all facets at once, one for each that is filtered by, each with a version; sources thrice."""
    with django_assert_max_num_queries(11):
        beside(reader, place="VA", set_aside="SBA")


def test_columns_are_kept_with_the_person(reader: Client, person: Person, made: None) -> None:
    answer = reader.post("/prospects/columns/", {"column": ["naics", "key", "no"], "view": "q=support"})
    assert answer["Location"] == "/prospects/?q=support"
    person.refresh_from_db()
    assert person.columns == ["key", "naics"]
    content = page(reader)
    assert '<td data-label="Key">made' in content
    assert '<td data-label="NAICS">' in content


@pytest.mark.parametrize(
    "column", ["contact", "award", "performance", "first_seen", "edited", "vehicle", "state"]
)
def test_every_column_can_be_shown(reader: Client, person: Person, three_prospects: Run, column: str) -> None:
    reader.post("/prospects/columns/", {"column": column})
    assert titles(page(reader)) == ["Help desk support"]


def test_columns_are_chosen_by_post_alone(reader: Client) -> None:
    assert reader.get("/prospects/columns/").status_code == 405


def test_choosing_columns_leads_to_no_other_site(reader: Client) -> None:
    answer = reader.post("/prospects/columns/", {"view": "//evil.example/"})
    assert answer["Location"].startswith("/prospects/?")


def test_a_passed_date_leads_to_sam(reader: Client, three_prospects: Run) -> None:
    assert "https://sam.gov/search/" in page(reader, shelf="passed")
    assert "https://sam.gov/search/" not in page(reader)


def test_an_empty_answer_offers_the_filter_that_hides_most(reader: Client, lists: Lists) -> None:
    lists(*rows(5), at="2026-05-01")
    content = page(reader, q="purchase", set_aside="SBA", naics="99")
    assert "5 without" not in content  # each of the two hides all by itself
    content = page(reader, q="purchase", set_aside="SBA")
    assert "5 without set-aside" in content
    assert "5 with no published set-aside" in content


def test_what_an_agency_writes_is_text_in_facets_and_chips(reader: Client, lists: Lists) -> None:
    lists(row(1), row(2), at="2026-05-01")
    Prospect.objects.filter(native_id="1").update(office='<b>"A" & B</b>')
    Prospect.objects.filter(native_id="2").update(office="Other")
    content = beside(reader)
    assert "&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;" in content
    link = re.search(r'href="(/prospects/[?][^"]*office[^"]*)" rel="nofollow"><span>&lt;b', content)
    assert link
    shown = reader.get(unescape(link[1])).content.decode()
    assert count_of(shown) == 1
    assert "<b>&quot;A" not in shown.replace("<b>&lt;b", "")
