"""What a collection keeps of SQLite's database in its memory."""

import pytest
from django.db import connection

from prospect_aggregate.collection import memory


@pytest.mark.django_db
def test_a_collecting_process_maps_nothing_and_remembers_four_megabytes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("another server keeps its own pages")
    memory.keep_few_pages()
    with connection.cursor() as cursor:
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()
        kept = cursor.execute("PRAGMA cache_size").fetchone()
    assert (mapped or (0,), kept) == ((0,), (-4000,))
