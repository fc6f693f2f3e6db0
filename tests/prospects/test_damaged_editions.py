"""Damaged rows all the way into the database: stored, or kept as they came with the reason why not."""

from random import Random

import pytest
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Artifact, RejectedRow
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.sandbox.replica import replicas
from prospect_aggregate.scrapers.fetch import Fetched
from prospect_aggregate.scrapers.registry import Registered, scraper_registry
from tests.agency import Site
from tests.given import a_source, attempted, collected, published, row
from tests.mutations.cells import with_damaged_rows
from tests.mutations.lists import edition_of

pytestmark = pytest.mark.django_db


def kept(registered: Registered, body: bytes) -> Artifact:
    fetched = Fetched(body, "", "", 200, None, None, None, None, timezone.now())
    return archive.keep(a_source(registered), fetched)


@pytest.mark.parametrize("key", list(replicas()))
def test_each_row_of_a_damaged_edition_is_a_prospect_or_is_kept_with_its_reason(key: str) -> None:
    registered = scraper_registry.get(key)
    run = attempted(
        registered, given=kept(registered, with_damaged_rows(edition_of(key), Random(f"stored:{key}")))
    )
    assert run.status in ("succeeded", "quarantined"), run.error
    assert run.rejected == run.rejected_rows.exclude(reason="").count()
    assert run.new is None or run.rows == run.new + run.rejected == Prospect.objects.count() + run.rejected


def test_what_a_database_does_not_take_costs_no_row(site: Site) -> None:
    site.serve(published([row(1, title="a\0b"), row(2, title="cut \ud83d"), row(3, title="x" * 100_000)]))
    assert (run := collected()).status == "succeeded"
    assert (run.new, run.rejected) == (3, 0)
    assert list(Prospect.objects.order_by("native_id").values_list("title", flat=True)[:2]) == ["ab", "cut �"]


def test_a_text_in_a_numbers_place_is_rejected_and_kept(site: Site) -> None:
    site.serve(published([row(number) for number in range(1, 30)] + [row("A description " * 20)]))
    assert collected().rejected == 1
    rejected = RejectedRow.objects.get()
    assert rejected.reason == "a text of 279 characters stands where a number should be"
    assert rejected.raw["Title"].startswith("Purchase A description")
