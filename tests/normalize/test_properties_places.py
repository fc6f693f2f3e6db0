"""What holds for every place of performance, however it is written, and for the tables behind them."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from prospect_aggregate.normalize.geography import (
    NOT_A_CITY,
    OTHER_STATE_NAMES,
    STATES,
    TERRITORIES,
    country_names,
)
from prospect_aggregate.normalize.places import HOME, Place, country, in_state, one_cell, place, state
from prospect_aggregate.normalize.text import Cell, fold, is_placeholder, line
from tests.normalize.spellings import COUNTRIES, PLACES, STATE_CELLS, cells

NAMES_OF_STATES = {fold(name): code for code, name in STATES.items()} | OTHER_STATE_NAMES
CODES = {code.casefold(): code for code in STATES}
WHERE = cells(*PLACES, *STATE_CELLS, *COUNTRIES)
CITIES = st.text(alphabet=st.sampled_from("abcdefghij ABCDEF'-"), min_size=3, max_size=20).map(
    lambda city: " ".join(city.split())
)


def spans(text: str) -> set[str]:
    """Every run of whole words of a text, folded: a name of several words is among them, a part of a word is not."""
    words = [folded for word in re.split(r"[\s,;/()\[\]]+", text) if (folded := fold(word))]
    return {"".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, start + 7)}


def names_state(text: str, code: str) -> bool:
    return any(NAMES_OF_STATES.get(each, CODES.get(each)) == code for each in spans(text))


def names_country(text: str, code: str) -> bool:
    return any(country_names().get(each) == code for each in spans(text)) or code in re.findall(r"\w+", text)


@given(cells(*STATE_CELLS))
def test_a_state_is_the_whole_cell(cell: Cell) -> None:
    said = fold(line(cell) or "")
    assert state(cell) in (None, NAMES_OF_STATES.get(said), CODES.get(said))


@given(
    st.sampled_from(sorted(STATES)), st.integers(1, 30), st.text(alphabet="abcxyz", min_size=1, max_size=3)
)
def test_no_state_is_read_from_a_part_of_its_name_or_from_a_longer_one(
    code: str, length: int, more: str
) -> None:
    name = STATES[code]
    part = name[:length]
    assume(fold(part) not in NAMES_OF_STATES and fold(part) not in CODES)
    assert state(part) is None
    assert state(name + more) is None
    assert state(f"{name} County") is None
    assert state(f"New {code}") is None


@given(cells(*COUNTRIES))
def test_a_country_is_the_whole_cell(cell: Cell) -> None:
    code = country(cell)
    assert code in (None, country_names().get(fold(line(cell) or "")), line(cell))
    assert code is None or re.fullmatch("[A-Z]{3}", code)
    assert code is None or country(code) == code


@given(WHERE, WHERE, WHERE)
def test_every_part_of_a_place_is_named_in_its_cells(city: Cell, area: Cell, land: Cell) -> None:
    for found in (place(city, area, land), one_cell(city)):
        said = found.text or ""
        assert found.city is None or found.city in said
        assert found.state is None or names_state(said, found.state)
        is_home = found.country == HOME and found.state is not None
        assert found.country is None or is_home or names_country(said, found.country)


@given(WHERE, WHERE, WHERE)
def test_the_published_cells_stay_beside_a_place(city: Cell, area: Cell, land: Cell) -> None:
    assert place(city, area, land).text == (", ".join(filter(None, map(line, (city, area, land)))) or None)
    assert one_cell(city).text == line(city)
    assert in_state(area, land) == place(None, area, land)


@given(WHERE, WHERE, WHERE)
def test_a_state_is_in_the_country_that_is_read(city: Cell, area: Cell, land: Cell) -> None:
    found = place(city, area, land)
    if found.state and found.country not in (HOME, TERRITORIES.get(found.state)):
        assert found.country == country(land)
        assert len(line(area) or "") > 2
    assert found.state is None or found.country is not None


@given(WHERE, WHERE)
def test_a_word_for_no_place_is_no_city(city: Cell, area: Cell) -> None:
    for found in (place(city, area), one_cell(city)):
        assert found.city is None or found.city.strip(" ,;")
        assert found.city is None or not is_placeholder(found.city)
        assert found.city is None or fold(found.city) not in NOT_A_CITY


@given(WHERE)
def test_several_places_in_one_cell_are_none(cell: Cell) -> None:
    said = line(cell) or ""
    if re.search(r"[;&/|]| and | or ", said) and not country(cell):
        assert one_cell(cell) == Place(text=line(cell))


@given(CITIES, st.sampled_from(sorted(STATES)))
def test_a_place_is_read_again_from_its_own_spelling(city: str, code: str) -> None:
    folded = fold(city)
    assume(folded and not is_placeholder(city) and folded not in NOT_A_CITY and " and " not in city)
    assume(not spans(city) & (NAMES_OF_STATES.keys() | CODES.keys() | country_names().keys()))
    whole = (city, code, HOME)
    for found in (one_cell(f"{city}, {code}"), place(city, code, HOME), place(city, STATES[code], HOME)):
        assert (found.city, found.state, found.country) == whole
    spelled = one_cell(f"{city}, {STATES[code]}, United States")
    assert (spelled.city, spelled.state, spelled.country) == whole


@given(WHERE, WHERE, WHERE)
def test_what_was_read_of_three_cells_is_read_again_from_them(city: Cell, area: Cell, land: Cell) -> None:
    found = place(city, area, land)
    again = place(found.city, found.state, found.country)
    if found.country in (None, HOME, TERRITORIES.get(found.state or "")):
        assert (again.city, again.state, again.country) == (found.city, found.state, found.country)


def test_every_country_abroad_is_read_behind_a_city() -> None:
    abroad = set(country_names().values()) - set(TERRITORIES.values())
    assert {code for code in abroad if one_cell(f"Somewhere, {code}").country == code} == abroad


def test_a_country_that_is_a_state_too_is_known_to_be_both() -> None:
    both = {code for name, code in country_names().items() if state(name)}
    assert both == {*TERRITORIES.values(), "GEO"}


def test_the_tables_of_geography_agree_with_themselves() -> None:
    assert all(re.fullmatch("[A-Z]{2}", code) for code in STATES)
    assert len({fold(name) for name in STATES.values()}) == len(STATES)
    assert set(OTHER_STATE_NAMES.values()) <= STATES.keys()
    assert all(word == fold(word) for word in (*NOT_A_CITY, *OTHER_STATE_NAMES, *country_names()))
    assert TERRITORIES.keys() <= STATES.keys()
    assert set(TERRITORIES.values()) <= set(country_names().values())
    assert NOT_A_CITY.isdisjoint(NAMES_OF_STATES.keys() | country_names().keys())
