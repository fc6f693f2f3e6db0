"""A replica is one file: declared, found, and refused when it is there already."""

from dataclasses import replace
from datetime import date

import pytest

from prospect_aggregate.sandbox.faults import FAULTS
from prospect_aggregate.sandbox.lives import Habits, standings
from prospect_aggregate.sandbox.replica import replicas

TODAY = date(2026, 5, 25)


def test_the_replicas_of_the_package_are_found():
    assert {"dhs", "commerce"} <= replicas().keys()


@pytest.mark.parametrize("site", replicas().values(), ids=list(replicas()))
def test_a_replica_renames_a_heading_that_it_has(site):
    old, new = site.renamed
    assert old in site.headings
    assert new not in site.headings


@pytest.mark.parametrize("site", replicas().values(), ids=list(replicas()))
def test_a_row_has_no_column_without_a_heading(site):
    standing = next(standings(1, site.key, site.habits, TODAY, 1))
    assert site.row(standing).keys() == set(site.headings)


@pytest.mark.parametrize("site", replicas().values(), ids=list(replicas()))
def test_most_faults_can_befall_every_replica(site):
    assert sum(fault.applies(site) for fault in FAULTS.values()) >= 15


def test_facts_that_are_not_revised_stay_what_they_were():
    """One revised cell must not make those drawn after it anew, or every revision would look like another row."""
    site = replicas()["dhs"]
    revised = [standing for standing in standings(1, "dhs", site.habits, TODAY, 1) if standing.revisions]
    for standing in revised:
        before, now = site.row(replace(standing, revisions=())), site.row(standing)
        changed = {heading for heading in now if before[heading] != now[heading]}
        assert changed.isdisjoint({"requirement", "naics", "contract_type", "organization", "created_on"})


def test_a_row_that_slips_stays_until_its_new_date():
    for standing in standings(1, "dhs", replicas()["dhs"].habits, TODAY, 1):
        assert standing.award > TODAY.toordinal()


def test_habits_refuse_positional_arguments():
    with pytest.raises(TypeError):
        Habits(1.0)
