"""A source that stays away: one try a slot, at least daily, until a good edition or a person's file ends it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.models import Run, Schedule, Source
from prospect_aggregate.collection.outcomes import LostError
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.tasks import loop
from prospect_aggregate.tasks.execution import execute
from prospect_aggregate.tasks.registry import TaskRegistry
from prospect_aggregate.tasks.task_factory import create_scraper_task
from tests.agency import Answer, Site
from tests.given import LISTING, a_run, a_source, claimed, collected, published, rows

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def tried(**facts: object) -> Run:
    """A request, its first attempt ended; it fails here."""
    run = a_run(**facts)
    with pytest.raises(ScraperError):
        execute(run.pk, LISTING.run)
    run.refresh_from_db()
    return run


def given_up() -> Run:
    """A request whose every attempt failed."""
    run = tried()
    while following := Run.objects.filter(request=run.request, attempt=run.attempt + 1).first():
        Run.objects.filter(pk=following.pk).update(not_before=None)
        with pytest.raises(ScraperError):
            execute(following.pk, LISTING.run)
        run = following
    return run


def attempts(run: Run) -> list[str]:
    return list(Run.objects.filter(request=run.request).order_by("attempt").values_list("status", flat=True))


@pytest.fixture
def away(site: Site) -> Site:
    """A server that only ever fails, after one good edition."""
    site.serve(published(rows(3)))
    collected()
    site.answer = Answer(status=503)
    return site


def test_a_first_failure_is_tried_again_up_to_the_end(away: Site) -> None:
    assert attempts(given_up()) == ["failed"] * 5
    assert health_of(a_source(), now=NOW).state == "failing"


def test_after_that_a_slot_is_one_try_and_the_source_stands_as_blocked(away: Site) -> None:
    given_up()
    run = tried()
    assert (run.status, run.error_kind, attempts(run)) == ("blocked", "transient", ["blocked"])
    assert attempts(tried()) == ["blocked"]


def test_what_was_seen_last_and_since_when_is_its_reason(away: Site) -> None:
    given_up()
    away.answer = Answer(status=500)
    tried()
    health = health_of(a_source(), now=NOW)
    first = Run.objects.filter(status="failed").earliest("finished_at").finished_at
    assert (health.state, health.since) == ("blocked", first)
    assert (
        health.reason
        == f"away since {first:%Y-%m-%d %H:%M} UTC; seen last: list.example.gov is out of order (HTTP 500)"
    )


def test_a_failure_of_another_request_that_is_still_tried_is_no_absence(away: Site) -> None:
    tried()
    assert attempts(tried()) == ["failed", "queued"]


def test_a_site_that_blocked_us_and_then_fails_is_still_blocked(away: Site) -> None:
    away.answer = Answer(status=403)
    tried()
    away.answer = Answer(status=503)
    assert attempts(tried()) == ["blocked"]


def test_the_first_good_edition_ends_it(away: Site) -> None:
    given_up()
    tried()
    away.serve(published(rows(3)))
    collected()
    assert health_of(a_source(), now=timezone.now()).state == "fresh"
    away.answer = Answer(status=503)
    assert attempts(tried()) == ["failed", "queued"]


def test_a_worker_that_died_is_no_sign_that_the_agency_is_away(away: Site) -> None:
    given_up()
    tried()
    run = claimed(a_run())
    Run.objects.filter(pk=run.pk).update(heartbeat_at=NOW - timedelta(hours=1))
    run.refresh_from_db()
    assert loop.recover(run, now=timezone.now())
    assert attempts(run) == ["lost", "queued"]
    assert Run.objects.get(pk=run.pk).error == str(
        LostError(f"no sign of life from some worker since {run.heartbeat_at:%H:%M:%S} UTC")
    )


def test_a_persons_unreadable_file_is_not_read_again_and_says_nothing_of_the_source(
    site: Site, tmp_path: Path
) -> None:
    site.serve(published(rows(3)))
    collected()
    file = tmp_path / "sorry.html"
    file.write_text("<html><title>Sorry</title></html>")
    run = tried(given=archive.keep_file(a_source(), file, now=NOW))
    assert (run.error_kind, attempts(run)) == ("blocked", ["failed"])
    assert health_of(a_source(), now=timezone.now()).state == "fresh"


# Slots rarer than a day.


@pytest.fixture
def tasks() -> TaskRegistry:
    registry = TaskRegistry()
    app = Celery("apart", broker="memory://", set_as_current=False)
    registry.register_scraper_task("Listing", create_scraper_task("Listing", LISTING.run, app=app))
    return registry


def planned(*, every: timedelta = 7 * DAY, **facts: object) -> Schedule:
    minutes = every / timedelta(minutes=1)
    return Schedule.objects.create(
        name="collect listing",
        task="run_listing_scraper_task",
        source_key="listing",
        kind="collect",
        cadence_minutes=minutes,
        seeded_cadence=minutes,
        offset_minutes=0,
        next_at=NOW + 30 * DAY,
        **facts,
    )


@pytest.fixture
def blocked(site: Site) -> Source:
    site.answer = Answer(status=403)
    tried()
    return a_source()


def asked(tasks: TaskRegistry, *, now: datetime) -> list[str]:
    """The reasons that a tick adds."""
    before = set(Run.objects.values_list("pk", flat=True))
    loop.tick(tasks, now=now)
    return list(Run.objects.exclude(pk__in=before).values_list("request", flat=True))


def test_a_blocked_source_with_weekly_slots_is_tried_once_a_day(blocked: Source, tasks: TaskRegistry) -> None:
    planned()
    later = timezone.now() + DAY
    assert asked(tasks, now=later - timedelta(hours=1)) == []
    assert asked(tasks, now=later) == [f"day {later:%Y-%m-%d}"]
    assert asked(tasks, now=later) == []


def test_a_second_beat_makes_no_second_run_of_the_day(blocked: Source, tasks: TaskRegistry) -> None:
    later = timezone.now() + DAY
    assert loop.knock(blocked, tasks, now=later)
    assert loop.knock(blocked, tasks, now=later)
    assert Run.objects.filter(request=f"day {later:%Y-%m-%d}").count() == 1


@pytest.mark.parametrize(
    "plan",
    [{"every": DAY}, {"paused": True}, {"paused_until": NOW + 9 * DAY}],
    ids=["daily", "paused", "a while"],
)
def test_one_with_daily_slots_or_a_pause_is_left_to_its_schedule(
    blocked: Source, tasks: TaskRegistry, plan: dict[str, object]
) -> None:
    planned(**plan)
    assert asked(tasks, now=timezone.now() + 2 * DAY) == []


def test_a_source_that_is_well_waits_for_its_weekly_slot(site: Site, tasks: TaskRegistry) -> None:
    site.serve(published(rows(3)))
    collected()
    planned()
    assert asked(tasks, now=timezone.now() + 2 * DAY) == []


def test_a_beat_that_does_not_know_the_source_asks_for_nothing(blocked: Source) -> None:
    planned()
    assert asked(TaskRegistry(), now=timezone.now() + 2 * DAY) == []
