"""Fields that content systems send as fragments of HTML."""

import pytest

from prospect_aggregate.normalize.places import Place
from prospect_aggregate.scrapers import markup

BLOCK = (
    '<p class="address" translate="no"><span class="locality">Marrow Lakes</span>, '
    '<span class="administrative-area">CO</span> <span class="country">United States</span></p>'
)
TIME = '<time datetime="2026-05-11T12:00:00Z" class="datetime">05/11/2026</time>'


def test_tags_part_words() -> None:
    assert markup.words("<span>541519</span><span>Other Computer</span>") == "541519 Other Computer"


@pytest.mark.parametrize("title", ["Value < $5M and > $2M", "R&D", "Help desk"])
def test_a_title_keeps_its_signs(title: str) -> None:
    assert markup.heading(title) == title


def test_entities_of_a_title_are_read() -> None:
    assert markup.heading("Help&nbsp;desk &amp; field <b>support</b>") == "Help desk & field support"


def test_a_day_is_read_from_its_tag_or_its_words() -> None:
    assert markup.day(TIME) == markup.day("05/11/2026")
    assert markup.day("soon").precision is None


def test_a_span_is_read_from_its_tags_or_its_words() -> None:
    tagged = markup.span(f"{TIME} - {TIME.replace('2026', '2031')}")
    assert tagged == markup.span("05/11/2026 - 05/11/2031")
    assert (str(tagged.first), str(tagged.last)) == ("2026-05-11", "2031-05-11")


def test_one_moment_is_a_start_and_three_are_words() -> None:
    assert (str(markup.span(TIME).first), markup.span(TIME).last) == ("2026-05-11", None)
    assert markup.span(TIME * 3).precision is None
    assert markup.span(None).text is None


def test_an_address_block_is_read_part_by_part() -> None:
    read = markup.place(BLOCK, "Colorado")
    assert read == Place("Marrow Lakes", "CO", "USA", "Marrow Lakes , CO United States")


@pytest.mark.parametrize(
    "cell", [BLOCK + BLOCK, "AL United States , AK United States", "Cannot be disclosed"]
)
def test_several_places_and_none_stay_words(cell: str) -> None:
    read = markup.place(cell, "Colorado")
    assert (read.city, read.state, read.country, read.text) == (None, None, None, markup.words(cell))


def test_a_states_own_column_is_asked_where_the_block_is_empty() -> None:
    assert markup.place("", "North Carolina").state == "NC"
    assert markup.place("ISABELLA , MN United States", "North Carolina").state == "MN"


def test_a_link_is_found_in_a_tag_or_bare() -> None:
    assert (
        markup.link('<a href="https://sam.example.gov/o?a=1&amp;b=2">SAM</a>')
        == "https://sam.example.gov/o?a=1&b=2"
    )
    assert markup.link("see https://sam.example.gov/o.") == "https://sam.example.gov/o"
    assert markup.link("on SAM") is None
