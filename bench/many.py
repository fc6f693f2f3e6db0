"""The Celery app with thousands of made-up sources beside the real ones: for beats and programs that are measured."""

import os
import time

from prospect_aggregate.celery_app import app
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.schedule import generate_beat_schedule
from prospect_aggregate.tasks.task_factory import create_scraper_task

SOURCES = int(os.environ.get("BENCH_SOURCES", "10000"))


def nothing() -> None:
    """Done, nothing to store."""


def make() -> float:
    """Seconds that it takes to make and register the tasks."""
    began = time.perf_counter()
    for number in range(SOURCES):
        name = f"Made up {number}"
        scraper_registry.register_scraper(name, nothing)
        task_registry.register_scraper_task(name, create_scraper_task(name, nothing))
    return time.perf_counter() - began


def generate() -> float:
    """Seconds that it takes to generate the schedule."""
    began = time.perf_counter()
    app.conf.beat_schedule = generate_beat_schedule(task_registry)
    return time.perf_counter() - began


def settle() -> None:
    """Every source was collected just now, and waits for its next slot."""
    from django.db import transaction

    from prospect_aggregate.collection import clock
    from prospect_aggregate.collection.models import Run, Schedule, Source
    from prospect_aggregate.collection.slots import next_slot

    now = clock.now()
    with transaction.atomic():
        Run.objects.all().delete()
        Source.objects.update(last_good_at=now)
        for row in Schedule.objects.all():
            row.next_at = next_slot(now, row.cadence_minutes, row.offset_minutes)
            row.save(update_fields=["next_at"])


made_in, generated_in = make(), generate()
