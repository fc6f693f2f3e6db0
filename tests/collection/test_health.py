"""How a source is, by the date that its list gives itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from prospect_aggregate.collection.health import health_of, list_date
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.collection.objects import source_object
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.table import Table
from prospect_aggregate.web.states import states
from tests.agency import Site
from tests.given import Listing, a_source, collected, named, published, row, rows

pytestmark = pytest.mark.django_db
LEFT_ALONE = date(2025, 5, 5)


class Dated(Listing):
    """Says of which day it is, and may be a quarter old."""

    name = "Dated"
    list_limit = timedelta(days=92)
    listed: date | None = LEFT_ALONE

    def edition_date(self, table: Table) -> date | None:
        return self.listed


class Patient(Dated):
    name = "Patient"
    list_limit = None


DATED, PATIENT = named("Dated", Dated()), named("Patient", Patient())


def as_of(listed: date | None) -> Source:
    """Collected now, from a list of that day."""
    scraper = Dated()
    scraper.listed = listed
    collected(named("Dated", scraper))
    return Source.objects.get(key="dated")


def test_a_list_that_the_agency_left_alone_is_late_however_freshly_fetched(site: Site) -> None:
    site.serve(published(rows(3)))
    source = as_of(LEFT_ALONE)
    health = health_of(source, now=timezone.now())
    assert (health.state, health.since) == ("late", datetime(2025, 8, 5, tzinfo=UTC))
    assert health.reason == "fetched today, last edited by the agency 5 May 2025"
    assert Prospect.objects.listed().count() == 3  # nothing newer exists: it is no reason to hold it


def test_the_day_of_an_older_fetch_is_named(site: Site) -> None:
    site.serve(published(rows(3)))
    source = as_of(LEFT_ALONE)
    seen = source.last_good_at
    assert seen is not None
    reason = health_of(source, now=seen + timedelta(days=2)).reason
    assert reason.startswith(f"fetched {seen.day} {seen:%b %Y}, ")


def test_the_same_old_list_again_is_as_late(site: Site) -> None:
    site.serve(published(rows(3)))
    as_of(LEFT_ALONE)
    source = as_of(LEFT_ALONE)
    assert Run.objects.latest("pk").status == "unchanged"
    assert health_of(source, now=timezone.now()).state == "late"
    assert list_date(source) == LEFT_ALONE


def test_a_newer_edition_by_its_own_date_is_fresh(site: Site) -> None:
    site.serve(published(rows(3)))
    as_of(LEFT_ALONE)
    site.serve(published([*rows(3), row(4)]))
    source = as_of(timezone.now().date() - timedelta(days=80))
    assert health_of(source, now=timezone.now()).state == "fresh"


def test_a_list_that_ceases_to_say_its_day_has_none(site: Site) -> None:
    site.serve(published(rows(3)))
    as_of(LEFT_ALONE)
    site.serve(published([*rows(3), row(4)]))
    source = as_of(None)
    assert source_object(source, now=timezone.now())["list_date"] is None
    assert health_of(source, now=timezone.now()).state == "fresh"


def test_a_source_without_a_limit_never_asks(site: Site) -> None:
    site.serve(published(rows(3)))
    collected(PATIENT)
    source = Source.objects.get(key="patient")
    assert health_of(source, now=timezone.now()).state == "fresh"
    assert source_object(source, now=timezone.now())["list_date"] == LEFT_ALONE


def test_a_source_that_is_not_seen_any_more_is_late_for_that(site: Site) -> None:
    site.serve(published(rows(3)))
    source = as_of(LEFT_ALONE)
    assert "no good edition since" in health_of(source, now=timezone.now() + timedelta(days=4)).reason


def test_the_limit_follows_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert a_source(DATED).list_limit == timedelta(days=92)
    monkeypatch.setattr(Dated, "list_limit", None)
    assert a_source(DATED).list_limit is None


def test_all_sources_at_once_know_it_too(site: Site) -> None:
    site.serve(published(rows(3)))
    source = as_of(LEFT_ALONE)
    now = timezone.now()
    (state,) = states(now=now)
    assert (state.health, state.list_date, state.as_of) == (
        health_of(source, now=now),
        LEFT_ALONE,
        LEFT_ALONE,
    )
