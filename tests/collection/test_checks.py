"""A check looks whether the list is there, and whether it is still laid out as it was."""

import pytest

from prospect_aggregate.collection.health import check
from prospect_aggregate.collection.models import Check
from prospect_aggregate.scrapers.errors import BlockedError
from prospect_aggregate.scrapers.fingerprint import HeadingsDifferError
from tests.agency import Site
from tests.given import LISTING, a_source, collected, published, row, rows

pytestmark = pytest.mark.django_db


def test_a_check_says_what_it_saw_and_what_it_compared(site: Site) -> None:
    site.serve(published(rows(3)), headers={"Content-Type": "application/json"})
    collected()
    found = check(a_source(), LISTING.run)
    assert found.ok
    assert found.detail.startswith("HTTP 200, application/json, ")
    assert found.detail.endswith("; 4 headings, as in the newest edition")


def test_a_list_that_was_never_read_is_reached_all_the_same(site: Site) -> None:
    site.serve(published(rows(3)))
    assert check(a_source(), LISTING.run).detail.endswith("no edition was read yet")


def test_other_headings_are_not_well_before_anybody_collects_them(site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    renamed = [
        {("Name" if key == "Title" else key): value for key, value in row(n).items()} for n in range(3)
    ]
    site.serve(published(renamed))
    with pytest.raises(HeadingsDifferError):
        check(a_source(), LISTING.run)
    found = Check.objects.get()
    assert (found.ok, found.error_kind) == (False, "layout")
    assert found.detail == "the headings differ: 'Title' is gone; 'Name' is new"


def test_a_site_that_lets_nobody_in_is_told_by_its_own_name(site: Site) -> None:
    site.serve(b"", status=403)
    with pytest.raises(BlockedError):
        check(a_source(), LISTING.run)
    assert Check.objects.get().error_kind == "BlockedError"
