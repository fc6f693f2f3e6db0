"""Rows in bulk: all of them or none, in their order, and nothing is left over for the next ones."""

from collections.abc import Iterator
from typing import Any

import pytest

from prospect_aggregate.collection.models import RejectedRow, Run
from prospect_aggregate.prospects import store
from tests.prospects.made import sources

TABLE, COLUMNS = "collection_rejectedrow", ("run_id", "number", "reason", "raw")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run() -> Run:
    return sources(1)[0]


def rows(run: Run, *numbers: int) -> Iterator[tuple[Any, ...]]:
    return ((run.pk, number, f"reason {number}", {"Title": number}) for number in numbers)


def broken(run: Run) -> Iterator[tuple[Any, ...]]:
    yield from rows(run, 1, 2)
    raise LookupError("the list ends here")


def kept() -> list[tuple[int, str, Any]]:
    return list(RejectedRow.objects.order_by("pk").values_list("number", "reason", "raw"))


def test_rows_are_kept_in_their_order(run: Run) -> None:
    store.insert(TABLE, COLUMNS, rows(run, 7, 3, 5))
    assert kept() == [(it, f"reason {it}", {"Title": it}) for it in (7, 3, 5)]


def test_rows_that_end_half_way_are_not_written_with_the_next(run: Run) -> None:
    with pytest.raises(LookupError):
        store.insert(TABLE, COLUMNS, broken(run))
    store.insert(TABLE, COLUMNS, rows(run, 3))
    store.insert(TABLE, COLUMNS, rows(run, 4))
    assert [number for number, *_ in kept()] == [3, 4]


def test_rows_are_rewritten_by_their_keys_and_no_others(run: Run) -> None:
    store.insert(TABLE, COLUMNS, rows(run, 1, 2, 3))
    first, _, last = RejectedRow.objects.order_by("pk").values_list("pk", flat=True)
    store.update(TABLE, ["reason", "raw"], [("other", {"Title": "x"}, last), ("another", {}, first)])
    assert kept() == [(1, "another", {}), (2, "reason 2", {"Title": 2}), (3, "other", {"Title": "x"})]


def test_no_rows_are_no_statement(run: Run, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        store.insert(TABLE, COLUMNS, iter(()))
        store.update(TABLE, ["reason"], [])
