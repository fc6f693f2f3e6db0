"""What sources share to read people and awards."""

import pytest

from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.scrapers.draft import Contact, awarded, people

TWO = people(requirement="first last mail phone", small_business="name reach")


def test_people_are_read_from_their_own_cells_in_order():
    assert TWO("Ann", "Roe", "ann@example.gov", "202-555-0143", "Bo Poe", "bo@example.gov") == (
        Contact("requirement", "Ann Roe", "ann@example.gov", "202-555-0143"),
        Contact("small_business", "Bo Poe", "bo@example.gov"),
    )


def test_a_reach_is_an_address_or_a_telephone():
    assert people(alternate="name reach")("Bo Poe", "202-555-0144")[0].phone == "202-555-0144"


def test_who_is_not_named_at_all_is_nobody():
    assert [each.role for each in TWO(None, None, "TBD", None, "Bo Poe", None)] == ["small_business"]


def test_a_cell_too_few_is_a_wrong_declaration():
    with pytest.raises(ValueError, match="shorter"):
        TWO("Ann", "Roe")


@pytest.mark.parametrize("said", ["Yes", "yes", "693C7321D000042"])
def test_awarded_is_a_yes_or_a_contract(said):
    assert awarded("Contract Awarded:")(said) == Coded("awarded", f"Contract Awarded: {said}")


@pytest.mark.parametrize("said", [None, "No", "TBD", "see updates"])
def test_no_other_word_is_an_award(said):
    assert awarded("Contract Awarded:")(said) == Coded()
