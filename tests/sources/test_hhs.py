"""Health and Human Services: one key for the array, which has numbers, and the export, which has none."""

import csv
import io
import json
from typing import Any

import pytest

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.sources.hhs import HealthAndHumanServices
from tests.sources.copies import SAMPLES, drafts_of, notes_of

HHS = HealthAndHumanServices()
ARRAY = (SAMPLES / "hhs.json").read_bytes()
EXPORT = (SAMPLES / "hhs.by_hand.csv").read_bytes()


def records(**changes: Any) -> bytes:
    return json.dumps([{**record, **changes} for record in json.loads(ARRAY)]).encode()


def reversed_columns(export: bytes) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(
        list(reversed(row)) for row in csv.reader(io.StringIO(export.decode(), newline=""))
    )
    return out.getvalue().encode()


def test_both_layouts_give_the_same_keys_and_values() -> None:
    asked, exported = drafts_of(HHS, ARRAY), drafts_of(HHS, EXPORT)
    for field in ("native_id", "title", "naics_codes", "component", "office"):
        assert [getattr(draft, field) for draft in asked] == [getattr(draft, field) for draft in exported]
    assert [(it.value.min, it.value.max) for it in asked] == [(it.value.min, it.value.max) for it in exported]
    assert [it.solicitation.first for it in asked] == [it.solicitation.first for it in exported]
    assert [it.set_aside.code for it in asked] == [it.set_aside.code for it in exported]


def test_dates_money_and_descriptions_are_no_part_of_the_key() -> None:
    moved = records(targetAwardYear=2031, totalContractRange="RANGE_1", description="", uuid="another")
    assert [it.native_id for it in drafts_of(HHS, moved)] == [it.native_id for it in drafts_of(HHS, ARRAY)]


def test_records_that_are_not_published_are_left_out_and_counted() -> None:
    assert "Not for the public" not in [draft.title for draft in drafts_of(HHS, ARRAY)]
    assert notes_of(HHS, ARRAY) == ["1 records are not PUBLISHED and were left out"]


def test_a_year_that_cannot_be_is_unread() -> None:
    draft = drafts_of(HHS, ARRAY)[1]
    assert (draft.award.precision, draft.award.text) == (None, "2151 3")


def test_every_band_of_the_form_is_read() -> None:
    for code in range(1, 13):
        value = drafts_of(HHS, records(totalContractRange=f"RANGE_{code}"))[0].value
        assert value.basis == "total", code
    assert drafts_of(HHS, records(totalContractRange="RANGE_TBD"))[0].value.basis is None


def test_columns_in_another_order_give_the_same() -> None:
    turned = json.dumps([dict(reversed(record.items())) for record in json.loads(ARRAY)]).encode()
    assert drafts_of(HHS, turned) == drafts_of(HHS, ARRAY)
    assert drafts_of(HHS, reversed_columns(EXPORT)) == drafts_of(HHS, EXPORT)


@pytest.mark.parametrize(
    ("body", "heading"), [(ARRAY, "totalContractRange"), (EXPORT, "Total Contract Range"), (ARRAY, "status")]
)
def test_a_renamed_heading_is_refused_by_name(body: bytes, heading: str) -> None:
    with pytest.raises(
        LayoutChangedError, match=f"Health and Human Services: heading '{heading}' is missing"
    ):
        drafts_of(HHS, body.replace(heading.encode(), b"Worth"))
