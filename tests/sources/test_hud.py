"""HUD: the figures of its edition of 29 April 2026, and a value inside a description."""

from datetime import date
from pathlib import Path

import pytest

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.sources.hud import HousingAndUrbanDevelopment, current_contract
from tests.sources.copies import SAMPLES
from tests.sources.editions import shelves, taken, unread, unread_naics

SAMPLE = SAMPLES / "hud.xlsx"
MAY_13 = date(2026, 5, 13)


@pytest.fixture
def april(real: Path) -> Path:
    return real / "hud" / "2026-05-13.xlsx"


@pytest.mark.django_db
def test_every_row_is_a_prospect_with_two_months(april: Path) -> None:
    run = taken("hud", april)
    assert (run.rows, run.new, run.rejected) == (172, 172, 0)
    assert Prospect.objects.filter(solicitation_precision="month", award_precision="month").count() == 172


@pytest.mark.django_db
def test_a_month_has_passed_when_its_last_day_has(april: Path) -> None:
    taken("hud", april)
    passed = Prospect.objects.filter(solicitation_to__lt=MAY_13)
    assert (passed.count(), passed.exclude(phase="cancelled").count()) == (60, 45)
    assert Prospect.objects.overdue(MAY_13).count() == 45
    assert shelves("hud") == {"upcoming": 101, "passed": 27, "dormant": 18, "closed": 26}


@pytest.mark.django_db
def test_nothing_that_is_published_stays_unread(april: Path) -> None:
    taken("hud", april)
    assert not unread("hud", "value", "solicitation", "award", "set_aside", "competition")
    assert not unread_naics("hud", "Primary NAICS Code ")


@pytest.mark.django_db
def test_recompetes_name_the_contract_they_replace(april: Path) -> None:
    taken("hud", april)
    labelled = Prospect.objects.filter(description__contains="Current Contract Number:")
    assert (labelled.count(), labelled.exclude(incumbent_contract=None).count()) == (122, 110)


@pytest.mark.parametrize(
    ("description", "contract"),
    [
        ("Moving\nCurrent Contract Number:  86600000C00005", "86600000C00005"),
        (
            "Moving\nCurrent Contract Number: GS-00F-013DA; ORDER #86600022F00004",
            "GS00F013DA / 86600022F00004",
        ),
        ("Moving\nCurrent Contract Number: FY26 NYA", None),
        ("Moving, under contract number 86600000C00005", None),
        ("Moving", None),
        (None, None),
    ],
)
def test_a_contract_is_read_from_its_labelled_line_only(description, contract) -> None:
    assert current_contract(description) == contract


def test_the_list_dates_itself() -> None:
    table, _ = HousingAndUrbanDevelopment().read(SAMPLE.read_bytes())
    assert HousingAndUrbanDevelopment().edition_date(table) == date(2026, 4, 29)
