"""Energy: the figures of its edition of 11 May 2026, and its two kinds of file."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.sources.energy import Energy
from tests.sources.copies import SAMPLES, drafts_of
from tests.sources.editions import shelves, taken, unread, unread_naics
from tests.sources.pages import fetcher_of

SAMPLE = SAMPLES / "energy.xlsx"
AS_CSV = SAMPLE.with_name("energy.by_hand.csv")
PAGE = """<html><h2>Forecast</h2><a href="/osbp/doing-business">Doing business</a>
<a href="https://www.energy.gov/{}">Acquisition Forecast</a></html>"""
IN_JUNE = "sites/default/files/2026-06/OSBP%20Acquisition%20Forecast%20Public%202026-06-11.xlsx"
IN_SEPTEMBER = "documents/osbp-acquisition-forecast-public-version-web-20260911"


@pytest.fixture
def may(real: Path) -> Path:
    return real / "doe" / "2026-05-11.xlsx"


@pytest.mark.django_db
def test_every_row_is_a_contract_that_ends(may: Path) -> None:
    run = taken("energy", may)
    assert (run.rows, run.new, run.rejected) == (886, 886, 0)
    ending = Prospect.objects.filter(basis="expiring_contract").exclude(incumbent_ends_to=None)
    assert ending.count() == 886
    assert not ending.exclude(solicitation_text=None, award_text=None).exists()
    assert shelves("energy") == {"upcoming": 886}


@pytest.mark.django_db
def test_nothing_that_is_published_stays_unread(may: Path) -> None:
    taken("energy", may)
    assert not unread("energy", "value", "set_aside")
    assert not unread_naics("energy", "NAICS Code")
    assert not Prospect.objects.filter(incumbent_contract=None).exists()
    assert Prospect.objects.filter(place_state=None).count() == 120
    assert set(Prospect.objects.filter(place_state=None).values_list("place_text", flat=True)) == {
        "Unavailable"
    }


@pytest.mark.django_db
def test_orders_name_the_vehicle_they_were_placed_on(may: Path) -> None:
    taken("energy", may)
    assert Prospect.objects.exclude(contract_vehicle_text=None).count() == 392


def test_the_list_dates_itself() -> None:
    table, _ = Energy().read(SAMPLE.read_bytes())
    assert Energy().edition_date(table) == date(2026, 5, 11)


def test_the_same_list_as_a_csv_file_is_the_same() -> None:
    workbook, text = (
        [replace(draft, raw={}) for draft in drafts_of(Energy(), path.read_bytes())]
        for path in (SAMPLE, AS_CSV)
    )
    assert [_without_date_text(draft) for draft in text] == [_without_date_text(draft) for draft in workbook]


def _without_date_text(draft: ProspectDraft) -> ProspectDraft:
    return replace(draft, incumbent_ends=replace(draft.incumbent_ends, text=None))


@pytest.mark.parametrize(("linked", "kind"), [(IN_JUNE, Kind.XLSX), (IN_SEPTEMBER, Kind.CSV)])
def test_both_addresses_that_were_seen_are_found(linked: str, kind: Kind) -> None:
    with fetcher_of({"/osdbu/acquisition-forecast": PAGE.format(linked).encode()}) as fetcher:
        address = Energy().newest(fetcher)
    assert address == f"https://www.energy.gov/{linked}"
    assert Energy().kind_at(address) is kind
