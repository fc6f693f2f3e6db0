"""Cells as published, and the plain texts read from them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize import text

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.characters(),
)
READERS = [
    text.as_text, text.line, text.prose, text.identifier, text.known, text.named, text.email, text.phone,
    text.person,
]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("  Market Research ", "Market Research"),
        (523932.3900000001, "523932.39"),
        ("334511\xa0", "334511"),
        ("&#160;", None),
        ("R&amp;D &lt;5", "R&D <5"),
        ("https://sam.gov/?a=1&region=2&copy=3", "https://sam.gov/?a=1&region=2&copy=3"),
        ("HSCG23-16-A\xad MMP083", "HSCG23-16-A MMP083"),
        ("a\x00b", "ab"),
        ("one\x0btwo", "one two"),
        (30002.0, "30002"),
        (0.5, "0.5"),
        (523932.39, "523932.39"),
        (float("nan"), None),
        (541519, "541519"),
        (True, "Yes"),
        (False, "No"),
        (1, "1"),
        (datetime(2026, 5, 12), "2026-05-12"),
        (datetime(2026, 5, 12, 14, 30), "2026-05-12T14:30:00"),
        (date(2026, 5, 12), "2026-05-12"),
        ("", None),
        (None, None),
    ],
)
def test_a_cell_is_shown_as_published(cell, shown):
    assert text.as_text(cell) == shown


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (("Q3", 2026), "Q3 2026"),
        (("TBD", "TBD"), "TBD"),
        (("To Be Determined", 2026), "To Be Determined 2026"),
        ((None, " "), None),
    ],
)
def test_cells_that_all_say_nothing_are_said_once(cells, shown):
    assert text.joined(*cells) == shown


def test_a_line_has_no_breaks():
    assert (
        text.line("Top Secret (Access to\r\nTS/SCI \t at times)") == "Top Secret (Access to TS/SCI at times)"
    )


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("One.\r\n\r\nTwo.", "One.\n\nTwo."),
        ("<p>One &amp; two.</p><p>Three<br/>four.</p>", "One & two.\nThree\nfour."),
        ("value < $5M and > $1M", "value < $5M and > $1M"),
        ("if a <b and c> d", "if a d"),
        ("a <user> b", "a <user> b"),
        ("\n  PIKES\n", "PIKES"),
        ("a\n\n\n\n\nb", "a\n\nb"),
    ],
)
def test_prose_keeps_paragraphs_and_drops_tags(cell, shown):
    assert text.prose(cell) == shown


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("*F2023061355", "F2023061355"),
        ("F2026073831", "F2026073831"),
        (30002.0, "30002"),
        (128, "128"),
        ("*", None),
    ],
)
def test_the_star_and_the_point_are_no_part_of_an_identifier(cell, number):
    assert text.identifier(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "TBD", "[TBD]", "To Be Determined", "To be determined", "To Be Dertermined", "N/A", "NA",
        "Not Provided", "NotProvided", "NoValue", "Unknown", "Unknown/To Be Determined", "Various", "Unavailable",
        "Not Applicable", "Cannot be disclosed", "Currently, this information is not available", "&#160;",
        "", "-", "FY26 NYA", "TBD - TASK ORDER", "TBD - TBD", "TBA", "UNK",
    ],
)  # fmt: skip
def test_placeholders_say_nothing(cell):
    assert text.known(cell) is None


@pytest.mark.parametrize(
    "cell", ["None", "Nashville", "Navy", "TBDS Inc", "Other", "0", "Multiple", "NASA", "No"]
)
def test_words_that_resemble_placeholders_are_known(cell):
    assert text.known(cell) == cell


@pytest.mark.parametrize("cell", ["None", "Multiple", "Mutiple", "Multiple #s", "TBD", "Not Applicable"])
def test_some_words_are_no_names(cell):
    assert text.named(cell) is None


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("Cloud hosting for the U.S. Mint. Five years.", "Cloud hosting for the U.S. Mint"),
        ("\n\nPIKES\nmore", "PIKES"),
        ("Support by Acme Inc. and others", "Support by Acme Inc. and others"),
        ("Version 2.5 licences", "Version 2.5 licences"),
        (". Market Research. Then more.", ". Market Research"),
        ("word " * 40, "word " * 23 + "word"),
        ("x" * 200, "x" * 120),
        ("", None),
        (None, None),
    ],
)
def test_a_title_is_the_first_sentence_cut_at_a_word(description, title):
    assert text.first_sentence(description) == title


@given(st.text(), st.integers(20, 200))
def test_a_title_is_never_longer_than_its_limit_and_begins_its_text(description, limit):
    title = text.first_sentence(description, limit)
    if title is not None:
        assert len(title) <= limit
        assert text.line(description).startswith(title)


def test_an_address_is_found_among_words():
    assert text.email("official23730@hq.doe.gov; official55946@netl.doe.gov") == "official23730@hq.doe.gov"
    assert text.emails("a@hq.doe.gov; b@netl.doe.gov.") == ("a@hq.doe.gov", "b@netl.doe.gov")
    assert text.email("Official 90379") is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("(202) 555-0896", "(202) 555-0896"),
        ("(202) 555-0896 ext. 1234", "(202) 555-0896 ext. 1234"),
        (2025550896.0, "2025550896"),
        ("TBD", None),
        ("call me", None),
        ("12345", None),
    ],
)
def test_a_telephone_number_is_kept_as_published(cell, number):
    assert text.phone(cell) == number


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("https://sam.gov/workspace/contract/opp/1/view", "https://sam.gov/workspace/contract/opp/1/view"),
        (" http://list.example.gov ", "http://list.example.gov"),
        ("WWW.SAM.GOV", None),
        ("see https://sam.gov", None),
        ("javascript:alert(1)", None),
        ("N/A", None),
        (None, None),
    ],
)
def test_an_address_on_the_web_is_whole(cell, address):
    assert text.web_address(cell) == address


def test_a_person_is_joined_from_parts():
    assert text.person(" Ada ", "Lovelace") == "Ada Lovelace"
    assert text.person("TBD", "") is None
    assert text.person("official90379@usdoj.gov") is None


@pytest.mark.parametrize("read", READERS)
@given(CELLS)
def test_no_cell_breaks_a_reader(read, cell):
    shown = read(cell)
    assert shown is None or (shown == shown.strip() and shown)


@given(st.text())
def test_text_is_fit_for_any_database(cell):
    assert "\x00" not in (text.as_text(cell) or "")
    (text.as_text(cell) or "").encode()


@given(st.text(alphabet=st.characters(exclude_characters="&")))
def test_reading_twice_changes_nothing(cell):
    for read in (text.as_text, text.line, text.identifier, text.known):
        assert read(read(cell)) == read(cell)


def test_choices_are_parted_for_people():
    assert text.choices("SMD;#STMD") == "SMD; STMD"
    assert text.choices("TBD") is None
