"""Every source asked for by one button, and a batch as one row that opens."""

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection import batches
from prospect_aggregate.collection.models import Batch, Run
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.given import LISTING, a_run, named

pytestmark = pytest.mark.django_db
CLICK = "7f4b4be0-0d5c-4c19-9c53-5f9c8a3a8a11"


def content(reader: Client, path: str) -> str:
    return reader.get(path).content.decode()


@pytest.fixture
def batch() -> Batch:
    """Two sources, of which one is good already."""
    asked = batches.ask([LISTING, named("Other", lambda: None)], reason="click 1", by="ana")
    good = asked.runs.filter(source__key="listing")
    good.update(status="succeeded", rows=7, started_at=timezone.now(), finished_at=timezone.now())
    return asked


def test_collect_all_asks_once_however_often_the_button_is_sent(reader: Client) -> None:
    assert 'action="/batches/"' in content(reader, "/sources/")
    for _ in range(2):
        answer = reader.post("/batches/", {"click": CLICK})
    batch = Batch.objects.get()
    assert answer["Location"] == f"/batches/{batch.pk}/"
    assert (batch.asked_by, batch.runs.count()) == ("ana", len(scraper_registry))


def test_a_batch_is_watched_while_it_goes_on(reader: Client, batch: Batch) -> None:
    page = content(reader, f"/batches/{batch.pk}/")
    assert "1 of 2</strong> good" in page
    assert f'hx-get="/batches/{batch.pk}/live/" hx-trigger="every 2s"' in page
    batch.runs.filter(source__key="other").update(status="blocked", finished_at=timezone.now())
    page = content(reader, f"/batches/{batch.pk}/live/")
    assert "1 good; Other: blocked." in page
    assert "every 2s" not in page


def test_a_batch_is_one_row_that_opens(reader: Client, batch: Batch) -> None:
    alone, inner = a_run(), [run.pk for run in batch.runs.all()]
    page = content(reader, "/runs/")
    assert "<strong>3</strong> runs" in page
    assert f'href="/runs/{alone.pk}/"' in page
    assert f'href="?open={batch.pk}"' in page
    assert not any(f'href="/runs/{pk}/"' in page for pk in inner)
    opened = content(reader, f"/runs/?open={batch.pk}")
    assert all(f'href="/runs/{pk}/"' in opened for pk in inner)
    assert 'aria-expanded="true"' in opened


def test_who_looks_for_single_runs_gets_them(reader: Client, batch: Batch) -> None:
    page = content(reader, "/runs/?source=other")
    assert f'href="/runs/{batch.runs.get(source__key="other").pk}/"' in page
    assert f'href="/batches/{batch.pk}/"' in page
    assert "<strong>2</strong> runs" in content(reader, f"/runs/?batch={batch.pk}")
    assert "No run is like that" in content(reader, "/runs/?batch=none")


def test_a_batch_keeps_its_place_when_a_later_attempt_comes(reader: Client, batch: Batch) -> None:
    later = a_run()
    first = batch.runs.get(source__key="other")
    Run.objects.create(source=first.source, request=first.request, attempt=2, trigger="batch", batch=batch)
    page = content(reader, "/runs/")
    assert page.index(f'href="/runs/{later.pk}/"') < page.index(f"?open={batch.pk}")


def test_an_unknown_batch_is_not_found(reader: Client) -> None:
    assert reader.get("/batches/999/").status_code == 404
    assert reader.get("/batches/").status_code == 405
