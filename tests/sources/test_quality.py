"""Real editions, each collected once: in what decides a bid nothing is unread but what the source's file names."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from prospect_aggregate.prospects.quality import FieldQuality, quality_of
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.conftest import REAL
from tests.given import kept_for_many
from tests.sources.editions import taken

EDITIONS = [
    ("dhs", "dhs/apfs-api-2024-03.json"),
    ("dhs", "dhs/2026-05-13.json"),
    ("dhs", "dhs/2026-05-18.json"),
    ("dhs", "dhs/2026-05-25.json"),
    ("commerce", "doc/2026-05-12.xlsx"),
    ("justice", "doj/2026-03-09.xlsx"),
    ("state", "dos/2026-04.xlsx"),
    ("energy", "doe/2026-05-11.xlsx"),
    ("hud", "hud/2026-05-13.xlsx"),
    ("nasa", "nasa/2026-05-13.xlsx"),
    ("navy", "navy/onr-nrl-lrae.xlsx"),
    ("treasury", "treasury/2026-05-14.xls"),
]
pytestmark = pytest.mark.django_db
DECIDING = ("value", "naics_codes", "solicitation", "award", "set_aside", "place_state")
UNREAD = {
    "justice": {"place_state": 65},
    "nasa": {"place_state": 29},
    "navy": {"place_state": 11},
    "state": {"naics_codes": 4, "solicitation": 12, "place_state": 3},
}
Measure = Callable[[str, str], dict[str, FieldQuality]]
EVERY = pytest.mark.parametrize(("key", "edition"), EDITIONS, ids=[edition for _, edition in EDITIONS])


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Measure:
    """Collects an edition, measures it, and takes everything back; what was measured is kept for this module."""
    known: dict[str, dict[str, FieldQuality]] = {}
    home = tmp_path_factory.mktemp("quality")

    def measured(key: str, edition: str) -> dict[str, FieldQuality]:
        if edition not in known:
            with kept_for_many(django_db_blocker, HOME=home):
                run = taken(key, REAL / edition)
                known[edition] = {field.name: field for field in quality_of(run.source)}
        return known[edition]

    return measured


@EVERY
def test_nothing_that_decides_is_unread(measure: Measure, key: str, edition: str) -> None:
    fields = measure(key, edition)
    unread = {name: fields[name].unread for name in DECIDING if fields[name].unread}
    assert unread == UNREAD.get(key, {}), [fields[name].examples for name in unread]


@EVERY
def test_the_counts_of_a_field_add_up(measure: Measure, key: str, edition: str) -> None:
    for field in measure(key, edition).values():
        if field.published is None:
            assert (field.read, field.placeholder, field.unread, field.headings) == (None, None, None, ())
            continue
        assert field.published == (field.read or 0) + (field.placeholder or 0) + (field.unread or 0)
        assert 0 <= field.published <= field.listed
        assert sum(example.count for example in field.examples) <= (field.unread or 0)


@pytest.mark.parametrize("key", UNREAD)
def test_what_cannot_be_read_is_named_in_the_sources_file(key: str) -> None:
    module = __import__(type(scraper_registry.get_scraper(key)).__module__, fromlist=["__doc__"])
    said = (module.__doc__ or "").partition("Unread")[2]
    for count in UNREAD[key].values():
        assert re.search(rf"\b{count}\b", said), f"{key} does not say that {count} are unread"


def test_every_real_edition_is_measured() -> None:
    if not REAL.is_dir():
        pytest.skip("real editions are not at hand (../shared/data)")
    at_hand = {str(path.relative_to(REAL)) for path in Path(REAL).glob("*/*")}
    assert at_hand == {edition for _, edition in EDITIONS}
