"""Energy's replica: read by the real source, linked on its page, and as dirty as the real list."""

import pytest

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.replica import replica
from prospect_aggregate.sandbox.replicas.energy import newest
from prospect_aggregate.scrapers.links import find_link
from prospect_aggregate.scrapers.sources.energy import Energy
from tests.sources.copies import drafts_of

from .pages import page
from .workbooks import SEEDS, TODAY, differences, made, real, shelves

KEY, MANAGER = "Current Contract Number", "Small Business Program Manager"
EDITIONS = editions("energy", today=TODAY)


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_every_edition_is_read_whole_and_dates_itself(edition):
    drafts = drafts_of(Energy(), edition.content())
    assert len({draft.native_id for draft in drafts}) == len(drafts)
    assert 840 <= len(drafts) <= 930
    table, _ = Energy().read(edition.content())
    assert (table.heading_row, len(list(table.rows))) == (18, len(drafts))
    assert Energy().edition_date(table) == edition.day


def test_columns_change_places_between_two_editions():
    orders = {one.listing().headings for one in EDITIONS}
    assert len(orders) == 2
    assert len({frozenset(order) for order in orders}) == 1


def test_the_page_links_to_the_newest_file():
    found = find_link(page("energy", TODAY), base=Energy.url, matching=Energy.link)
    assert found == f"https://www.energy.gov{newest(TODAY).replace(' ', '%20')}"
    assert replica("energy").path != newest(TODAY)


def test_the_list_ends_contracts_and_buys_nothing_yet():
    drafts = drafts_of(Energy(), EDITIONS[-1].content())
    assert shelves(drafts) == {"upcoming": 1}
    assert all(draft.naics_codes and draft.value.text for draft in drafts)


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    words = ("NAICS Code", "Program Office", "Estimated Value Range", "Type of Set Aside", "Contract Type",
             "Contracting Officers Business Size Selection", "Principal Place of Performance State")  # fmt: skip
    assert differences(real("doe/2026-05-11.xlsx", "Sheet1", 18), made("energy", seed), *words) == []


def test_most_managers_are_others_after_four_weeks():
    first, *_, last = ({row[KEY]: row[MANAGER] for row in _rows(one)} for one in EDITIONS)
    both = first.keys() & last.keys()
    assert sum(first[key] != last[key] for key in both) > len(both) / 2


def _rows(edition):
    listing = edition.listing()
    return [dict(zip(listing.headings, cells, strict=True)) for cells in listing.rows]
