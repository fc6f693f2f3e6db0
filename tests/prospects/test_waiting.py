"""New rows of a long list wait on disk, and are told from those in memory by nothing."""

from datetime import date

import pytest

from prospect_aggregate.prospects import waiting
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.sift import Known, Sifted, items_of_rows, shares_of, sift
from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.replica import replicas
from prospect_aggregate.scrapers.columns import Row
from tests.agency import Site
from tests.given import collected, day, published, row
from tests.sandbox.sources import source

NOTHING = Known({}, {}, {}, {})


def sifted(key: str) -> Sifted:
    scraper = source(key)
    table, layout = scraper.read(edition(key, 1, today=date(2026, 5, 25), scale=0.05).content())
    rows = (Row(*each) for each in table.rows)
    items = items_of_rows(rows, layout.plan(table, source=key), scraper.draft)
    return sift(items, NOTHING, repeats=scraper.repeats)


@pytest.mark.parametrize("key", list(replicas()))
def test_rows_come_back_from_disk_as_they_were(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory = sifted(key)
    monkeypatch.setattr(waiting, "IN_MEMORY", 3)
    on_disk = sifted(key)
    assert len(on_disk.fresh) > 3
    assert list(on_disk.fresh.items()) == list(in_memory.fresh.items())
    assert on_disk.rejected == in_memory.rejected
    fields = ("title", "solicitation", "value")
    assert shares_of(on_disk, NOTHING, fields) == shares_of(in_memory, NOTHING, fields)


@pytest.mark.django_db
def test_a_list_that_waits_on_disk_is_listed_whole(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "IN_MEMORY", 2)
    site.serve(published([row(number, title=f"Roof {number}") for number in range(9)]))
    run = collected(at=day("2026-05-04"))
    listed = Prospect.objects.order_by("pk").values_list("native_id", "title")
    assert (run.new, list(listed)) == (9, [(f"{number}", f"Roof {number}") for number in range(9)])


def test_a_number_that_waits_on_disk_is_there_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "IN_MEMORY", 0)
    rows = waiting.Waiting()
    rows.add(waiting.Drafted(b"1", ("A-1",), (), 1))
    assert "A-1" in rows
    assert "A-2" not in rows
    with pytest.raises(KeyError):
        rows["A-2"]
