"""Drafts as columns."""

from collections import Counter

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.record import COLUMNS, POSITIONS, record_of
from prospect_aggregate.scrapers.draft import ProspectDraft


def test_every_column_belongs_to_one_field_of_a_draft() -> None:
    claimed = Counter(COLUMNS[at] for positions in POSITIONS.values() for at in positions)
    assert claimed == Counter(column for column in COLUMNS if column != "raw")


def test_a_record_has_a_value_for_every_column_of_the_table() -> None:
    assert len(record_of(ProspectDraft(native_id="1"))) == len(COLUMNS)
    assert set(COLUMNS) <= {field.name for field in Prospect._meta.get_fields()}
