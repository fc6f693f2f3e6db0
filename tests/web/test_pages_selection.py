"""Rows chosen from the list: watched, tagged, taken out, compared, and taken back."""

import csv
import io
import re

import pytest
from django.test import Client

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models import Decision, Person, Tag, Watch
from prospect_aggregate.web.permissions import Role

pytestmark = pytest.mark.django_db
TWO = {"chosen": ["listing:1", "listing:2"], "view": "shelf=passed&q=support"}
BACK = "/prospects/?shelf=passed&q=support"


@pytest.fixture(autouse=True)
def prospects(three_prospects: Run) -> None:
    """A list of three."""


def taken_back(reader: Client) -> dict[str, list[str]]:
    """The form of the sign that says what was done, pressed."""
    sign = re.search(
        r'data-undo>.*?action="(.+?)">(.*?)</form>', reader.get(BACK).content.decode(), re.DOTALL
    )
    assert sign
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', sign[2])
    reader.post(sign[1], dict(fields))
    return dict(fields)


def test_chosen_rows_are_watched_at_once_and_taken_back(reader: Client) -> None:
    Watch.objects.create(person=Person.objects.get(), prospect_id=_pk("2"), at="2026-05-01T00:00Z")
    assert reader.post("/selection/watch/", TWO)["Location"] == BACK
    assert Watch.objects.count() == 2
    taken_back(reader)
    assert [it.prospect.native_id for it in Watch.objects.all()] == ["2"]  # it was watched before


def test_chosen_rows_are_tagged_at_once_and_taken_back(reader: Client) -> None:
    reader.post("/selection/tag/", {**TWO, "name": "Cyber"})
    assert [(it.prospect.native_id, it.name) for it in Tag.objects.order_by("prospect")] == [
        ("1", "cyber"),
        ("2", "cyber"),
    ]
    taken_back(reader)
    assert not Tag.objects.exists()


def test_a_tag_that_cannot_be_is_refused_in_words(reader: Client) -> None:
    page = reader.post("/selection/tag/", {**TWO, "name": " "}, follow=True).content.decode()
    assert "A tag has 1 to 40 letters." in page


def test_chosen_rows_are_decided_at_once_for_one_reason_and_taken_back(reader: Client) -> None:
    reader.post("/selection/decide/", {**TWO, "verdict": "no_go", "reason": "not our field"})
    made = Decision.objects.standing().order_by("prospect")
    assert [(it.prospect.native_id, it.verdict, it.reason) for it in made] == [
        ("1", "no_go", "not our field"),
        ("2", "no_go", "not our field"),
    ]
    taken_back(reader)
    assert not Decision.objects.standing().exists()


def test_a_decision_without_a_reason_is_made_of_none(reader: Client) -> None:
    page = reader.post("/selection/decide/", {**TWO, "verdict": "go"}, follow=True).content.decode()
    assert "Nothing was decided: say why" in page
    assert not Decision.objects.exists()


def test_nothing_chosen_is_said(reader: Client) -> None:
    page = reader.post("/selection/watch/", {"view": "shelf=passed"}, follow=True).content.decode()
    assert "Choose rows first" in page


def test_only_chosen_rows_are_exported(reader: Client) -> None:
    chosen = {"chosen": ["listing:1"], "view": "as_of=2026-06-01"}
    assert "<h1>Export 1 prospect</h1>" in reader.get("/export/", chosen).content.decode()
    file = reader.get(
        "/export/file/", {"view": "as_of=2026-06-01", "format": "csv", "which": "all", "chosen": "listing:1"}
    )
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))  # type: ignore[attr-defined]
    assert [row["key"] for row in rows] == ["listing:1"]


def test_what_differs_between_prospects_is_said_in_words(reader: Client) -> None:
    page = reader.get("/compare/", TWO).content.decode()
    word = dict(
        re.findall(
            r'<th scope="row">([\w ]+)</th><td data-label="they"><?(?:strong|span class="hint")?>?([\w ]+)',
            page,
        )
    )
    assert (word["Title"], word["Solicitation"], word["Value"]) == ("differ", "differ", "not known of all")
    assert f'href="{BACK.replace("&", "&amp;")}"' in page


def test_no_more_than_four_stand_side_by_side(reader: Client) -> None:
    keys = "&".join(f"chosen=listing:{number}" for number in ("1", "2", "3 A/1"))
    assert reader.get(f"/compare/?{keys}").content.decode().count('<a class="row"') == 3
    assert "Choose two to four" in reader.get("/compare/?chosen=listing:1").content.decode()


def test_who_may_not_tag_is_not_asked_to(client: Client) -> None:
    client.force_login(Person.objects.create_user("vera", role=Role.VIEWER))
    page = client.get("/prospects/?shelf=closed").content.decode()
    assert 'formaction="/selection/watch/"' in page
    assert "/selection/tag/" not in page


def _pk(number: str) -> int:
    return Prospect.objects.get(native_id=number).pk
