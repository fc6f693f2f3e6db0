"""What a run said is kept with it, and its lines are known wherever logs go."""

import logging

import orjson
import pytest

from prospect_aggregate.collection import runlog
from prospect_aggregate.collection.models import LogLine, Run
from prospect_aggregate.logs import Json, Text
from prospect_aggregate.scrapers.errors import ScraperError
from tests.agency import Site
from tests.given import a_run, collected, published, rows

pytestmark = pytest.mark.django_db
logger = logging.getLogger("prospect_aggregate.tests")


def said(run: Run) -> list[str]:
    return [line.text for line in run.log.all()]


def test_a_run_tells_its_way(site: Site) -> None:
    site.serve(published(rows(3)))
    run = collected()
    assert said(run)[0] == f"run {run.pk}: fetch"
    assert f"run {run.pk}: 3 rows read, 0 rejected" in said(run)
    assert said(run)[-1] == f"run {run.pk}: 3 new, 0 changed, 0 gone"


def test_a_failed_run_tells_why(site: Site) -> None:
    with pytest.raises(ScraperError):
        collected()
    run = Run.objects.get()
    assert "the list has moved" in said(run)[-1]


def test_lines_of_other_work_are_nobodys() -> None:
    logger.info("before")
    with runlog.kept(a_run()):
        logger.info("during")
    logger.info("after")
    assert [line.text for line in LogLine.objects.all()] == ["during"]


def test_a_run_that_says_too_much_is_cut_and_says_so() -> None:
    run = a_run()
    with runlog.kept(run):
        for number in range(runlog.MOST_LINES + 10):
            logger.info("line %s", number)
    assert (len(said(run)), said(run)[-1]) == (1001, "more than 1,000 lines: the rest is not kept")


def stamped(run: Run) -> logging.LogRecord:
    record = logging.LogRecord("prospect_aggregate", logging.INFO, "x.py", 1, "run %s: read", (run.pk,), None)
    with runlog.kept(run):
        runlog.Stamp().filter(record)
    return record


def test_every_line_carries_run_and_source() -> None:
    run = a_run()
    assert Text().format(stamped(run)).endswith(f"INFO run {run.pk}: read [listing {run.pk}]")
    told = orjson.loads(Json().format(stamped(run)))
    assert (told["run"], told["source"], told["message"]) == (run.pk, "listing", f"run {run.pk}: read")
