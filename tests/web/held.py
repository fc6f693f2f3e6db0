"""Lists of a source that the product knows, one of them held: its real layout, made-up rows."""

import json
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from prospect_aggregate import review
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.execution import execute
from tests.agency import Site
from tests.given import collected

HOST = "apfs-cloud.dhs.gov"
Row = dict[str, Any]


@cache
def rows() -> tuple[Row, ...]:
    """More than forty prospects of Homeland Security."""
    return tuple(json.loads(edition("dhs", 1, today=date(2026, 5, 25), scale=0.05, count=3).content()))


def halved_rows() -> list[Row]:
    """Of thirty, fourteen are left, one of them with another title; one is new."""
    return [*rows()[:13], {**rows()[13], "requirements_title": "Another title"}, rows()[40]]


def serve(site: Site, listed: list[Row]) -> Run:
    """What comes of collecting it."""
    site.serve(json.dumps(listed).encode(), headers={"Content-Type": "application/json"})
    return collect()


def collect() -> Run:
    with suppress(ScraperError):  # the run says it
        collected(scraper_registry.get("dhs"))
    return Run.objects.latest("pk")


def carried_out(ruling: Ruling) -> Run:
    """The run that lets it in, ended."""
    assert ruling.admitted
    execute(ruling.admitted.pk, scraper_registry.get_scraper("dhs"))
    ruling.admitted.refresh_from_db()
    return ruling.admitted


def let_in(run: Run, **facts: Any) -> Ruling:
    facts = {"reason": Ruling.Reason.CLEAN_UP, "note": "they cleaned up", "by": "ana", **facts}
    ruling = review.let_in(run, now=timezone.now(), **facts)
    carried_out(ruling)
    return ruling
