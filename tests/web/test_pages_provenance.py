"""The source of a value, asked for from the page of its prospect."""

import html
from pathlib import Path

import pytest
from django.test import Client

from prospect_aggregate.prospects.models import Prospect
from tests.test_provenance import SAMPLES
from tests.test_real_editions import given
from tests.web.api_client import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def prospect(home: Path) -> Prospect:
    """Of a workbook."""
    given("commerce", SAMPLES / "commerce.xlsx")
    return Prospect.objects.order_by("native_id")[0]


def test_a_value_names_its_cell_its_file_and_who_read_it(reader: Client, prospect: Prospect) -> None:
    whole = Program().get(f"/prospects/{prospect.key}/provenance")
    (cell,) = next(it for it in whole["fields"] if it["field"] == "value")["cells"]
    shown = reader.get(f"/provenance/{prospect.pk}/value/", headers={"HX-Request": "true"}).content.decode()
    for said in (f"{cell['column']}{whole['row']['number']}", cell["text"], whole["file"]["sha256"],
                 whole["reader"], f"sheet “{whole['row']['sheet']}”"):  # fmt: skip
        assert html.escape(said) in shown
    assert "<html" not in shown


def test_without_script_it_is_a_page(reader: Client, prospect: Prospect) -> None:
    answer = reader.get(f"/provenance/{prospect.pk}/value/")
    assert "<h1>" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_every_value_of_a_prospects_page_leads_to_its_source(reader: Client, prospect: Prospect) -> None:
    page = reader.get(f"/prospects/commerce/{prospect.native_id}/").content.decode()
    for field in ("native_id", "title", "value", "solicitation", "contacts"):
        address = f"/provenance/{prospect.pk}/{field}/"
        assert f'href="{address}?' in page
        assert reader.get(address).status_code == 200


def test_a_field_that_there_is_not_is_not_found(reader: Client, prospect: Prospect) -> None:
    assert reader.get(f"/provenance/{prospect.pk}/colour/").status_code == 404


def test_values_that_stand_in_no_file_say_how_they_were_worked_out(prospect: Prospect) -> None:
    whole = Program().get(f"/prospects/{prospect.key}/provenance")
    told = {it["field"]: it for it in whole["worked_out"]}
    assert (told["state"]["how"], told["state"]["values"]) == ("worked_out", {"state": "listed"})
    assert all(it["explanation"] for it in [*whole["worked_out"], *whole["fields"]])
