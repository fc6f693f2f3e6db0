"""Faults in the lists of Justice, State, Energy and HUD, as the real sources see them."""

from types import MappingProxyType

import pytest

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.faults import fault
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.sources.energy import Energy
from prospect_aggregate.scrapers.sources.hud import HousingAndUrbanDevelopment
from prospect_aggregate.scrapers.sources.justice import Justice
from prospect_aggregate.scrapers.sources.state import State
from tests.sources.copies import drafts_of

from .workbooks import TODAY

SOURCES = MappingProxyType(
    {"justice": Justice, "state": State, "energy": Energy, "hud": HousingAndUrbanDevelopment}
)


def spoiled(key: str, name: str | None = None) -> bytes:
    last = editions(key, today=TODAY, scale=0.2)[-1]
    return last.content(fault(name).change if name else None)


@pytest.mark.parametrize("key", SOURCES)
@pytest.mark.parametrize("name", ["moved_heading_row", "reordered_columns"])
def test_where_a_cell_stands_does_not_matter(key, name):
    source = SOURCES[key]()
    healthy, drafts = (drafts_of(source, spoiled(key, each)) for each in (None, name))
    assert [draft.native_id for draft in drafts] == [draft.native_id for draft in healthy]
    assert [draft.value for draft in drafts] == [draft.value for draft in healthy]


@pytest.mark.parametrize("key", SOURCES)
def test_a_renamed_heading_is_refused_by_name(key):
    source = SOURCES[key]()
    with pytest.raises(LayoutChangedError):
        drafts_of(source, spoiled(key, "renamed_heading"))


@pytest.mark.parametrize("key", SOURCES)
def test_half_the_rows_are_read_as_half(key):
    source = SOURCES[key]()
    healthy, half = (len(drafts_of(source, spoiled(key, each))) for each in (None, "half_rows"))
    assert half == (healthy + 1) // 2


@pytest.mark.parametrize("key", SOURCES)
def test_an_edition_made_again_has_the_same_bytes(key):
    assert spoiled(key) == spoiled(key)
