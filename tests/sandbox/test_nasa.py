"""NASA's replica: read by the real source, as dirty as the real list, and moving from week to week."""

from pathlib import Path

import pytest

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.sources.nasa import Nasa
from tests.sources.editions import shelves, taken

from .proof import collected, read
from .workbooks import SEEDS, TODAY, apart, differences, made, real, shares_of

NASA = Nasa()
REAL_SHELVES = {"upcoming": 79, "passed": 20, "dormant": 15, "closed": 23, "under_way": 8}
WORDS = (
    "BuyingOffice", "Review Status", "AcquisitionStatus", "AwardedOrWithdrawn", "AcquisitionPhase",
    "PlaceOfPerformanceState", "PlaceOfPerformanceCountry", "PlaceOfPerformanceCity", "NAICS", "PSC Code",
    "HQMissionDirectorate", "FundingSource", "NewOrRecompete", "EstimatedContractValue", "SetAsideType",
    "ContractType", "ProductServiceLine", "PeriodOfPerformance", "Type of Award/Contract Vehicle",
    "TypeOfRequirement", "ExtentCompeted", "Options?", "EstBasePOP", "EstOptionsPOP", "GrantOrCooperativeAgreement",
)  # fmt: skip


@pytest.mark.parametrize("edition", editions("nasa", today=TODAY), ids=str)
def test_every_edition_is_read_whole(edition):
    drafts, table = read(NASA, edition.content())
    assert len(drafts) == len({draft.native_id for draft in drafts}) == 145
    assert len(table.headings) == 46


def test_some_rows_say_two_things_of_their_outcome():
    _, table = read(NASA, editions("nasa", today=TODAY)[-1].content())
    assert 4 <= sum("the former counts" in note for note in table.notes) <= 12


def test_rows_come_and_go_and_are_awarded_from_week_to_week():
    first, *_, last = ({row["SourceID"]: row for row in _rows(one)} for one in editions("nasa", today=TODAY))
    stayed = first.keys() & last.keys()
    outcomes = [(first[key]["AwardedOrWithdrawn"], last[key]["AwardedOrWithdrawn"]) for key in stayed]
    assert len(stayed) < 145
    assert ("N/A", "Awarded") in outcomes
    assert ("Awarded", "N/A") not in outcomes


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    may = real("nasa/2026-05-13.xlsx", "Forecast Requirements", 1)
    assert differences(may, made("nasa", seed), *WORDS) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_shelves_are_filled_like_the_real_ones(seed, tmp_path):
    path = tmp_path / "edition.xlsx"
    path.write_bytes(editions("nasa", today=TODAY, seed=seed)[-1].content())
    run = taken("nasa", path)
    assert (run.rows, run.new, run.rejected) == (145, 145, 0)
    assert apart(shares_of(REAL_SHELVES), shares_of(shelves("nasa"))) == []


def test_the_product_collects_it(tmp_path: Path):
    with Server(today=TODAY, keys=["nasa"]) as server:
        said = collected(server, "nasa", tmp_path / "home")
    assert said == "nasa: succeeded, 145 rows: 145 new, 0 changed, 0 gone, 0 rejected (run 1)\n"


def _rows(edition):
    listing = edition.listing()
    return [dict(zip(listing.headings, cells, strict=True)) for cells in listing.rows]
