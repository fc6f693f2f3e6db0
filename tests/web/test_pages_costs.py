"""What a page may ask the database, counted: time is for `make bench`, but what is asked twice is seen here."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prospect_aggregate.collection.models import Run
from tests.given import rows

Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db
MOST = {
    "/prospects/": 10,  # session, reader, profile, cut, version twice, mark, watched, sources, kind of home
    "/prospects/?q=purchase&sort=title": 10,
    "/prospects/facets/": 14,
    "/prospects/listing/1/": 22,
    "/overview/": 11,
    "/changes/": 18,
    "/calendar/": 9,
    "/agencies/": 9,
    "/sources/": 46,
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
