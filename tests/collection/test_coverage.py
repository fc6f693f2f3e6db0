"""The coverage statement: a table that must stay true, and words that name an agency."""

import pytest
from django.utils import timezone

from prospect_aggregate.collection.coverage import (
    Entry,
    Status,
    coverage_object,
    entry_of,
    is_fresh,
    named_in,
    statement,
    summary,
)
from prospect_aggregate.collection.health import Health
from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.registry import ScraperRegistry

EVERY = pytest.mark.parametrize("entry", statement(), ids=lambda entry: entry.name)
CFO_ACT = """Agriculture Commerce Defense Education Energy Health Homeland Housing Interior Justice Labor State
    Transportation Treasury Veterans Environmental Aeronautics Development General Science Nuclear Personnel Small
    Social"""
FRESH, LATE = Health("fresh", "", None), Health("late", "old", None)


def _sources() -> list[str]:
    registry = ScraperRegistry()
    registry.discover(sources)
    return registry.keys()


def named(text: str) -> list[str]:
    return [entry.short for entry in named_in(text)]


@EVERY
def test_an_entry_says_why_and_of_which_day(entry: Entry) -> None:
    assert entry.reason.endswith(".")
    assert entry.as_of <= timezone.now().date()
    assert entry.page == "" or entry.page.startswith("https://")
    assert entry.evidence or entry.status is Status.NOT_CHECKED


@EVERY
def test_an_entry_is_covered_by_a_source_that_there_is(entry: Entry) -> None:
    assert bool(entry.source) == (entry.status is Status.COVERED)
    assert entry.source in ("", *_sources())


def test_every_source_covers_somebody() -> None:
    assert {entry.source for entry in statement()} - {""} == set(_sources())


def test_every_agency_stands_once_in_the_order_of_names() -> None:
    names = [(entry.agency.casefold(), entry.component.casefold()) for entry in statement()]
    assert names == sorted(set(names))


@pytest.mark.parametrize("word", CFO_ACT.split())
def test_every_agency_of_the_chief_financial_officers_act_is_on_it(word: str) -> None:
    assert any(word in entry.agency for entry in statement())


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("EPA cloud migration", "EPA"),
        ("environmental protection", "EPA"),
        ("army", "Army"),
        ("Education", "ED"),
        ("peace corps vehicles", ""),
        ("navair NAWCAD", "NAWCAD"),
    ],
)
def test_words_name_an_agency(text: str, short: str) -> None:
    assert named(text) == [short]


@pytest.mark.parametrize(
    "text", ["", "cloud", "protection", "department of the", "national agency", "corps", "epaulets"]
)
def test_words_that_name_no_agency_name_none(text: str) -> None:
    assert named(text) == []


def test_the_sentence_counts_what_is_fresh_now() -> None:
    entries = statement()
    covered = [entry for entry in entries if entry.source]
    health = {"dhs": FRESH, "commerce": LATE}
    assert summary(entries, health) == (
        f"{len(covered)} of {len(entries)} agencies and components are covered, 1 of them by a list that is fresh now."
    )
    assert "none of them by a list" in summary(entries, {})


def test_a_covered_agency_is_no_better_than_its_source() -> None:
    entry = next(entry for entry in statement() if entry.source == "dhs")
    states = [coverage_object(entry, health)["state"] for health in ({"dhs": FRESH}, {"dhs": LATE}, {})]
    assert states == ["fresh", "late", "never"]
    assert [is_fresh(entry, health) for health in ({"dhs": FRESH}, {"dhs": LATE}, {})] == [True, False, False]


def test_an_entry_that_contradicts_itself_is_refused() -> None:
    facts = dict.fromkeys(("component", "short", "page", "reason", "evidence"), "")
    row = {**facts, "agency": "Bureau of Examples", "as_of": "2026-01-01", "source": "", "status": "covered"}
    with pytest.raises(ValueError, match="coverage of Bureau of Examples"):
        entry_of(row)
    with pytest.raises(ValueError, match="'maybe' is not a valid Status"):
        entry_of({**row, "status": "maybe"})
