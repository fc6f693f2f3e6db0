"""How far a run is can be read while it goes, long before its next heartbeat."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from prospect_aggregate.collection.models import Run
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.fetch import Fetched, Fetcher, Validators
from prospect_aggregate.scrapers.registry import Registered
from tests.agency import Site
from tests.given import Listing, collected, named, published, rows

PATIENCE = 8.0  # seconds; a heartbeat comes every ten


def seen(**wanted: Any) -> bool:
    """Whether the run's record says so before long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if Run.objects.filter(**wanted).exists():
            return True
        time.sleep(0.05)
    return False


class Slow(Listing):
    """An agency whose answer is whole, and whose next one is awaited."""

    def fetch(self, fetcher: Fetcher, validators: Validators) -> Fetched | None:
        came = super().fetch(fetcher, validators)
        assert came is not None
        assert seen(stage="fetch", bytes=len(came.body))
        return came


@pytest.mark.django_db(transaction=True)
def test_bytes_are_on_record_while_they_come(site: Site) -> None:
    site.serve(published(rows(3)))
    run = collected(Registered("slow", "Slow", Slow()))
    assert (run.status, run.bytes, run.stage) == ("succeeded", len(site.answer.body), "")


@pytest.mark.django_db(transaction=True)
def test_rows_are_on_record_while_they_are_read() -> None:
    def drafts() -> Iterator[ProspectDraft]:
        for number in range(600):
            yield ProspectDraft(native_id=str(number), title="x", raw={}, origins={})
        assert seen(stage="draft", rows=500)

    assert collected(named("Rows", drafts)).rows == 600


@pytest.mark.django_db
def test_a_list_that_did_not_change_brought_nothing(site: Site) -> None:
    site.serve(published(rows(3)), headers={"ETag": '"one"'})
    collected()
    again = collected()
    assert (again.status, again.bytes) == ("unchanged", None)
