"""What a process keeps of the list stands as the list stands now, whoever wrote it and however it ended."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from prospect_aggregate.prospects import blocks, entries, memo
from prospect_aggregate.prospects.facets import facets
from prospect_aggregate.prospects.filters import Filters
from prospect_aggregate.prospects.found import found
from prospect_aggregate.prospects.models import Prospect
from tests.prospects.made import DAY, fill

EVERYTHING = Filters()
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads what matches each time"
)


@pytest.fixture(autouse=True)
def _nothing_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """What PostgreSQL takes long for is kept until a run ends, and on a busy machine that may be anything."""
    monkeypatch.setattr(memo, "SLOW", 3600)


def offices() -> dict[str, int]:
    return next(iter(facets(EVERYTHING, day=DAY, names=["office"]))).counts


def held() -> int:
    return sum(found(EVERYTHING, day=DAY).counts.values())


@pytest.mark.django_db
def test_counts_follow_what_is_written_and_what_is_gone() -> None:
    fill(600)
    assert held() == 600
    Prospect.objects.filter(pk__in=Prospect.objects.order_by("pk")[300:310]).update(office="Hangar")
    assert offices()["Hangar"] == 10
    Prospect.objects.filter(office="Hangar").delete()
    assert "Hangar" not in offices()
    assert held() == 590


@pytest.mark.django_db
def test_more_texts_than_a_byte_tells_apart() -> None:
    fill(600)
    for number, prospect in enumerate(Prospect.objects.all()):
        Prospect.objects.filter(pk=prospect.pk).update(office=f"Room {number}")
    assert offices() == {f"Room {number}": 1 for number in range(600)}


@pytest.mark.django_db
def test_what_was_rolled_back_was_never_there() -> None:
    fill(5)
    for name in ("Hangar", "Harbour"):
        with transaction.atomic():
            Prospect.objects.update(office=name)
            assert offices() == {name: 5}
            transaction.set_rollback(True)
        assert not offices().keys() & {"Hangar", "Harbour"}


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_is_committed_alone() -> None:
    fill(5)
    Prospect.objects.update(office="Hangar")
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        Prospect.objects.update(office="Harbour")
        assert offices() == {"Harbour": 5}
        assert other.submit(_elsewhere).result() == {"Hangar": 5}
        assert offices() == {"Harbour": 5}


def _elsewhere() -> dict[str, int]:
    try:
        return offices()
    finally:
        connection.close()


@on_sqlite
@pytest.mark.django_db
def test_where_nothing_changed_nothing_is_read() -> None:
    fill(600)
    blocks.columns()
    with CaptureQueriesContext(connection) as asked:
        blocks.columns()
    assert len(asked) == 1


@on_sqlite
@pytest.mark.django_db
def test_only_what_changed_is_read_again() -> None:
    fill(3 * entries.BLOCK)
    before = blocks.columns()
    one = Prospect.objects.order_by("pk")[entries.BLOCK]
    Prospect.objects.filter(pk=one.pk).update(office="Hangar")
    with CaptureQueriesContext(connection) as asked:
        after = blocks.columns()
    assert f"json_each('[{one.pk // entries.BLOCK}]')" in asked[-1]["sql"]
    assert (before["office"].of != after["office"].of).sum() == 1


@pytest.mark.django_db
def test_made_anew_it_holds_every_entry() -> None:
    fill(600)
    entries.drop(connection)
    entries.install(connection)
    assert held() == 600


def test_only_pages_pay_for_counting() -> None:
    others = "prospect_aggregate.celery_app, prospect_aggregate.cli, prospect_aggregate.supervisor"
    program = f"import sys, {others}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
