"""Tasks made from scrapers, also from any bare function: each start leaves a run with its outcome."""

import itertools
from collections.abc import Callable

import pytest

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection.models import Batch, Check, Run, Source
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.catalog import DuplicateNameError, UnknownNameError
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import TransientError
from prospect_aggregate.scrapers.registry import ScraperRegistry, scraper_registry
from prospect_aggregate.tasks.registry import TaskRegistry, task_registry
from prospect_aggregate.tasks.schedule import generate_beat_schedule
from prospect_aggregate.tasks.task import AnyTask
from prospect_aggregate.tasks.task_factory import (
    create_all_scrapers_task,
    create_force_collect_task,
    create_health_check_task,
    create_scraper_task,
)

pytestmark = pytest.mark.django_db
_numbers = itertools.count()


def two_drafts() -> list[ProspectDraft]:
    return [ProspectDraft(native_id="1", title="Boats"), ProspectDraft(native_id="2", title="Nets")]


def a_task(run: Callable[[], object]) -> AnyTask:
    """A task of a name that no other test has."""
    return create_scraper_task(f"Bare {next(_numbers)}", run)  # type: ignore[arg-type]


def test_the_design_notes_calls_work_as_written() -> None:
    run_acquisition_gateway_scraper_task = create_scraper_task("Gateway As Written", two_drafts)
    task_registry.register_scraper_task("Gateway As Written", run_acquisition_gateway_scraper_task)
    scraper_registry.register_scraper("Gateway As Written", two_drafts)
    beat_schedule = generate_beat_schedule(task_registry)
    assert "run_gateway_as_written_scraper_task" in {entry["task"] for entry in beat_schedule.values()}
    run_acquisition_gateway_scraper_task()
    assert Run.objects.get().status == "succeeded"
    assert Prospect.objects.of("gateway_as_written").count() == 2


def test_five_lines_are_enough_to_test_a_task() -> None:
    scrapers, tasks = ScraperRegistry(), TaskRegistry()
    scrapers.register_scraper("Five Lines", two_drafts)
    tasks.register_scraper_task("Five Lines", create_scraper_task("Five Lines", two_drafts))
    tasks.get_scraper_task("five_lines").apply()
    assert Run.objects.get().new == 2


def test_a_function_with_nothing_to_store_succeeds() -> None:
    a_task(lambda: None)()
    run = Run.objects.get()
    assert (run.status, run.rows) == ("succeeded", None)


def test_a_function_that_raises_leaves_a_failed_run_with_its_reason() -> None:
    def broken() -> None:
        raise ValueError("the third column is empty")

    with pytest.raises(ValueError, match="third column"):
        a_task(broken)()
    run = Run.objects.get()
    assert (run.status, run.error_kind, run.error) == ("failed", "bug", "the third column is empty")


def test_a_failure_that_passes_has_a_next_attempt() -> None:
    def unlucky() -> None:
        raise TransientError("HTTP 503")

    with pytest.raises(TransientError):
        a_task(unlucky)()
    first, second = Run.objects.order_by("attempt")
    assert (first.status, second.status) == ("failed", "queued")
    assert second.not_before is not None


def test_celery_sees_the_failure_too() -> None:
    def broken() -> None:
        raise ValueError("no")

    assert a_task(broken).apply().state == "FAILURE"


@pytest.mark.parametrize("rubbish", [{"status": "error"}, "error", 7, [{"title": "no draft"}], True])
def test_anything_but_drafts_is_a_failed_run(rubbish: object) -> None:
    assert a_task(lambda: rubbish).apply().state == "FAILURE"
    run = Run.objects.get()
    assert (run.status, run.error_kind) == ("failed", "not_forecast")
    assert Prospect.objects.count() == 0


def test_an_empty_list_is_held_not_believed() -> None:
    a_task(list).apply()
    assert Run.objects.get().status == "quarantined"


def test_a_redelivered_message_finds_the_run_it_made() -> None:
    task = a_task(two_drafts)
    task.apply(task_id="one message")
    task.apply(task_id="one message")
    assert Run.objects.count() == 1


