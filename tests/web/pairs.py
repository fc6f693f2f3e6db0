"""A likely pair as pages and programs meet it."""

import pytest

from prospect_aggregate.prospects.models import Pair
from tests.agency import Site
from tests.given import day
from tests.offices import lists, purchase

GUARDS = "Guard services at the annex of the embassy"


@pytest.fixture
def pair(site: Site, db: None) -> Pair:
    """A title edited while its date moved by a month."""
    lists(site, purchase(GUARDS), at=day("2026-05-04"))
    lists(site, purchase(f"{GUARDS} (<b>)", solicitation="07/01/2026"), at=day("2026-05-11"))
    return Pair.objects.with_both().get()
