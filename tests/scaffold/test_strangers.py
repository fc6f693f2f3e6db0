"""Who is in an edition is not in its sample."""

import pytest

from prospect_aggregate.scrapers.scaffold.strangers import Strangers


def test_a_person_is_known_again_by_name_and_by_address():
    strangers = Strangers()
    first = strangers.instead({"name": "Jane Q. Roe", "mail": "jane.roe@agency.gov"})
    assert first == {"name": "Avery Example", "mail": "avery.example@example.gov"}
    assert strangers.instead({"name": "Rick Poe"}) == {"name": "Blake Example"}
    assert strangers.instead({"mail": "Jane.Roe@agency.gov"}) == {"mail": "avery.example@example.gov"}


def test_names_in_parts_and_names_turned_round_keep_their_form():
    strangers = Strangers()
    assert strangers.instead({"first": "Jane", "last": "Roe"}) == {"first": "Avery", "last": "Example"}
    assert strangers.instead({"name": "Poe, Rick"}) == {"name": "Example, Blake"}


@pytest.mark.parametrize(
    "text",
    [
        "Ask Jane Roe.", "Ask Roe, Jane Q.", "ask JANE Q. ROE today", "Jane.Roe@agency.gov", "call (555) 867-5309",
        "555.867.5309 ext. 12", "+1 555-867-5309",
    ],
)  # fmt: skip
def test_nobody_stays_in_a_text(text):
    strangers = Strangers()
    strangers.meet({"mail": "jane.roe@agency.gov"})
    left = str(strangers.in_text(text)).lower()
    assert not any(part in left for part in ("jane", "roe", "867", "agency.gov"))


@pytest.mark.parametrize(
    "cell", ["70RCSA21FR0000075", "541512", "$1,000,000 to $2,000,000", "05/12/2026", 541512, 1.5, None, True]
)
def test_other_cells_stay(cell):
    assert Strangers().in_text(cell) == cell


@pytest.mark.parametrize("cell", ["TBD", "N/A", None])
def test_who_is_not_named_stays_so(cell):
    assert Strangers().instead({"name": cell, "phone": cell}) == {"name": cell, "phone": cell}


def test_telephones_are_made_up_as_text_and_as_numbers():
    strangers = Strangers()
    assert strangers.instead({"phone": 5558675309}) == {"phone": 2025550100}
    assert strangers.instead({"phone": "555-867-5310"}) == {"phone": "202-555-0101"}


def test_many_people_stay_apart():
    strangers = Strangers()
    names = {strangers.instead({"name": f"Person{chr(97 + n)} Doe"})["name"] for n in range(26)}
    assert len(names) == 26
