"""The operator's operations: sources, runs, schedule, tasks, status."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import alerts, homes
from prospect_aggregate.collection.models import Run, Schedule
from prospect_aggregate.scrapers.errors import BlockedError
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.table_scheduler import seed
from tests.agency import Answer, Site
from tests.given import a_run, collected, named, published, rows
from tests.web.api_client import Program
from tests.web.broker import Broker

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def planned() -> Schedule:
    seed(app.conf.beat_schedule, task_registry, now=timezone.now())
    return Schedule.objects.get(name="collect dhs")


def test_every_registered_source_is_listed_before_it_was_ever_collected(program: Program) -> None:
    items = program.get("/sources")["items"]
    assert {"dhs", "commerce"} <= {item["key"] for item in items}
    assert {item["state"] for item in items} == {"never"}


def test_one_source_by_key_or_name(program: Program, site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    one = program.get("/sources/Listing")
    assert (one["key"], one["state"], one["prospects"]) == ("listing", "fresh", 3)
    assert one == program.get("/sources/listing")
    said = program.get("/sources/listng", wants=404)["detail"]
    assert said == "no source named 'listng'; did you mean 'listing'?"


def test_collecting_a_source_leaves_a_queued_run_of_a_person(program: Program) -> None:
    run = program.send("POST", "/sources/dhs/collect", {"force": True})
    assert (run["source"], run["status"], run["trigger"]) == ("dhs", "queued", "person")
    assert Run.objects.get(pk=run["id"]).force
    assert program.get(f"/runs/{run['id']}") == run


def test_collecting_needs_no_body_and_says_where_to_look(program: Program) -> None:
    answer = program.client.post("/api/v1/sources/commerce/collect", content_type="application/json")
    assert (answer.status_code, answer["Location"]) == (202, f"/api/v1/runs/{answer.json()['id']}")


def test_a_broker_that_is_away_does_not_lose_a_request_to_collect(
    program: Program, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = program.send("POST", "/sources/dhs/collect")
    assert program.get(f"/runs/{run['id']}")["status"] == "queued"


def test_a_check_that_nobody_takes_is_said_so(program: Program) -> None:
    said = program.send("POST", "/sources/dhs/check", wants=503)["detail"]
    assert said == "Nobody took it: the engine does not run. Start it with prospects up."


def test_a_check_is_sent(program: Program, broker: Broker) -> None:
    assert program.send("POST", "/sources/dhs/check") == {"source": "dhs", "task": "check_dhs_task"}
    assert broker.taken("checks") == ["check_dhs_task"]


@pytest.mark.parametrize("act", ["collect", "check"])
def test_an_unknown_source_to_act_on_names_the_nearest(program: Program, act: str) -> None:
    assert "did you mean 'dhs'?" in program.send("POST", f"/sources/dsh/{act}", wants=404)["detail"]


def test_runs_are_listed_newest_first_and_filtered(program: Program, site: Site) -> None:
    site.serve(published(rows(2)))
    good = collected()
    site.answer = Answer(status=403)
    with pytest.raises(BlockedError):
        collected()
    items = program.get("/runs")["items"]
    assert [item["status"] for item in items[:2]] == ["blocked", "succeeded"]
    assert program.get("/runs", {"status": "succeeded"})["items"][0]["id"] == good.pk
    assert program.get("/runs", {"source": "Listing", "trigger": "schedule"})["items"] == []
    assert "status is one of queued, started" in program.get("/runs", {"status": "done"}, wants=422)["detail"]


def test_runs_have_pages_that_new_ones_do_not_shift(program: Program) -> None:
    asked = [a_run().pk for _ in range(5)]
    first = program.get("/runs", {"limit": 2})
    a_run()
    second = program.get("/runs", {"limit": 4, "cursor": first["next_cursor"]})
    assert [item["id"] for item in first["items"] + second["items"]] == asked[::-1]
    assert second["next_cursor"] is None


def test_an_unknown_run_names_the_newest(program: Program) -> None:
    newest = a_run().pk
    assert program.get("/runs/999999", wants=404)["detail"] == f"no run 999999; the newest is {newest}"


def test_every_source_is_asked_for_as_one_batch_whose_progress_is_read(program: Program) -> None:
    answer = program.client.post("/api/v1/batches", {"force": True}, content_type="application/json")
    batch = answer.json()
    assert (answer.status_code, answer["Location"]) == (202, f"/api/v1/batches/{batch['id']}")
    assert (batch["outcome"], batch["asked_by"], batch["force"]) == ("in progress", "ana", True)
    assert batch["waiting"] == len(scraper_registry)
    assert program.get(f"/batches/{batch['id']}") == batch
    assert len(program.get("/runs", {"batch": batch["id"]})["items"]) == len(scraper_registry)


def test_a_batch_that_failed_names_its_sources(program: Program) -> None:
    batch = program.send("POST", "/batches")
    Run.objects.update(status="succeeded", finished_at=timezone.now())
    Run.objects.filter(source__key="dhs").update(status="blocked")
    found = program.get("/batches")["items"][0]
    assert (found["id"], found["outcome"], found["bad"]) == (batch["id"], "failed", 1)
    assert found["failed"] == ["dhs"]
    said = program.get("/batches/999", wants=404)["detail"]
    assert said == f"no batch 999; the newest is {batch['id']}"


def test_alerts_are_listed_taken_in_hand_and_let_go_of(program: Program) -> None:
    now = timezone.now()
    alert = alerts.open_alert("dhs", "late", "no good edition since Friday", since=now, now=now)
    alerts.close(alerts.open_alert("engine", "disk", "full", since=now, now=now), now=now)
    (shown,) = program.get("/alerts", {"open": True})["items"]
    assert (shown["id"], shown["subject"], shown["messages"]) == (alert.pk, "dhs", [])
    assert len(program.get("/alerts")["items"]) == 2
    taken = program.send("POST", f"/alerts/{alert.pk}/acknowledge", wants=200)
    assert taken["acknowledged_by"] == "ana"
    said = program.send("POST", f"/alerts/{alert.pk}/acknowledge", wants=409)["detail"]
    assert said == f"ana has alert {alert.pk} of dhs in hand"
    assert program.send("POST", f"/alerts/{alert.pk}/release", wants=200)["acknowledged_by"] is None
    assert program.get("/alerts/999", wants=404)["detail"].startswith("no alert 999; the newest is")


def test_the_log_of_a_run_is_read_and_read_on(program: Program, site: Site) -> None:
    site.serve(published(rows(2)))
    run = collected()
    log = program.get(f"/runs/{run.pk}/log")
    assert [log["items"][0]["text"], log["items"][-1]["text"]] == ["fetch", "2 new, 0 changed, 0 gone"]
    later = program.get(f"/runs/{run.pk}/log", {"after": log["items"][-2]["id"]})
    assert (later["items"], later["complete"]) == (log["items"][-1:], False)
    Run.objects.filter(pk=run.pk).update(finished_at=timezone.now() - timedelta(minutes=1))
    assert program.get(f"/runs/{run.pk}/log")["complete"]
    assert "did you mean 'after'?" in program.get(f"/runs/{run.pk}/log", {"aftr": 1}, wants=422)["detail"]


def test_a_run_is_cancelled_once(program: Program) -> None:
    run = a_run()
    cancelled = program.send("POST", f"/runs/{run.pk}/cancel", {"reason": "not now"}, wants=200)
    assert (cancelled["status"], cancelled["error"]) == ("cancelled", "by ana: not now")
    said = program.send("POST", f"/runs/{run.pk}/cancel", wants=409)["detail"]
    assert said == f"run {run.pk} of listing had already ended: cancelled"


def test_an_unknown_run_is_not_cancelled(program: Program) -> None:
    newest = a_run().pk
    said = program.send("POST", "/runs/999999/cancel", wants=404)["detail"]
    assert said == f"no run 999999; the newest is {newest}"


def test_the_schedule_lists_the_next_firing_first(program: Program, planned: Schedule) -> None:
    items = program.get("/schedule")["items"]
    assert [item["next_run_at"] for item in items] == sorted(item["next_run_at"] for item in items)
    assert {"collect dhs", "check dhs"} <= {item["name"] for item in items}


def test_an_edited_cadence_moves_the_next_firing(program: Program, planned: Schedule) -> None:
    program.send("PATCH", "/schedule/collect dhs", {"cadence_minutes": 60}, wants=200)
    planned.refresh_from_db()
    assert (planned.cadence_minutes, planned.set_by) == (60, "ana")
    assert planned.next_at <= timezone.now() + timedelta(hours=1)


def test_a_paused_row_says_so_and_goes_on_again(program: Program, planned: Schedule) -> None:
    paused = program.send("PATCH", "/schedule/collect dhs", {"paused": True, "reason": "moved"}, wants=200)
    assert (paused["enabled"], paused["next_run_at"]) == (False, None)
    again = program.send("PATCH", "/schedule/collect dhs", {"paused": False}, wants=200)
    assert again["enabled"]


def test_a_pause_with_an_end_moves_the_next_firing_behind_it(program: Program, planned: Schedule) -> None:
    until = timezone.now() + timedelta(days=30)
    program.send(
        "PATCH", "/schedule/collect dhs", {"paused_until": until.isoformat(), "reason": "x"}, wants=200
    )
    planned.refresh_from_db()
    assert planned.next_at >= until


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"paused": True}, 422, "say why: the reason is shown wherever the source appears"),
        ({"cadence_minutes": 0}, 422, "a cadence of 0 minutes: use 1 minute to 366 days"),
        (
            {"cadence_minutes": 60, "paused_until": "2020-01-01", "reason": "x"},
            422,
            "the pause would end in the past",
        ),
        ({"paused": False}, 409, "collect dhs is not paused"),
        ({"next_at": "2020-01-01T00:00"}, 422, "2020-01-01 00:00 UTC has passed; fire it now instead"),
        ({"next_at": "2999-01-01T00:00"}, 422, "2999-01-01 is more than a year ahead"),
        (
            {"paused": True, "reason": "x", "next_at": "2999-01-01T00:00"},
            422,
            "2999-01-01 is more than a year ahead",
        ),
        (
            {"cadence_minutes": 60, "follow_code": True},
            422,
            "follow_code or cadence_minutes: one of them",
        ),
        ({"pause": True}, 422, "pause: Extra inputs are not permitted"),
    ],
)
def test_an_edit_that_cannot_be_changes_nothing(
    program: Program, planned: Schedule, body: dict[str, Any], status: int, said: str
) -> None:
    assert program.send("PATCH", "/schedule/collect dhs", body, wants=status)["detail"] == said
    assert Schedule.objects.get(pk=planned.pk).cadence_minutes == planned.cadence_minutes


def test_the_next_firing_is_moved_once(program: Program, planned: Schedule) -> None:
    moment = timezone.now().replace(microsecond=0) + timedelta(days=2)
    moved = program.send("PATCH", "/schedule/collect dhs", {"next_at": moment.isoformat()}, wants=200)
    assert (moved["moved_by"], moved["set_by"]) == ("ana", None)
    assert datetime.fromisoformat(moved["next_run_at"]) == moment


def test_an_edit_with_a_first_firing_does_both(program: Program, planned: Schedule) -> None:
    moment = timezone.now() + timedelta(days=2)
    body = {"cadence_minutes": 60, "next_at": moment.isoformat()}
    program.send("PATCH", "/schedule/collect dhs", body, wants=200)
    planned.refresh_from_db()
    assert (planned.cadence_minutes, planned.next_at) == (60, moment)


def test_the_codes_slots_come_back(program: Program, planned: Schedule) -> None:
    program.send("PATCH", "/schedule/collect dhs", {"cadence_minutes": 60}, wants=200)
    program.send("PATCH", "/schedule/collect dhs", {"follow_code": True}, wants=200)
    assert Schedule.objects.get(pk=planned.pk).cadence_minutes == planned.cadence_minutes


def test_a_row_is_found_by_its_sources_name_too(program: Program, planned: Schedule) -> None:
    assert program.send("PATCH", "/schedule/dhs", {"cadence_minutes": 60}, wants=200)["name"] == "collect dhs"


def test_an_unknown_row_names_the_nearest(program: Program, planned: Schedule) -> None:
    said = program.send("PATCH", "/schedule/collect dsh", {"paused": False}, wants=404)["detail"]
    assert said == "no row of the schedule named 'collect dsh'; did you mean 'collect dhs'?"


def test_run_now_asks_for_a_run_and_leaves_the_slot(program: Program, planned: Schedule) -> None:
    fired = program.send("POST", "/schedule/collect dhs/run")
    assert (fired["task"], fired["run"]["status"]) == ("run_dhs_scraper_task", "queued")
    assert Schedule.objects.get(pk=planned.pk).next_at == planned.next_at


def test_run_now_of_a_check_sends_its_task(program: Program, planned: Schedule, broker: Broker) -> None:
    fired = program.send("POST", "/schedule/check dhs/run")
    assert (fired["run"], broker.taken("checks")) == (None, ["check_dhs_task"])


def test_the_tasks_are_those_of_the_registry(program: Program) -> None:
    items = program.get("/tasks")["items"]
    assert {"name": "run_dhs_scraper_task", "kind": "collect", "source": "dhs"} in items
    assert {"name": "force_collect_task", "kind": "force_collect", "source": None} in items


def test_the_status_says_what_waits_for_a_person(program: Program) -> None:
    status = program.get("/status")
    assert not status["ok"]
    assert status["lines"][0]["text"] == "No worker was ever heard here; nothing is being collected"


def test_the_status_names_the_edition_that_is_held(program: Program, halved: Run) -> None:
    assert halved.finished_at
    since = f"{halved.finished_at:%Y-%m-%d %H:%M} UTC"
    said = f"dhs: the edition of run {halved.pk} is held since {since}; `prospects review dhs`"
    assert {"text": said, "trouble": True} in program.get("/status")["lines"]


def test_a_bare_function_without_a_check_is_said_so(program: Program) -> None:
    collected(named("Bare", lambda: None))
    assert (
        "no health check task named 'bare'"
        in program.send("POST", "/sources/bare/check", wants=404)["detail"]
    )


def test_a_home_of_made_up_data_says_so(program: Program) -> None:
    homes.claim(homes.Kind.SAMPLE)
    answer = program.client.get("/api/v1/status")
    assert (answer["X-Sample-Data"], answer.json()["sample"]) == ("yes", True)


def test_a_real_home_says_nothing_of_it(program: Program) -> None:
    homes.claim(homes.Kind.REAL)
    answer = program.client.get("/api/v1/status")
    assert ("X-Sample-Data" in answer, answer.json()["sample"]) == (False, False)
