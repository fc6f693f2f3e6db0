"""What tests start from: a small list, the scraper that reads it, and runs of it."""

import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.registry import Collects, Registered
from prospect_aggregate.tasks.execution import execute

_reasons = itertools.count()
AT_ONCE = 0.02  # seconds


class Listing(Scraper):
    """A list of numbered rows with a title, a solicitation date, an award date, a value and a status."""

    name = "Listing"
    agency = "Department of Examples"
    url = "https://list.example.gov/"
    address = "https://list.example.gov/list.json"
    kind = Kind.JSON
    columns = {
        "native_id": "Number",
        "title": "Title",
        "value": "Value",
        "solicitation": "Solicitation",
    }
    optional = {"award": "Award", "phase": "Phase"}


class RepeatingListing(Listing):
    """The same, where numbers are used for more than one purchase."""

    name = "Repeating"
    repeats = True


LISTING = Registered("listing", "Listing", Listing())


def row(number: int | str, **cells: Any) -> dict[str, Any]:
    """A published row; `solicitation="06/01/2026"` and the like say how it differs from the others."""
    row = {
        "Number": number,
        "Title": f"Purchase {number}",
        "Value": "$1M to $2M",
        "Solicitation": "06/01/2026",
    }
    return {**row, **{name.title(): cell for name, cell in cells.items()}}


def rows(count: int) -> list[dict[str, Any]]:
    return [row(number) for number in range(1, count + 1)]


def published(rows: Iterable[dict[str, Any]]) -> bytes:
    return json.dumps(list(rows)).encode()


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_source(registered: Registered = LISTING) -> Source:
    return Source.objects.of(registered)


def a_run(registered: Registered = LISTING, **facts: Any) -> Run:
    """Asked for, for a reason that nobody else has."""
    facts = {"reason": f"test {next(_reasons)}", "trigger": Run.Trigger.PERSON, **facts}
    return runs.request(a_source(registered), **facts)


def collected(registered: Registered = LISTING, *, at: datetime | None = None, **facts: Any) -> Run:
    """A run asked for and taken to its end here; raises what it failed with."""
    run = a_run(registered, observed_at=at, **facts)
    execute(run.pk, registered.run)
    run.refresh_from_db()
    return run


def attempted(registered: Registered = LISTING, **facts: Any) -> Run:
    """A run asked for and taken to its end here, however it ends."""
    run = a_run(registered, **facts)
    with suppress(ScraperError):
        execute(run.pk, registered.run)
    run.refresh_from_db()
    return run


@contextmanager
def kept_for_many(blocker: Any, **facts: Any) -> Iterator[None]:
    """What a module's tests all begin from, collected once under these settings, and undone after them."""
    with blocker.unblock(), override_settings(**facts), transaction.atomic(), nobody_waits():
        yield
        transaction.set_rollback(True)


@contextmanager
def nobody_waits() -> Iterator[None]:
    """While this transaction has SQLite's only pen: the pulse of a run would wait for it until that run is over."""
    if connection.vendor != "sqlite":
        yield
        return
    options = connection.settings_dict["OPTIONS"]
    patience, options["timeout"] = options["timeout"], AT_ONCE
    try:
        yield
    finally:
        options["timeout"] = patience


def claimed(run: Run) -> Run:
    """The same run, started by some worker."""
    started = runs.claim(run.pk, worker="some worker", now=timezone.now())
    assert started is not None
    return started


def named(name: str, run: Collects) -> Registered:
    return Registered(name.lower().replace(" ", "_"), name, run)
