"""Places of performance as agencies write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.geography import STATES, country_names
from prospect_aggregate.normalize.places import Place, country, in_state, one_cell, place, state

CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes())
PLACE_LIKE = st.lists(
    st.sampled_from(
        ["Washington", "DC", "VA", "Georgia", "USA", "United States", "Germany", ",", "/", " and ", "Reston"]
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("VA", "VA"), ("MARYLAND", "MD"), ("DISTRICT OF COLUMBIA", "DC"), ("D.C.", "DC"),
     ("U.S. VIRGIN ISLANDS.", "VI"), ("PUERTO RICO", "PR"), ("AMERICAN SAMOA", "AS"),
     ("North Carolina", "NC"), ("NA", None), ("Nationwide US", None), ("Colombia", None),
     ("To be determined", None), ("Virgin", None), ("Not Applicable", None), (None, None)],
)  # fmt: skip
def test_a_state_is_a_whole_code_or_name(cell, code):
    assert state(cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("UNITED STATES", "USA"), ("USA", "USA"), ("US ", "USA"), ("United States of America", "USA"),
     ("Colombia", "COL"), ("El Salvador ", "SLV"), ("Congo, Democratic Republic of the", "COD"),
     ("Papa new Guinea", "PNG"), ("Laos", "LAO"), ("Guinea", "GIN"), ("Bosnia and Herzegovina", "BIH"),
     ("CA", None), ("Congo", None), ("Mutiple", None), ("Worldwide / United States", None),
     ("Guyana and Suriname", None), ("CONUS/OCONUS", None), (None, None)],
)  # fmt: skip
def test_a_country_is_a_whole_name(cell, code):
    assert country(cell) == code


def test_the_table_has_every_country_once():
    assert len(set(country_names().values())) == 250
    assert all(len(code) == 3 and code.isupper() for code in country_names().values())


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("GAITHERSBURG", "MARYLAND", "UNITED STATES"), ("GAITHERSBURG", "MD", "USA")),
        (("Camp Springs", "MD"), ("Camp Springs", "MD", "USA")),
        (("TBD", "NA"), (None, None, None)),
        (("To Be Determined", "To be determined", "UNITED STATES"), (None, None, "USA")),
        (("Bogota", "Colombia", "Colombia"), ("Bogota", None, "COL")),
        (("Mutiple", "Mutiple", "Mutiple"), (None, None, None)),
        (("TBD", "Nationwide US", "United States"), (None, None, "USA")),
        (("Springfield, VA", "VA"), ("Springfield", "VA", "USA")),
        (("Washington D.C.", "DC"), ("Washington", "DC", "USA")),
        (("DC", "DC", "USA"), (None, "DC", "USA")),
        (("New York", "NY"), ("New York", "NY", "USA")),
        (("Bayreuth, Germany", "NA"), ("Bayreuth", None, "DEU")),
        (("Washington", "NA"), ("Washington", None, None)),
        (("Perth", "WA", "AUSTRALIA"), ("Perth", None, "AUS")),
        (("SILVER SPRING", "MARYLAND", "UNITED KINGDOM"), ("SILVER SPRING", "MD", "GBR")),
        (("Tbilisi", "Georgia", "Georgia"), ("Tbilisi", None, "GEO")),
        (("PAGO PAGO", "AMERICAN SAMOA", "AMERICAN SAMOA"), ("PAGO PAGO", "AS", "ASM")),
        ((None, None, None), (None, None, None)),
    ],
)
def test_a_place_of_several_cells(cells, read):
    found = place(*cells)
    assert (found.city, found.state, found.country) == read


def test_the_published_cells_stay_beside_a_place():
    assert place("TBD", "NA", None).text == "TBD, NA"
    assert place(" Washington ", "", "US ").text == "Washington, US"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Washington, DC", ("Washington", "DC", "USA")),
        ("Portland, OR", ("Portland", "OR", "USA")),
        ("New York, NY", ("New York", "NY", "USA")),
        ("Washington, DC 20548", ("Washington", "DC", "USA")),
        ("VA, United States", (None, "VA", "USA")),
        ("Puerto Rico, United States", (None, "PR", "USA")),
        (", Germany", (None, None, "DEU")),
        ("Berlin, Germany", ("Berlin", None, "DEU")),
        ("ISABELLA , MN United States", ("ISABELLA", "MN", "USA")),
        ("Atlanta, Georgia, United States", ("Atlanta", "GA", "USA")),
        ("MD", (None, "MD", "USA")),
        ("United States", (None, None, "USA")),
    ],
)
def test_a_place_in_one_cell(cell, read):
    found = one_cell(cell)
    assert (found.city, found.state, found.country) == read
    assert found.text == cell


@pytest.mark.parametrize(
    "cell",
    ["[Nationwide]", "[TBD]", "[International]", "AL United States , AK United States", "Georgia",
     "Tbilisi, Georgia", "Quantico, VA; Washington Navy Yard, & ONR HQ", "Region 02", "Headquarters",
     "ONR HQ", "Cannot be disclosed", "[Many locations across the United States]",
     "Reston, VA and Denver, CO", "Nationwide US"],
)  # fmt: skip
def test_a_place_that_is_several_or_none_is_text_only(cell):
    assert one_cell(cell) == Place(text=cell)


@given(st.sampled_from(sorted(STATES)))
def test_every_state_survives_being_written_and_read(code):
    assert state(code) == state(STATES[code]) == state(STATES[code].upper()) == code
    assert one_cell(f"Somewhere, {code}").state == code


@given(CELLS | PLACE_LIKE, CELLS | PLACE_LIKE, CELLS | PLACE_LIKE)
def test_no_cell_breaks_a_reader_and_no_city_is_invented(one, two, three):
    for found in (place(one, two, three), one_cell(one)):
        assert found.city is None or found.city in found.text
        assert found.state is None or found.country is not None


def test_a_list_without_cities_gives_a_state_or_a_country():
    assert in_state("Georgia").state == "GA"
    assert in_state(None, "Germany").country == "DEU"
