"""An app with sources that do everything a source must not: for a worker of its own."""

import os
import sqlite3
import time
from contextlib import suppress

from prospect_aggregate.celery_app import app  # noqa: F401  # celery -A finds it here
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.task_factory import create_scraper_task

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def raising() -> None:
    raise ValueError("the third column is empty")


def rubbish() -> dict[str, str]:
    return {"status": "error"}


def hanging() -> None:
    """It swallows the limit that it hears of, as careless code does."""
    while True:
        with suppress(Exception):
            time.sleep(60)


def eating() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(20 * 2**20))
        time.sleep(0.05)


def vanishing() -> None:
    os._exit(3)


def deaf() -> None:
    """Inside one statement, where a process does not hear SIGTERM."""
    sqlite3.connect(":memory:").execute(ENDLESS)


for function in (raising, rubbish, hanging, eating, vanishing, deaf):
    name = function.__name__.title()
    scraper_registry.register_scraper(name, function)
    task_registry.register_scraper_task(name, create_scraper_task(name, function))
