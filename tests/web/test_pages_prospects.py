"""The list of prospects and one of them, as an analyst reads them."""

from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.ask import PAGE
from tests.given import row, rows

AS_OF = {"as_of": "2026-06-01"}
Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db


def page(reader: Client, path: str = "/prospects/", **asked: object) -> str:
    answer = reader.get(path, AS_OF | asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def titles(content: str) -> list[str]:
    return [part.split(">")[1].split("<")[0] for part in content.split('class="row"')[1:]]


def test_upcoming_prospects_come_first_and_shelves_count_the_rest(
    reader: Client, three_prospects: Run
) -> None:
    content = page(reader)
    assert titles(content) == ["Help desk support"]
    assert "Upcoming <b>1</b>" in content
    assert "Passed <b>1</b>" in content
    assert "Closed <b>1</b>" in content


def test_a_passed_date_is_told_without_blame(reader: Client, three_prospects: Run) -> None:
    content = page(reader, shelf="passed")
    assert "passed 12 d" in content
    assert "check SAM.gov" in content


def test_words_and_a_source_narrow_the_list(reader: Client, three_prospects: Run) -> None:
    assert titles(page(reader, q="desk HELP", source="listing")) == ["Help desk support"]
    assert titles(page(reader, q="mapping")) == []


def test_an_empty_shelf_names_the_shelves_that_match(reader: Client, three_prospects: Run) -> None:
    assert "1 among Passed" in page(reader, q="mapping")


def test_an_empty_home_says_what_to_do(reader: Client) -> None:
    assert "Nothing has been collected yet" in page(reader)


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "x"},
        {"page": "999999"},
        {"shelf": "no"},
        {"sort": "no"},
        {"as_of": "no"},
        {"q": "\x00naics:"},
    ],
)
def test_an_address_that_makes_no_sense_still_opens_the_list(
    reader: Client, three_prospects: Run, asked: dict[str, str]
) -> None:
    assert reader.get("/prospects/", asked).status_code == 200


def test_pages_hold_fifty_and_lead_on(reader: Client, lists: Lists) -> None:
    lists(*rows(PAGE + 3), at="2026-05-01")
    first, second = page(reader), page(reader, page=2)
    assert (len(titles(first)), len(titles(second))) == (PAGE, 3)
    assert "1–50 of 53" in first
    assert 'rel="next"' in first


def test_a_heading_sorts_and_says_how(reader: Client, lists: Lists) -> None:
    lists(row(1, value="$1M to $2M"), row(2, value="$5M to $10M"), at="2026-05-01")
    content = page(reader, sort="-value")
    assert titles(content) == ["Purchase 2", "Purchase 1"]
    assert 'aria-sort="descending"' in content


def test_many_that_end_on_one_published_day_are_no_crowd(reader: Client, lists: Lists) -> None:
    lists(*rows(25), at="2026-05-01")
    assert "rowgroup" not in page(reader)


def test_what_an_agency_writes_is_shown_as_text(reader: Client, three_prospects: Run) -> None:
    content = reader.get("/prospects/", AS_OF | {"shelf": "closed"}).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; closed" in content


def test_the_list_costs_a_fixed_number_of_queries(
    reader: Client, lists: Lists, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, reader, profile, cut; version, newest run, shelves in two, profile, which rows, rows; mark, watched;
    what is told of sources, version, kind of home. The first look after a run reads what changed, on SQLite."""
    lists(*rows(PAGE + 10), at="2026-05-01")
    page(reader, page=2)
    with django_assert_num_queries(16):
        page(reader)


def test_a_number_with_a_blank_and_a_slash_has_a_page(reader: Client, three_prospects: Run) -> None:
    assert "closed" in page(reader, "/prospects/listing/3%20A/1/")


def test_an_unknown_number_is_not_found(reader: Client, three_prospects: Run) -> None:
    assert reader.get("/prospects/listing/none/").status_code == 404


def test_every_field_stands_beside_what_was_published_and_its_heading(
    reader: Client, three_prospects: Run
) -> None:
    content = page(reader, "/prospects/listing/1/")
    assert "$1M–2M" in content
    assert "$1M to $2M" in content
    assert "<code>Value</code>" in content
    assert three_prospects.artifact is not None
    assert three_prospects.artifact.sha256 in content
    assert "This list has no heading for" in content


def test_a_value_that_is_to_be_determined_is_not_unknown(reader: Client, three_prospects: Run) -> None:
    assert 'class="lack undecided" title="published: TBD">TBD' in page(reader, "/prospects/listing/2/")


def test_a_promise_that_moved_is_told_in_order(reader: Client, lists: Lists) -> None:
    lists(row(1, solicitation="06/01/2026"), at="2026-05-01")
    lists(row(1, solicitation="08/03/2026"), at="2026-05-08")
    content = page(reader, "/prospects/listing/1/")
    promised = content.split('class="promises"')[1].split("</ol>")[0]
    assert promised.index("1 Jun") < promised.index("3 Aug") < promised.index("+63 d")
    assert "first seen" in promised
    assert "1 move of" in content


def test_a_prospect_that_left_keeps_its_page(reader: Client, lists: Lists) -> None:
    lists(*rows(9), at="2026-05-01")
    lists(*rows(8), at="2026-05-08")
    content = page(reader, "/prospects/listing/9/")
    assert "Left the list between" in content
    assert "one more edition without it" in content


def test_a_prospect_opened_from_a_list_knows_its_neighbours(reader: Client, lists: Lists) -> None:
    lists(*rows(3), at="2026-05-01")
    asked = urlencode(AS_OF | {"q": "Purchase"})
    content = page(reader, "/prospects/listing/2/", list=asked, n=2)
    assert "2 of 3" in content
    assert "/prospects/listing/1/" in content.split('rel="prev"')[1][:60]
    assert "/prospects/listing/3/" in content.split('rel="next"')[1][:60]
    assert f"#p{Prospect.objects.get(native_id='2').pk}" in content


def test_a_place_on_a_list_that_moved_on_offers_no_neighbours(reader: Client, lists: Lists) -> None:
    lists(*rows(3), at="2026-05-01")
    content = page(reader, "/prospects/listing/2/", list=urlencode(AS_OF), n=1)
    assert 'rel="next"' not in content


def test_news_is_announced_above_the_list(reader: Client, lists: Lists) -> None:
    first = lists(*rows(3), at="2026-05-01")
    assert not reader.get("/prospects/newer/", {"since": first.pk}).content.strip()
    lists(*rows(5), at="2026-05-08")
    assert b"2 new" in reader.get("/prospects/newer/", {"since": first.pk}).content


def test_the_file_is_handed_out_to_keep_and_never_to_open(reader: Client, three_prospects: Run) -> None:
    assert three_prospects.artifact is not None
    answer = reader.get(f"/files/{three_prospects.artifact.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"Help desk support" in answer.getvalue()


def test_a_source_in_trouble_is_named_where_its_data_is_shown(reader: Client, three_prospects: Run) -> None:
    assert "its list is that of" in page(reader)
