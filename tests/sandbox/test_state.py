"""State's replica: read by the real source, linked on its page, and as dirty as the real list."""

import re
from datetime import timedelta

import pytest

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.replicas.state import CONTRADICTION, newest
from prospect_aggregate.scrapers.links import find_link
from prospect_aggregate.scrapers.sources.state import State
from tests.sources.copies import drafts_of

from .pages import page
from .workbooks import SEEDS, TODAY, apart, differences, is_day, made, real, shares_of, shelves

EDITIONS = editions("state", today=TODAY)
REAL_SHELVES = {"upcoming": 229, "passed": 209, "dormant": 3, "closed": 7, "under_way": 2, "undated": 3}
DATES = ("Estimated Solicitation Date", "PoP Date Start")


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_every_edition_is_read_whole(edition):
    drafts = drafts_of(State(), edition.content())
    assert 420 <= len(drafts) <= 490
    assert len({draft.native_id for draft in drafts}) < len(drafts)


def test_the_file_has_another_name_in_each_edition():
    assert len({newest(edition.day) for edition in EDITIONS}) == 6


@pytest.mark.parametrize("weeks", range(0, 60, 4))
def test_the_page_links_to_the_newest_file(weeks):
    day = TODAY + timedelta(weeks=weeks)
    found = find_link(page("state", day), base=State.url, matching=State.link)
    assert found == f"https://www.state.gov{newest(day)}"


def test_headings_keep_their_typos_and_blanks():
    assert {"Requirement Description ", "Acquistion Phase"} <= set(EDITIONS[-1].listing().headings)


def test_a_quarter_that_contradicts_its_months_stays_unread():
    drafts = drafts_of(State(), EDITIONS[-1].content())
    odd = [draft for draft in drafts if draft.solicitation.text == CONTRADICTION]
    assert odd
    assert {draft.solicitation.first for draft in odd} == {None}


@pytest.mark.parametrize("seed", SEEDS)
def test_shelves_are_filled_like_the_real_ones(seed):
    body = editions("state", today=TODAY, seed=seed)[-1].content()
    assert apart(shares_of(REAL_SHELVES), shelves(drafts_of(State(), body))) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    april = real("dos/2026-04.xlsx", "Acquisition Submission", 1)
    words = ("Contracting Office", "NAICS Code", "Acquistion Phase", "Estimated Contract Value*", "Set-Aside Type",
             "Contract Type", "Anticipated Award Type", "Facility Security Clearance")  # fmt: skip
    assert differences(april, made("state", seed), *words) == []


@pytest.mark.parametrize("heading", DATES)
@pytest.mark.parametrize("seed", SEEDS)
def test_dates_and_words_stand_in_one_column_as_often(heading, seed):
    kinds = [
        _kinds(rows, heading)
        for rows in (real("dos/2026-04.xlsx", "Acquisition Submission", 1), made("state", seed))
    ]
    assert apart(*kinds) == []


def _kinds(rows, heading):
    kinds = ["day" if is_day(row[heading]) else re.sub(r"\d", "9", str(row[heading] or "")) for row in rows]
    return {kind: kinds.count(kind) / len(kinds) for kind in kinds}
