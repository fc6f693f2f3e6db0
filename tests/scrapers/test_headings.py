"""Finding columns by their headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.headings import fold, match, missing_message, nearest, rearranged


@pytest.mark.parametrize(
    ("published", "meant"),
    [
        ("Requirement Description ", "Requirement Description"),
        ("Contract  Length", "Contract Length"),
        ("PLACE OF\nPERFORMANCE", "Place of Performance"),
        ("Estimated Contract Value*", "Estimated Contract Value"),
        ("FY-QTR_POPStart", "FY QTR POPStart"),
        ("Options?", "Options"),
        ("APP\xa0#", "app #"),
    ],
)
def test_typing_does_not_tell_headings_apart(published, meant):
    assert fold(published) == fold(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("APP #", "APP"), ("Award$", "Award"), ("NAICS Code", "NAICS Codes")]
)
def test_meaning_tells_headings_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_columns_are_found_wherever_they_stand():
    found = match({"title": "Title", "key": "Forecast ID"}, ["Title ", "Other", "FORECAST ID"])
    assert found.index == {"title": 0, "key": 2}


def test_a_renamed_heading_is_refused_by_name_with_what_looks_like_it():
    with pytest.raises(LayoutChangedError) as caught:
        match({"value": "Estimated Value Range"}, ["Title", "Est. Value Range"], source="Commerce")
    expected = "Commerce: heading 'Estimated Value Range' is missing; nearest present: 'Est. Value Range'"
    assert str(caught.value) == expected


def test_an_older_spelling_is_taken_when_the_preferred_one_is_absent():
    found = match({"agency": ("Funding Department", "Agency")}, ["Title", "Agency"])
    assert found.index == {"agency": 1}


def test_the_preferred_spelling_wins_over_an_older_one():
    found = match({"agency": ("Funding Department", "Agency")}, ["Agency", "Funding Department"])
    assert found.index == {"agency": 1}


def test_an_optional_heading_may_be_absent():
    found = match({"key": "ID", "link": "Link"}, ["ID"], required={"key"})
    assert found.index == {"key": 0}


def test_a_heading_over_two_columns_is_refused():
    with pytest.raises(LayoutChangedError, match="'Title' stands over 2 columns"):
        match({"title": "Title"}, ["TITLE", "title"])


def test_of_two_that_fold_alike_the_exact_one_is_taken():
    assert match({"title": "Title"}, ["title", "Title"]).index == {"title": 1}


def test_headings_that_nobody_knows_are_named():
    found = match({"key": "ID"}, ["ID", "Bureau", "Last Modified Date"], known=["ID", "bureau"])
    assert found.new == ("Last Modified Date",)


def test_columns_in_another_order_are_noticed():
    assert match({"key": "ID"}, ["B", "ID", "C"], known=["ID", "B", "C"]).moved


def test_a_column_that_was_added_or_removed_is_not_a_move():
    assert not match({"key": "ID"}, ["New", "ID", "C"], known=["ID", "B", "C"]).moved


def test_a_list_of_something_else_is_not_recited():
    missing = [f"Heading {number}" for number in range(30)]
    message = missing_message("Energy", missing, ["cows", "sheep"])
    assert message.endswith("and 25 more are missing")
    assert len(message) < 500


def test_nothing_alike_is_said():
    assert nearest("NAICS Code", ["Title"]) is None
    assert "nothing present looks like it" in missing_message("", ["NAICS Code"], ["Title"])


OLD = ["APP #", "Title", "Award Date", "Value"]


@pytest.mark.parametrize(
    ("now", "row", "notes"),
    [
        (OLD, 3, []),
        (["app", "TITLE ", "award date", "Value"], 3, ["heading 'APP #' is gone"]),
        (OLD, 4, ["the headings stand in row 4; in the edition before they stood in row 3"]),
        (OLD[::-1], 3, ["the columns stand in another order than in the edition before"]),
        ([*OLD, "New"], 3, []),
        (OLD[:3], 3, ["heading 'Value' is gone"]),
        (["another", "list", "altogether"], 9, []),
    ],
)
def test_what_is_laid_out_otherwise_is_told(now, row, notes):
    assert rearranged(OLD, 3, now, row) == notes


def test_a_heading_that_is_new_is_likelier_the_missing_one_than_a_known_one() -> None:
    present = ["Contracting Office", "Name of Contract", "Bureau"]
    with pytest.raises(
        LayoutChangedError, match="'Contract Name' is missing; nearest present: 'Name of Contract'"
    ):
        match({"title": "Contract Name", "office": "Contracting Office", "component": "Bureau"}, present)


def test_where_nothing_looks_like_the_missing_heading_the_new_ones_are_named() -> None:
    with pytest.raises(LayoutChangedError, match="nothing present looks like it; new: 'Zyx', 'Wvut'"):
        match({"title": "Contract Name", "component": "Bureau"}, ["Bureau", "Zyx", "Wvut"])
