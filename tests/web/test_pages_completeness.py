"""How complete the picture is: the pages of quality and coverage, and what an empty search says of an agency."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from prospect_aggregate.collection.coverage import Status, statement
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.web.present import share
from tests.given import a_source, row, rows

Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db


def page(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def agencies(content: str) -> int:
    return content.partition("<tbody>")[2].count("<tr>")


def test_quality_begins_with_a_sentence_and_with_what_is_unread(reader: Client, lists: Lists) -> None:
    lists(row(1), row(2, value="a lot"), row(3, value="TBD"), at="2026-05-01")
    content = page(reader, "/sources/listing/quality/")
    assert "3 listed; 4 of 30 fields are published, and in 1 of them something is not read." in content
    first = content.partition("<tbody>")[2].partition("</tr>")[0]
    assert first.startswith('<tr><th scope="row">Value')
    assert "<q>a lot</q>" in first
    assert "33.3 %" in first


def test_a_field_without_a_heading_is_called_not_published(reader: Client, lists: Lists) -> None:
    lists(*rows(1), at="2026-05-01")
    hint = page(reader, "/sources/listing/quality/").partition("Not published")[2].partition("</p>")[0]
    assert "NAICS" in hint
    assert "Value" not in hint


def test_quality_of_what_was_never_collected_says_so_and_makes_no_row(reader: Client) -> None:
    assert "nothing of Homeland Security has been collected" in page(reader, "/sources/dhs/quality/")
    assert not Source.objects.exists()


def test_published_text_is_never_markup(reader: Client, lists: Lists) -> None:
    lists(row(1, value="<b>lots</b>"), at="2026-05-01")
    assert "<b>lots" not in reader.get("/sources/listing/quality/").content.decode()


def test_quality_of_an_unknown_source_is_not_found(reader: Client) -> None:
    assert reader.get("/sources/none/quality/").status_code == 404


def test_sources_lead_to_quality_and_coverage(reader: Client) -> None:
    content = page(reader, "/sources/")
    assert 'href="/sources/dhs/quality/"' in content
    assert 'href="/coverage/"' in content
    assert 'href="/coverage/"' in page(reader, "/menu/")


def test_coverage_shows_every_agency_with_its_source_as_it_is(reader: Client) -> None:
    content = page(reader, "/coverage/")
    assert agencies(content) == len(statement())
    assert f"of {len(statement())} agencies and components are covered, none of them" in content
    assert "Never collected" in content


def test_a_list_that_is_late_is_late_in_the_statement_too(reader: Client) -> None:
    Source.objects.filter(pk=a_source().pk).update(key="dhs", last_good_at="2020-01-01T00:00Z")
    assert "Late" in page(reader, "/coverage/?q=homeland").partition("<tbody>")[2]


def test_agencies_are_found_by_status_and_name(reader: Client) -> None:
    blocked = sum(entry.status is Status.BLOCKED for entry in statement())
    assert agencies(page(reader, "/coverage/?status=blocked")) == blocked
    assert agencies(page(reader, "/coverage/?q=epa")) == 1
    assert "No agency is like that" in page(reader, "/coverage/?q=atlantis")


@pytest.mark.parametrize("asked", ["epa", "agency:epa", "environmental+protection+cloud"])
def test_an_empty_search_says_that_an_agency_is_not_covered_and_why(reader: Client, asked: str) -> None:
    content = page(reader, f"/prospects/?q={asked}")
    assert "Environmental Protection Agency: not covered (blocked, " in content
    assert "Some 50 records behind pages that need a session" in content
    assert 'href="/coverage/"' in content


def test_an_empty_search_says_that_a_covered_agencys_list_is_not_fresh(reader: Client) -> None:
    assert "Department of Labor: covered by Acquisition Gateway" in page(reader, "/prospects/?q=agency:labor")


def test_a_place_names_no_agency(reader: Client) -> None:
    assert "Veterans" not in page(reader, "/prospects/?q=place:VA")


def test_a_search_that_finds_something_says_nothing_of_coverage(reader: Client, lists: Lists) -> None:
    lists(row(1, title="EPA cloud", solicitation="06/20/2026"), at="2026-05-01")
    assert "not covered" not in page(reader, "/prospects/?q=epa&as_of=2026-06-01")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 7, "0 %"), (7, 7, "100 %"), (451, 453, "99.6 %"), (9999, 10000, "99.9 %"), (1, 10000, "0.1 %")],
)
def test_a_share_is_not_rounded_to_all_or_nothing(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text