def test_a_message_with_a_run_runs_that_run() -> None:
    task = a_task(two_drafts)
    task.apply()
    run = Run.objects.get()
    task.apply(kwargs={"run_id": run.pk})
    assert Run.objects.count() == 1


def test_a_taken_name_is_refused_with_both_places() -> None:
    name = f"Bare {next(_numbers)}"
    create_scraper_task(name, two_drafts)
    with pytest.raises(
        DuplicateNameError, match=r"test_task_factory\.py:\d+, the second of test_task_factory\.py:\d+"
    ):
        create_scraper_task(name, two_drafts)


def test_a_source_of_ours_is_taken_too() -> None:
    with pytest.raises(DuplicateNameError, match=r"dhs\.py"):
        create_scraper_task("DHS", two_drafts)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'commerce'"):
        task_registry.get_scraper_task("comerce")


def test_tasks_are_found_by_key_and_by_name() -> None:
    assert task_registry.get_scraper_task("dhs") is task_registry.get_scraper_task("Homeland Security")
    assert task_registry.get_health_check_task("dhs").name == "check_dhs_task"


def test_task_names_are_stable() -> None:
    assert {
        "run_dhs_scraper_task",
        "run_commerce_scraper_task",
        "check_dhs_task",
        "run_all_scrapers_task",
        "force_collect_task",
    } <= set(app.tasks)


def test_a_health_check_leaves_a_check_and_no_run() -> None:
    create_health_check_task("Healthy", lambda: "all well")()
    check = Check.objects.get()
    assert (check.ok, check.detail) == (True, "all well")
    assert not Run.objects.exists()


def test_a_health_check_that_raises_is_not_well() -> None:
    def ill() -> None:
        raise TransientError("HTTP 503")

    assert create_health_check_task("Ill", ill).apply().state == "FAILURE"
    check = Check.objects.get()
    assert (check.ok, check.error_kind, check.detail) == (False, "TransientError", "HTTP 503")


def small_world(name: str) -> tuple[ScraperRegistry, TaskRegistry]:
    scrapers, tasks = ScraperRegistry(), TaskRegistry()
    for each in (f"{name} one", f"{name} two"):
        scrapers.register_scraper(each, two_drafts)
        tasks.register_scraper_task(each, create_scraper_task(each, two_drafts))
    return scrapers, tasks


def test_all_scrapers_are_asked_for_as_one_batch() -> None:
    from celery import Celery

    scrapers, tasks = small_world("All")
    task = create_all_scrapers_task(scrapers=scrapers, tasks=tasks, app=Celery("apart", set_as_current=False))
    task.apply(task_id="ask all")
    assert Batch.objects.get().runs.count() == 2
    assert set(Run.objects.values_list("status", "trigger")) == {("queued", "batch")}


def test_a_redelivered_message_finds_the_batch_it_made() -> None:
    from celery import Celery

    scrapers, tasks = small_world("Again")
    task = create_all_scrapers_task(scrapers=scrapers, tasks=tasks, app=Celery("apart", set_as_current=False))
    for _ in range(2):
        task.apply(task_id="one message")
    batch = Batch.objects.get()
    assert (batch.asked_by, batch.runs.count()) == ("run_all_scrapers_task", 2)


def test_force_collect_asks_for_one_or_all() -> None:
    from celery import Celery

    scrapers, tasks = small_world("Force")
    task = create_force_collect_task(
        scrapers=scrapers, tasks=tasks, app=Celery("apart", set_as_current=False)
    )
    task.apply(args=["Force one"])
    task.apply()
    assert [batch.runs.filter(force=True).count() for batch in Batch.objects.order_by("pk")] == [1, 2]


def test_a_bare_functions_source_is_made_on_first_request() -> None:
    task = a_task(two_drafts)
    assert not Source.objects.exists()
    task()
    assert Source.objects.get().key == task.source_key  # type: ignore[attr-defined]
