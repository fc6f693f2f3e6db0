"""What a page may ask the database, counted: time is for `make bench`, but what is asked twice is seen here."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prospect_aggregate.collection.models import Process, Run
from prospect_aggregate.prospects import counted, feed
from prospect_aggregate.prospects.search import told_changes
from tests.given import a_run, rows

Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db
MOST = {
    "/prospects/": 10,  # session, reader, profile, cut, version twice, mark, watched, sources, kind of home
    "/prospects/?q=purchase&sort=title": 10,
    "/prospects/facets/": 14,
    "/prospects/listing/1/": 22,
    "/overview/": 11,
    "/changes/": 20,  # one of them for what the team's decisions hang on
    "/calendar/": 9,
    "/agencies/": 9,
    "/sources/": 28,  # with nobody alive: who was heard last is asked by kind
    "/runs/": 15,
}
"""How many statements, when what can be kept was asked for before."""


def asked(reader: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert reader.get(path).status_code == 200
    return [each["sql"] for each in seen.captured_queries]


@pytest.mark.parametrize(("path", "most"), MOST.items())
def test_a_page_asks_no_more_than_that(reader: Client, lists: Lists, path: str, most: int) -> None:
    lists(*rows(60), at="2026-05-01")
    asked(reader, path)
    statements = min(
        asked(reader, path), asked(reader, path), key=len
    )  # a minute may have begun between them
    assert len(statements) <= most, "\n".join(statements)


def test_signs_of_life_are_read_once_a_page(reader: Client, lists: Lists) -> None:
    lists(*rows(5), at="2026-05-01")
    now = timezone.now()
    for kind in Process.Kind:
        Process.objects.create(kind=kind, name=kind, started_at=now, heard_at=now)
    assert sum('FROM "collection_process"' in each for each in asked(reader, "/sources/")) == 1


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL plans by what it knows of a table")
@pytest.mark.parametrize("name", ["new", "moved-later", "moved-earlier"])
def test_what_happened_lately_is_looked_up_by_number_and_not_among_all_that_is_listed(name: str) -> None:
    """SQLite takes an index of states for a fine sieve, and goes through 300,000 prospects for one number."""
    plan = counted.counted(name, day=date(2026, 5, 25)).prospects.order_by().values("pk").explain()
    assert plan.splitlines()[0].endswith("SEARCH prospects_prospect USING INTEGER PRIMARY KEY (rowid=?)"), (
        plan
    )


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL plans by what it knows of a table")
def test_what_is_not_seen_is_counted_from_the_runs_that_brought_it() -> None:
    """Not from every change that was ever written down, each with its run."""
    Run.objects.filter(pk=a_run().pk).update(finished_at=timezone.now())
    these = feed.came_since(datetime(2026, 5, 25, tzinfo=UTC))
    plan = told_changes().filter(these).filter(feed.LOUD).order_by().values("pk").explain()
    assert "SEARCH prospects_change USING INDEX prospects_change_run_id" in plan.splitlines()[0], plan
