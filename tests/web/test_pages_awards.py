"""Who holds the current contract, and where its awards are looked up."""

import pytest
from django.test import Client

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.awards import contracts_of, holder_of
from tests.web.pages import page

SEARCH = "https://www.usaspending.gov/keyword_search/"


def test_a_vendor_is_sought_by_its_name_whatever_signs_are_in_it() -> None:
    (it,) = holder_of(Prospect(incumbent_name="Smith & Söhne, d/b/a 100% Data?"))
    assert it.address == f"{SEARCH}Smith%20%26%20S%C3%B6hne%2C%20d%20b%20a%20100%20Data%3F"


def test_each_number_of_a_cell_is_sought_by_itself() -> None:
    told = contracts_of(Prospect(incumbent_contract="NNG15SC82B / 89503425FWA401728; 70QX0123A16333092"))
    assert "".join(it.text for it in told) == "NNG15SC82B / 89503425FWA401728; 70QX0123A16333092"
    assert [it.address.removeprefix(SEARCH) for it in told if it.address] == [
        "NNG15SC82B", "89503425FWA401728", "70QX0123A16333092",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["TBD", "N/A", "None", "Multiple", "TBD - task order", "IT", "-", "new requirement"]
)
def test_a_word_for_no_value_is_sought_nowhere(words: str) -> None:
    told = [*holder_of(Prospect(incumbent_name=words)), *contracts_of(Prospect(incumbent_contract=words))]
    assert [it.address for it in told if it.address] == []


@pytest.mark.django_db
def test_a_link_to_an_award_says_where_it_leads_and_tells_nothing_of_us(
    reader: Client, three_prospects: Run
) -> None:
    Prospect.objects.filter(native_id="1").update(incumbent_name="Talvora JV", incumbent_contract="TBD")
    content = page(reader, "/prospects/listing/1/").split("Current contract</h2>")[1].split("</dl>")[0]
    assert f'<a href="{SEARCH}Talvora%20JV" rel="noreferrer noopener">Talvora JV ' in content
    assert "on USAspending.gov ↗</span></a>" in content
    assert content.count("<a ") == 1
    assert "<dd>TBD</dd>" in content
