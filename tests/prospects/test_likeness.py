"""When two prospects are so alike that a person should look."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from prospect_aggregate.prospects.likeness import Described, bureau_of, compare, likely_pairs, office_of

MANY = 10**6


def described(title: str | None = "Guard services at the annex", **other: Any) -> Described:
    usual: dict[str, Any] = dict.fromkeys(Described._fields) | {
        "office": "AQM",
        "naics_code": "561612",
        "value_min": Decimal(1),
        "value_max": Decimal(2),
        "solicitation_from": date(2026, 6, 1),
        "solicitation_to": date(2026, 6, 1),
        "place_city": "Reston",
        "place_state": "VA",
        "contacts": [{"email": "ana@example.gov", "name": None}],
    }
    return Described(**usual | {"title": title} | other)


def is_likely(older: Described, newer: Described) -> bool:
    return bool(likely_pairs({1: older}, {"a": newer}, place=office_of, most=MANY).pairs)


@pytest.mark.parametrize(
    "title",
    [
        "Guard services at the annex",
        "GUARD SERVICES, at the Annex",
        "Guard servces at the annex",
        "Guard service at the annex (re-compete)",
        "Annex: guard services",
    ],
)
def test_an_edited_title_is_alike(title: str) -> None:
    assert is_likely(described(), described(title))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("USCGC TERN FY27 dry dock", "USCGC HERON FY27 dry dock"),
        ("Code 31 contractor support for tasks", "Code 32 contractor support for tasks"),
        ("Oracle licenses and support", "Redhat licenses and support"),
        ("Guard services at the annex", "Catering"),
        ("Guard services, lot 1 (FY26)", "Guard services, lot 1 (FY27)"),
    ],
)
def test_titles_that_each_have_a_word_of_their_own_are_two(older: str, newer: str) -> None:
    assert not is_likely(described(older), described(newer))


@pytest.mark.parametrize(
    "other",
    [
        {"office": "INL"},
        {"office": None},
        {"naics_code": "541512"},
        {"naics_code": None},
        {"title": None},
        {"agency": "Another department"},
    ],
)
def test_another_office_trade_or_department_or_an_unknown_one_is_no_pair(other: dict[str, Any]) -> None:
    assert not is_likely(described(), described(**other))


def test_four_digits_of_the_trade_are_enough() -> None:
    assert is_likely(described(), described(naics_code="561611"))


def test_a_title_that_is_used_for_many_purchases_is_not_enough() -> None:
    elsewhere = described(place_city="Quito", place_state=None, place_country="ECU", value_min=Decimal(50),
                          value_max=Decimal(60), contacts=[])  # fmt: skip
    assert not is_likely(described(), elsewhere)
    assert not is_likely(
        described(contacts=[]), described(value_min=None, value_max=None, place_state=None, place_city=None)
    )


def test_evidence_names_what_both_publish() -> None:
    moved = described(solicitation_from=date(2026, 7, 1), solicitation_to=date(2026, 7, 1), place_city=None)
    told = compare(described(), moved)
    assert told is not None
    assert (told.title, told.differ) == (100, ("solicitation",))
    assert told.agree == ("naics", "value", "place", "contacts")


def test_windows_and_bands_agree_where_they_overlap() -> None:
    quarter = described(solicitation_from=date(2026, 4, 1), solicitation_to=date(2026, 6, 30), value_max=None)
    told = compare(described(), quarter)
    assert told is not None
    assert {"solicitation", "value"} <= set(told.agree)


def test_yearly_amounts_are_not_compared_with_totals() -> None:
    told = compare(described(value_basis="total"), described(value_basis="year"))
    assert told is not None
    assert "value" not in told.agree + told.differ


def test_a_prospect_is_in_one_pair_the_strongest() -> None:
    olders = {1: described("Guard service at the annex", place_city="Quito"), 2: described()}
    found = likely_pairs(olders, {"a": described(), "b": described("Boats")}, place=office_of, most=MANY)
    assert [(older, newer) for older, newer, _ in found.pairs] == [(2, "a")]


def test_two_layouts_share_the_bureau_more_than_the_office() -> None:
    gateway = described(office=None, component="FHWA")
    own = described(office="FHWA Eastern Lands", component="FHWA")
    assert likely_pairs({1: gateway}, {"a": own}, place=bureau_of, most=MANY).pairs
    assert not likely_pairs({1: gateway}, {"a": own}, place=office_of, most=MANY).pairs


@dataclass(frozen=True)
class Crowd:
    olders: dict[int, Described]
    newers: dict[str, Described]


@pytest.fixture
def crowd() -> Crowd:
    """An office with one row on each side, and one with thirty."""
    olders = {number: described(f"Boat {number}", office="Fleet") for number in range(30)}
    newers = {f"{number}": described(f"Boat {number}", office="Fleet") for number in range(30)}
    return Crowd({**olders, 99: described()}, {**newers, "99": described()})


def test_comparisons_are_bounded_and_the_smallest_offices_come_first(crowd: Crowd) -> None:
    found = likely_pairs(crowd.olders, crowd.newers, place=office_of, most=899)
    assert [(older, newer) for older, newer, _ in found.pairs] == [(99, "99")]
    assert (found.compared, found.left_out) == (1, 900)


def test_within_the_bound_all_are_compared(crowd: Crowd) -> None:
    found = likely_pairs(crowd.olders, crowd.newers, place=office_of, most=901)
    assert sorted(older for older, _, _ in found.pairs) == sorted(crowd.olders)
    assert all(str(older) == newer for older, newer, _ in found.pairs)
    assert (found.compared, found.left_out) == (901, 0)
