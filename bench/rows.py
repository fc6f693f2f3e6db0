"""The Celery app with tasks that write the same rows: some made by the factory, some bare and written by hand."""

import os
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.overhead import MESSAGES
from prospect_aggregate.celery_app import app
from prospect_aggregate.collection.models import Edition, Run, Source
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.money import ValueRange
from prospect_aggregate.normalize.places import Place
from prospect_aggregate.prospects import store
from prospect_aggregate.prospects.ingest import LEDGER
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.record import COLUMNS, filled_of, record_of
from prospect_aggregate.prospects.rereading import SLIP
from prospect_aggregate.prospects.sift import _digest
from prospect_aggregate.prospects.words import words_of
from prospect_aggregate.scrapers.draft import Contact, ProspectDraft
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.task_factory import create_scraper_task

ROWS = int(os.environ.get("BENCH_ROWS", "700"))  # as Homeland Security's list has
FACTS = ("digest", "filled", "words", "source_id", "state", "first_run_id", "last_run_id", "first_seen_at")


def drafts() -> list[ProspectDraft]:
    """A list as agencies publish them: half of the fields filled."""
    return [
        ProspectDraft(
            native_id=f"F2026{number:06}",
            title=f"Purchase number {number} of office chairs",
            description="The agency intends to buy office chairs for its regional offices. " * 3,
            agency="Department of Examples",
            component="Bureau of Chairs",
            naics_codes=("337214",),
            set_aside=Coded("SBA", "Small Business"),
            value=ValueRange(1_000_000, 2_000_000, "total", "$1M to $2M"),
            solicitation=Window(date(2026, 4, 1), date(2026, 6, 30), "quarter", "Q3 2026"),
            award=Window(date(2026, 7, 1), date(2026, 9, 30), "quarter", "Q4 2026"),
            place=Place("Norfolk", "VA", "USA", "Norfolk, VA"),
            contacts=(Contact("requirement", "A Person", "person@example.gov", None),),
            raw={f"Heading {column}": f"Cell {column} of row {number}" for column in range(25)},
        )
        for number in range(ROWS)
    ]


for number in range(MESSAGES):
    name = f"Made {number}"
    scraper_registry.register_scraper(name, drafts)
    task_registry.register_scraper_task(name, create_scraper_task(name, drafts))


@app.task(name="bare_task", bind=True, acks_late=True)
def bare_task(self: Any, key: str) -> None:
    """What somebody would write who needs these rows, once: no gate, no heartbeat, no policy, no record of stages."""
    source, _ = Source.objects.get_or_create(key=key, defaults={"name": key})
    now = timezone.now()
    run = Run.objects.create(
        source=source, request=f"message {self.request.id}", trigger="program", queued_at=now
    )
    claim = Run.objects.filter(pk=run.pk, status="queued")
    assert claim.update(status="started", started_at=now, heartbeat_at=now, worker="bare")
    records = [record_of(draft) for draft in drafts()]
    with transaction.atomic():
        facts = (source.pk, "listed", run.pk, run.pk, now)
        rows = (
            (*it, _digest(it, b"draft"), filled_of(it), words_of(it), *facts, *_slip(it)) for it in records
        )
        store.insert("prospects_prospect", [*COLUMNS, *FACTS, *SLIP], rows)
        added = Prospect.objects.filter(first_run=run).order_by("pk").values_list("pk", flat=True)
        changes = ((pk, run.pk, "listed", "", None, None, None, False, "low", now) for pk in added)
        store.insert("prospects_change", LEDGER, changes)
        Edition.objects.create(source=source, run=run, observed_at=now, rows=len(records), complete=True)
        Source.objects.filter(pk=source.pk).update(last_good_at=now)
        Run.objects.filter(pk=run.pk, status="started").update(
            status="succeeded",
            finished_at=timezone.now(),
            observed_at=now,
            rows=len(records),
            new=len(records),
        )


def _slip(record: tuple) -> tuple:
    first = COLUMNS.index("solicitation_from")
    return (*record[first : first + 3], 0, 0)


def send(kind: str) -> None:
    for number in range(MESSAGES):
        if kind == "bare":
            bare_task.delay(f"bare_{number}")
        else:
            task_registry.get_scraper_task(f"made_{number}").delay()


def clear() -> None:
    """As if nothing had ever been collected."""
    from django.apps import apps

    for model in ("prospects.Change", "prospects.Prospect", "collection.Edition", "collection.LogLine"):
        apps.get_model(model).objects.all().delete()
    Run.objects.all().delete()
    Source.objects.update(last_good_at=None)
