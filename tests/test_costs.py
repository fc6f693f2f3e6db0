"""What a collection may cost, counted: time is for `make bench`, but what is done twice is seen here."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize import money
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.scrapers.columns import Plan, Row, column
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import Registered
from prospect_aggregate.scrapers.table import Table
from tests.agency import Site
from tests.given import LISTING, Listing, collected, published, row, rows

OTHERS = (
    "SAVEPOINT",
    "_anchor",
    "statement_timestamp",
    'SET "heartbeat_at"',
    "TEMPORARY",
    "DELETE FROM staged",
)

pytestmark = pytest.mark.django_db


class Counting(Listing):
    """The small list, read by somebody who counts what is asked of them."""

    name = "Counting"

    def __init__(self) -> None:
        self.did: Counter[str] = Counter()

        def values(*cells: Cell) -> Any:
            self.did["value"] += 1
            return money.value_range(*cells)

        self.columns = {**Listing.columns, "value": column("Value", read=values)}

    def read(self, body: bytes) -> tuple[Table, Layout]:
        self.did["read"] += 1
        return super().read(body)

    def draft(self, row: Row, plan: Plan) -> ProspectDraft:
        self.did["draft"] += 1
        return super().draft(row, plan)


class Longer(Listing):
    name = "Longer"


LONGER = Registered("longer", "Longer", Longer())


@pytest.fixture
def counting() -> Counting:
    return Counting()


def done(counting: Counting, collect: Callable[[], Run]) -> dict[str, int]:
    """What one collection asked of the source."""
    counting.did.clear()
    collect()
    return dict(counting.did)


def statements(registered: Registered = LISTING) -> list[str]:
    """Without those of clock and heartbeat, which come by the minute, and of a transaction inside a test's.

    And without those of a table that lasts as long as a statement: it costs nobody but this connection.
    """
    with CaptureQueriesContext(connection) as captured:
        collected(registered)
    asked = [each["sql"] for each in captured.captured_queries]
    return [sql for sql in asked if not any(word in sql for word in OTHERS)]


def revised(count: int, *, every: int) -> bytes:
    """The list of so many rows; one in `every` has another title."""
    return published(
        row(number, title="Another title") if number % every == 0 else row(number)
        for number in range(1, count + 1)
    )


def test_a_first_list_ten_times_as_long_takes_no_more_statements(site: Site) -> None:
    site.serve(published(rows(10)))
    collected(Registered("counting", "Counting", Counting()))  # the first of all meets a new engine
    short = statements()
    site.serve(published(rows(100)))
    assert len(statements(LONGER)) == len(short) <= 41


def test_an_edition_writes_what_changed_and_nothing_else(site: Site) -> None:
    site.serve(published(rows(400)))
    collected()
    site.serve(revised(400, every=20))
    run = collected()
    assert Prospect.objects.filter(last_run=run).count() == 20
    assert list(Change.objects.filter(run=run).values_list("field", flat=True)) == ["title"] * 20


def test_an_edition_ten_times_as_long_takes_no_more_statements(site: Site) -> None:
    taken = []
    for registered, count in ((LISTING, 40), (LONGER, 400)):
        site.serve(published(rows(count)))
        collected(registered)
        site.serve(revised(count, every=20))
        taken.append(len(statements(registered)))
    assert taken[0] == taken[1] <= 39


def test_only_rows_that_changed_are_drafted(site: Site, counting: Counting) -> None:
    registered = Registered("counting", "Counting", counting)
    site.serve(published(rows(400)))
    collected(registered)
    site.serve(revised(400, every=20))
    assert done(counting, lambda: collected(registered)) == {"read": 1, "draft": 20, "value": 1}


def test_the_same_rows_in_other_bytes_are_read_once_and_not_drafted(site: Site, counting: Counting) -> None:
    registered = Registered("counting", "Counting", counting)
    site.serve(published(rows(40)))
    collected(registered)
    site.serve(published(rows(40)) + b"\n")
    assert done(counting, lambda: collected(registered)) == {"read": 1}


def test_the_same_bytes_are_fetched_once_and_not_read(site: Site, counting: Counting) -> None:
    registered = Registered("counting", "Counting", counting)
    site.serve(published(rows(40)))
    collected(registered)
    asked = len(site.asked)
    assert done(counting, lambda: collected(registered)) == {}
    assert [path for path, _ in site.asked[asked:]].count("/list.json") == 1


def test_the_same_bytes_take_few_statements(site: Site) -> None:
    site.serve(published(rows(40)))
    collected()
    assert len(statements()) <= 22


def test_a_vocabulary_is_read_once_for_each_word_of_it(site: Site, counting: Counting) -> None:
    values = ("$1M to $2M", "$2M to $5M", "TBD")
    site.serve(published(row(number, value=values[number % 3]) for number in range(300)))
    did = done(counting, lambda: collected(Registered("counting", "Counting", counting)))
    assert did == {"read": 1, "draft": 300, "value": 3}
