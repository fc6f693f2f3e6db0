"""What programs that watch this one are told: alive, ready, and its numbers."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.models import Process, Run, Schedule, Source
from tests.agency import Site
from tests.browser.database import database_at
from tests.given import a_run, a_source, claimed, collected, published, rows

pytestmark = pytest.mark.django_db
DEPLOY = Path(__file__).parents[2] / "deploy"
HOUR = timedelta(hours=1)
Key = tuple[str, ...]


def scraped(reader: Client) -> dict[Key, float]:
    """`("prospects_runs_total", "listing", "failed")` → how many; labels in the order of their names."""
    text = reader.get("/metrics").content.decode()
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def ended(status: str, *, ago: timedelta, seconds: int = 10) -> None:
    run, then = a_run(), timezone.now() - ago
    Run.objects.filter(pk=run.pk).update(
        status=status, started_at=then - timedelta(seconds=seconds), finished_at=then
    )


def test_runs_are_counted_by_source_and_status_in_all_and_lately(reader: Client) -> None:
    ended("failed", ago=HOUR)
    ended("failed", ago=30 * HOUR)
    numbers = scraped(reader)
    assert numbers["prospects_runs_total", "listing", "failed"] == 2
    assert numbers["prospects_runs_last_day", "listing", "failed"] == 1


def test_durations_are_summed_by_source(reader: Client) -> None:
    ended("succeeded", ago=HOUR, seconds=10)
    ended("succeeded", ago=HOUR, seconds=20)
    numbers = scraped(reader)
    assert numbers["prospects_run_duration_seconds_sum", "listing"] == pytest.approx(30)
    assert numbers["prospects_run_duration_seconds_count", "listing"] == 2


def test_the_queue_has_a_depth_and_an_age(reader: Client) -> None:
    assert scraped(reader)[("prospects_queue_oldest_seconds",)] == 0
    Run.objects.filter(pk=a_run().pk).update(queued_at=timezone.now() - HOUR)
    a_run(not_before=timezone.now() + HOUR)
    claimed(a_run(force=True))
    numbers = scraped(reader)
    assert numbers[("prospects_queue_depth",)] == 1
    assert numbers[("prospects_queue_oldest_seconds",)] == pytest.approx(3600, abs=60)
    assert numbers[("prospects_runs_in_progress",)] == 1


def test_a_source_tells_its_age_its_limit_its_state_and_its_rows(reader: Client, site: Site) -> None:
    a_source()
    assert ("prospects_source_seconds_since_good", "listing") not in scraped(reader)
    site.serve(published(rows(3)))
    collected()
    Source.objects.update(last_good_at=timezone.now() - 100 * HOUR)
    numbers = scraped(reader)
    assert numbers["prospects_source_seconds_since_good", "listing"] == pytest.approx(360_000, abs=60)
    assert numbers["prospects_source_freshness_limit_seconds", "listing"] == 3 * 24 * 3600
    assert numbers["prospects_source_state", "listing", "late"] == 1
    assert numbers["prospects_source_rows", "listing"] == 3


def test_the_beat_lags_by_the_earliest_slot_that_is_due(reader: Client, planned: Schedule) -> None:
    assert scraped(reader)[("prospects_beat_lag_seconds",)] == 0
    Schedule.objects.filter(pk=planned.pk).update(next_at=timezone.now() - HOUR)
    assert scraped(reader)[("prospects_beat_lag_seconds",)] == pytest.approx(3600, abs=60)
    Schedule.objects.update(paused=True)
    assert scraped(reader)[("prospects_beat_lag_seconds",)] == 0


def heard(kind: str, at: datetime, **facts: object) -> None:
    Process.objects.create(kind=kind, name=f"{kind} {at}", started_at=at, heard_at=at, **facts)


def test_processes_tell_that_they_live_and_how_much_disk_is_left(reader: Client) -> None:
    now = timezone.now()
    heard("worker", now, disk_free=7_000)
    heard("worker", now - timedelta(seconds=1), disk_free=5_000)
    heard("beat", now - HOUR)
    numbers = scraped(reader)
    assert (numbers["prospects_processes_alive", "worker"], numbers["prospects_processes_alive", "beat"]) == (
        2,
        0,
    )
    assert numbers["prospects_process_silent_seconds", "beat"] == pytest.approx(3600, abs=60)
    assert numbers[("prospects_disk_free_bytes",)] == 5_000


def test_open_alerts_are_told_with_whether_somebody_has_them(reader: Client) -> None:
    now = timezone.now()
    alerts.acknowledge(alerts.open_alert("dhs", "late", "old", since=now, now=now), by="ana", now=now)
    alerts.close(alerts.open_alert("engine", "disk", "full", since=now, now=now), now=now)
    told = [key[1:] for key in scraped(reader) if key[0] == "prospects_alerts_open"]
    assert told == [("yes", "late", "dhs")]


TOKEN = "a long token of this home"


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_numbers_are_for_who_has_the_token_or_is_signed_in(
    client: Client, settings: Settings, given: str
) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"Authorization": given})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"prospects_" not in answer.content


def test_the_token_opens_the_numbers(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")


def test_without_a_token_nobody_gets_in_by_an_empty_one(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


def exported(reader: Client) -> set[str]:
    text = reader.get("/metrics").content.decode()
    return {
        name
        for family in text_string_to_metric_families(text)
        for name in (family.name, *(sample.name for sample in family.samples))
    }


@pytest.mark.parametrize("name", ["prometheus-rules.yml", "grafana-dashboard.json"])
def test_what_is_deployed_asks_only_for_numbers_that_there_are(reader: Client, name: str) -> None:
    ended("succeeded", ago=HOUR)
    asked = set(re.findall(r"\bprospects_[a-z_]+", (DEPLOY / name).read_text(encoding="utf-8")))
    assert len(asked) > 5
    assert sorted(asked - exported(reader)) == []


def test_every_number_is_documented(reader: Client) -> None:
    told = (DEPLOY.parent / "docs/operations.md").read_text(encoding="utf-8")
    families = text_string_to_metric_families(reader.get("/metrics").content.decode())
    assert [each.name for each in families if f"`{each.name}" not in told] == []


def test_every_rule_says_what_to_do() -> None:
    told = (DEPLOY.parent / "docs/operations.md").read_text(encoding="utf-8")
    rules = re.findall(r"- alert: (\w+)", (DEPLOY / "prometheus-rules.yml").read_text(encoding="utf-8"))
    assert len(rules) > 5
    assert [rule for rule in rules if f"`{rule}`" not in told] == []


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text(encoding="utf-8"))
    places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
    assert len({panel["id"] for panel in board["panels"]}) == len(set(places)) == len(places)


def test_a_home_that_can_work_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_an_archive_that_takes_nothing_is_not_ready_and_no_path_is_told(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "gone"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: archive\n")


def test_a_database_that_is_not_up_to_date_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'collection'")
    assert client.get("/readyz").content == b"not ready: migrations\n"


def test_a_database_that_is_away_is_not_ready(client: Client) -> None:
    with database_at(Path("/nowhere/at/all.sqlite3")):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: database\n")
