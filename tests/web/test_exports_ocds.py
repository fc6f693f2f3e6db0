"""OCDS release packages: the fields that 1.1 requires, its code lists, and what a forecast becomes in it."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.search import Filters
from prospect_aggregate.web.exports.asked import of_filters
from prospect_aggregate.web.exports.formats import FORMATS
from prospect_aggregate.web.exports.release import category_of, status_of
from tests.given import row, rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
Lists = Callable[..., Run]
Part = dict[str, Any]

REQUIRED = {
    "package": {"uri", "publisher", "publishedDate", "releases", "version"},
    "publisher": {"name"},
    "release": {"ocid", "id", "date", "tag", "initiationType"},
    "tender": {"id"}, "items": {"id"}, "documents": {"id"}, "milestones": {"id"},
}  # fmt: skip
"""By release-package-schema.json and release-schema.json of 1.1.5."""
CODES = {
    "tag": {"planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation", "award",
            "awardUpdate", "awardCancellation", "contract", "contractUpdate", "contractAmendment", "implementation",
            "implementationUpdate", "contractTermination", "compiled"},
    "initiationType": {"tender"},
    "status": {"planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn",
               "scheduled", "met", "notMet", "partiallyMet"},
    "procurementMethod": {"open", "selective", "limited", "direct"},
    "mainProcurementCategory": {"goods", "works", "services"},
    "roles": {"buyer", "procuringEntity", "supplier", "tenderer", "funder", "enquirer", "payer", "payee",
              "reviewBody", "interestedParty"},
    "relationship": {"framework", "planning", "parent", "prior", "unsuccessfulProcess", "subContract",
                     "replacementProcess", "renewalProcess"},
    "type": {"preProcurement", "approval", "engagement", "assessment", "delivery", "reporting", "financing"},
    "documentType": {"plannedProcurementNotice", "procurementPlan"},
    "currency": {"USD"},
}  # fmt: skip
"""Closed lists whole; of open ones those that are used here."""


def package() -> Part:
    made = b"".join(FORMATS["ocds"].write(of_filters(Filters(), day=DAY)))
    read: Part = json.loads(made)
    return read


def releases() -> dict[str, Part]:
    return {each["tender"]["id"]: each for each in package()["releases"]}


def parts(value: Any, name: str = "package") -> Iterator[tuple[str, Any]]:
    """Everything in it, with the name of the field in which it stands."""
    yield name, value
    if isinstance(value, dict):
        for field, part in value.items():
            yield from parts(part, field)
    if isinstance(value, list):
        for part in value:
            yield from parts(part, name.removesuffix("s") if name == "releases" else name)


def check(made: Part) -> None:
    """Required fields are there, codes are of their lists, times have a zone, nothing is empty."""
    for name, value in parts(made):
        if isinstance(value, dict):
            assert REQUIRED.get(name, set()) <= set(value), name
        if name in CODES and isinstance(value, str):
            assert value in CODES[name], name
        if name.endswith("Date") or name in ("date", "dateModified"):
            assert datetime.fromisoformat(value).tzinfo is not None
        assert value not in (None, "", {}) or name == "releases", name


@pytest.fixture
def rich(three_prospects: Run) -> Prospect:
    """Number 1 with everything that an agency can publish."""
    Prospect.objects.filter(native_id="1").update(
        naics_codes=["541519"], psc_codes=["D399"], psc_code="D399", set_aside="SBA", set_aside_text="Small Business",
        competition="sole_source", competition_text="Sole source", office="CBP/OIT", incumbent_name="Example Corp.",
        incumbent_contract="70B04C21D1", place_city="Arlington", place_state="VA", url="https://list.example.gov/1",
        contacts=[{"role": "requirement", "name": "Jane Doe", "email": "jane@example.gov", "phone": None}],
    )  # fmt: skip
    return Prospect.objects.get(native_id="1")


def test_a_package_keeps_what_the_standard_requires(rich: Prospect) -> None:
    made = package()
    check(made)
    assert made["version"] == "1.1"
    assert len(made["releases"]) == 3


def test_ids_are_of_one_release_only_and_parties_are_named_once(rich: Prospect) -> None:
    made = list(releases().values())
    assert len({each["id"] for each in made}) == len({each["ocid"] for each in made}) == 3
    for each in made:
        assert "#" not in each["id"]
        ids = {party["id"] for party in each["parties"]}
        assert len(ids) == len(each["parties"])
        assert {each["buyer"]["id"], each["tender"].get("procuringEntity", each["buyer"])["id"]} <= ids


def test_a_prospect_becomes_a_planning_process(rich: Prospect) -> None:
    release = releases()["listing:1"]
    tender = release["tender"]
    assert (release["tag"], tender["status"]) == (["planning"], "planned")
    assert tender["tenderPeriod"] == {"startDate": "2026-06-20T00:00:00+00:00"}
    assert tender["minValue"] == {"amount": 1_000_000, "currency": "USD"}
    assert tender["value"] == {"amount": 2_000_000, "currency": "USD"}
    assert release["planning"]["budget"] == {"description": "$1M to $2M"}
    assert (tender["procurementMethod"], tender["mainProcurementCategory"]) == ("direct", "services")
    assert tender["eligibilityCriteria"] == "Set-aside: Small Business (SBA)"
    assert tender["items"][0]["classification"] == {"scheme": "NAICS", "id": "541519"}
    assert tender["items"][0]["additionalClassifications"] == [{"scheme": "PSC", "id": "D399"}]
    assert release["relatedProcesses"][0]["identifier"] == "70B04C21D1"
    assert release["parties"][1]["contactPoint"] == {"name": "Jane Doe", "email": "jane@example.gov"}


def test_a_quarter_is_a_milestone_and_no_day(lists: Lists) -> None:
    lists(row(1, solicitation="Q3 FY2026"), at="2026-05-01")
    release = releases()["listing:1"]
    assert release["tender"]["status"] == "planning"
    assert "tenderPeriod" not in release["tender"]
    assert release["planning"]["milestones"][0]["dueDate"] == "2026-06-30T00:00:00+00:00"
    check(package())


def test_a_change_makes_the_next_release_of_the_same_process(lists: Lists) -> None:
    lists(row(1), at="2026-05-01")
    before = releases()["listing:1"]
    assert releases()["listing:1"] == before
    lists(row(1, solicitation="08/01/2026"), at="2026-05-08")
    after = releases()["listing:1"]
    assert (after["tag"], after["ocid"]) == (["planningUpdate"], before["ocid"])
    assert after["id"] != before["id"]
    assert after["date"] == "2026-05-08T00:00:00+00:00"


def test_what_an_expiring_contract_says_is_of_that_contract_and_not_of_the_next(rich: Prospect) -> None:
    Prospect.objects.update(basis="expiring_contract", incumbent_ends_to=date(2026, 9, 30))
    release = releases()["listing:1"]
    assert (
        release["tender"]["eligibilityCriteria"] == "Set-aside of the current contract: Small Business (SBA)"
    )
    assert release["planning"]["rationale"].startswith("Its agency lists the current contract as expiring.")
    assert (
        release["relatedProcesses"][0]["title"]
        == "Current contract, held by Example Corp., ends by 2026-09-30"
    )
    check(package())


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        ("TBD", "TBD", "Set-aside: TBD"),
        ("NONE", "None", "Set-aside: None"),
        ("8A", "8(a) Competitive", "Set-aside: 8(a) Competitive (8A)"),
        ("SBA", None, "Set-aside: SBA"),
        (None, "Various", "Set-aside: Various"),
        (None, None, None),
    ],
)
def test_a_set_aside_is_told_once(
    rich: Prospect, code: str | None, words: str | None, said: str | None
) -> None:
    Prospect.objects.update(set_aside=code, set_aside_text=words)
    assert releases()["listing:1"]["tender"].get("eligibilityCriteria") == said


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"phase": "cancelled"}, "cancelled"),
        ({"phase": "no_longer_required"}, "cancelled"),
        ({"phase": "withdrawn_by_agency"}, "withdrawn"),
        ({"phase": "awarded", "state": "expired"}, "complete"),
        ({"state": "withdrawn", "solicitation_precision": "day"}, "withdrawn"),
        ({"state": "missing", "solicitation_precision": "day"}, "planned"),
        ({"solicitation_precision": "quarter"}, "planning"),
        ({}, "planning"),
    ],
)
def test_the_status_is_what_the_agency_says_then_what_is_seen(facts: dict[str, str], status: str) -> None:
    assert status_of(Prospect(**facts)) == status


@pytest.mark.parametrize(("psc", "is_"), [("D399", "services"), ("Y1AA", "works"), ("Z2AA", "works"), ("7030", "goods"),
                                          (None, None)])  # fmt: skip
def test_what_is_bought_is_read_from_the_psc(psc: str | None, is_: str | None) -> None:
    assert category_of(psc) == is_


def test_a_yearly_amount_is_no_total(lists: Lists) -> None:
    lists(row(1), at="2026-05-01")
    Prospect.objects.update(value_basis="year")
    assert {"value", "minValue"} & set(releases()["listing:1"]["tender"]) == set()


def test_the_prefix_is_a_setting_and_says_unregistered_without_one(lists: Lists, settings: Settings) -> None:
    lists(*rows(1), at="2026-05-01")
    assert releases()["listing:1"]["ocid"] == "unregistered-listing-1"
    settings.OCID_PREFIX = "ocds-abc123"
    assert releases()["listing:1"]["ocid"] == "ocds-abc123-listing-1"
