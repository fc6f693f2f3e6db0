"""Made editions against real ones: as dirty and as restless, within five points of a hundred.

The real rows are only counted here; none is kept. DHS: three editions of May 2026, and the capture of 2024 for
fields that those lack. Commerce: one edition, so its moves cannot be compared.
"""

import json
from collections.abc import Mapping
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.chance import names
from prospect_aggregate.sandbox.editions import editions

from . import measures
from .measures import REAL, Row, Shares

TODAY = date(2026, 5, 25)
POINTS = 0.05
SEEDS = (1, 2, 3)
DHS_VOCABULARIES = names("""
    small_business_program; small_business_set_aside; contract_status; competitive; contract_vehicle;
    contract_type; dollar_range; place_of_performance_state; organization; naics
""")
COMMERCE_VOCABULARIES = names("""
    Type Of Awardee; Competition Strategy; Estimated Value Range; New Requirement Or Recompete;
    Awarded?; Naics Code; Anticipated Set Aside And Type; Anticipated Contract Vehicle;
    Anticipated Action Award Type; Months; Years; Place Of Performance State;
    Place Of Performance Country; Organization; Organization Unit;
    Does This Acquisition Contain Information Technology
""")
pytestmark = pytest.mark.skipif(not REAL.exists(), reason=f"no real editions at {REAL}")


def made(key: str, seed: int, count: int = 6) -> list[list[Row]]:
    lists = [one.listing() for one in editions(key, today=TODAY, seed=seed, count=count)]
    return [[dict(zip(one.headings, cells, strict=True)) for cells in one.rows] for one in lists]


def apart(real: Mapping[str, float], ours: Mapping[str, float]) -> list[str]:
    """What differs by more than five points, one line each."""
    names = sorted(real.keys() | ours.keys())
    pairs = [(name, real.get(name, 0.0), ours.get(name, 0.0)) for name in names]
    return [f"{name}: {a:.3f} real, {b:.3f} made" for name, a, b in pairs if abs(a - b) > POINTS]


@pytest.fixture(scope="module")
def dhs() -> list[list[Row]]:
    return [
        json.loads((REAL / "dhs" / f"{day}.json").read_bytes())
        for day in ("2026-05-13", "2026-05-18", "2026-05-25")
    ]


@pytest.fixture(scope="module")
def dhs_2024() -> list[Row]:
    return json.loads((REAL / "dhs" / "apfs-api-2024-03.json").read_bytes())


@pytest.fixture(scope="module")
def commerce() -> list[Row]:
    sheet = CalamineWorkbook.from_path(REAL / "doc" / "2026-05-12.xlsx").get_sheet_by_index(0).to_python()
    return [dict(zip(sheet[2], cells, strict=True)) for cells in sheet[3:]]


@pytest.fixture(scope="module", params=SEEDS)
def our_dhs(request: pytest.FixtureRequest) -> list[list[Row]]:
    return made("dhs", request.param)


@pytest.fixture(scope="module", params=SEEDS)
def our_commerce(request: pytest.FixtureRequest) -> list[Row]:
    return made("commerce", request.param, count=1)[0]


def test_dhs_fields_are_filled_alike(dhs, our_dhs):
    assert apart(measures.fill_rates(dhs[-1]), _only(measures.fill_rates(our_dhs[-1]), dhs[-1][0])) == []


def test_dhs_fields_known_from_2024_only_are_filled_alike(dhs, dhs_2024, our_dhs):
    fields = dhs_2024[0].keys() - dhs[-1][0].keys()
    rates = [_only(measures.fill_rates(rows), fields) for rows in (dhs_2024, our_dhs[-1])]
    assert apart(*rates) == []


def test_dhs_dates_are_passed_and_rows_closed_and_starred_alike(dhs, our_dhs):
    assert apart(measures.dhs_outlook(dhs[-1], TODAY), measures.dhs_outlook(our_dhs[-1], TODAY)) == []


def test_dhs_uses_the_same_words_as_often(dhs, our_dhs):
    real, ours = (measures.vocabularies(rows, DHS_VOCABULARIES) for rows in (dhs[-1], our_dhs[-1]))
    assert apart(real, ours) == []


def test_dhs_rows_leave_arrive_and_move_alike(dhs, our_dhs):
    assert apart(measures.moves(dhs), measures.moves(our_dhs)) == []


def test_commerce_fields_are_filled_alike(commerce, our_commerce):
    assert apart(measures.fill_rates(commerce), measures.fill_rates(our_commerce)) == []


def test_commerce_quarters_are_ahead_passed_and_dormant_alike(commerce, our_commerce):
    assert (
        apart(measures.commerce_outlook(commerce, TODAY), measures.commerce_outlook(our_commerce, TODAY))
        == []
    )


def test_commerce_uses_the_same_words_as_often(commerce, our_commerce):
    real, ours = (measures.vocabularies(rows, COMMERCE_VOCABULARIES) for rows in (commerce, our_commerce))
    assert apart(real, ours) == []


def _only(shares: Shares, names: object) -> Shares:
    return {name: value for name, value in shares.items() if name in names}
