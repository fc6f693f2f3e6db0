"""Real for good, or sample for good."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.errors import BlockedError
from tests.agency import Site
from tests.given import collected, published, rows

pytestmark = pytest.mark.django_db


def test_a_new_home_is_of_no_kind() -> None:
    assert homes.kind() is None


def test_a_home_stays_what_it_became(home: Path) -> None:
    homes.claim(homes.Kind.SAMPLE)
    homes.claim(homes.Kind.SAMPLE)
    with pytest.raises(
        homes.WrongHomeError, match=f"{home} holds sample data: start it with `prospects up --demo`"
    ):
        homes.claim(homes.Kind.REAL)


def test_a_sample_home_finds_its_replicas_from_any_process(site: Site, settings: Settings) -> None:
    homes.claim(homes.Kind.SAMPLE)
    homes.announce(settings.HOSTS)
    settings.HOSTS = {}
    site.serve(published(rows(3)))
    assert collected().status == "succeeded"


def test_a_sample_home_whose_replicas_never_ran_says_so(settings: Settings) -> None:
    homes.claim(homes.Kind.SAMPLE)
    settings.HOSTS = {}
    with pytest.raises(BlockedError, match="prospects up --demo"):
        collected()


def test_a_sample_home_never_reaches_an_agency(site: Site, settings: Settings) -> None:
    homes.claim(homes.Kind.SAMPLE)
    settings.HOSTS = {"another.example.gov": site.address}
    with pytest.raises(BlockedError, match=r"list\.example\.gov has no replica"):
        collected()
    assert Run.objects.get().status == "blocked"
    assert not Prospect.objects.exists()
