"""A test that is one transaction is not held up by its threads; one that commits has the product's own patience."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from tests.given import AT_ONCE, a_source, nobody_waits


def rename() -> None:
    """In a thread, with a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE collection_source SET name = 'another'")
    finally:
        connection.close()


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="others lock rows, and nobody sees ours")
def test_a_thread_is_refused_at_once() -> None:
    a_source()
    began = time.monotonic()
    with ThreadPoolExecutor(1) as threads, pytest.raises(OperationalError, match="locked"):
        threads.submit(rename).result()
    assert time.monotonic() - began < 5  # of 20 s


@pytest.mark.django_db(transaction=True)
def test_where_tests_commit_patience_is_as_in_production() -> None:
    patience = connection.settings_dict["OPTIONS"].get("timeout")
    assert patience != AT_ONCE
    with nobody_waits():
        pass
    assert connection.settings_dict["OPTIONS"].get("timeout") == patience
