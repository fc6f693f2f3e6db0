"""Tasks made from scrapers: the single place for how a task of ours is built and what it does on its way."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from celery import Celery, current_app
from celery.utils.threads import LocalStack
from django.conf import settings
from django.db import transaction

from prospect_aggregate.collection import batches, health, runs
from prospect_aggregate.collection.models import Batch, Run, Source
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.catalog import DuplicateNameError, key_of, place_of
from prospect_aggregate.scrapers.registry import Collects, Registered, ScraperRegistry, scraper_registry
from prospect_aggregate.tasks.execution import end_this_process, execute
from prospect_aggregate.tasks.registry import TaskRegistry, task_registry
from prospect_aggregate.tasks.task import AnyTask, SourceTask, signature_of, task_class
from prospect_aggregate.tasks.wakeup import wake

COLLECT, CHECK, UPKEEP = "collections", "checks", "upkeep"  # queues
CHECK_TIME_LIMIT = timedelta(minutes=2)
DAILY = timedelta(days=1)


def create_scraper_task(name: str, run: Collects, *, app: Celery | None = None) -> AnyTask:
    """A task that collects one source, and leaves a run with its outcome each time it starts.

    `run` is a Scraper, or any function that takes nothing and returns drafts, or None for nothing to store.
    The message carries the id of a run; without one (a stock beat, a person's `delay()`) the task asks for its own.
    Raises DuplicateNameError when the name is taken.
    """
    registered = _registered(name, run)
    limit = (run.time_limit if isinstance(run, Scraper) else None) or settings.TIME_LIMIT
    return _make(
        _collect,
        f"run_{registered.key}_scraper_task",
        app,
        place=place_of(run),
        lane=COLLECT,
        registered=registered,
        source_key=registered.key,
        source_name=name,
        cadence=run.cadence if isinstance(run, Scraper) else DAILY,
        soft_time_limit=limit.total_seconds(),
        time_limit=_hard(limit).total_seconds(),
    )


def _collect(self: SourceTask, run_id: int | None = None) -> None:
    """One function for all tasks: ten thousand of them would be 4 MB."""
    if run_id is None:
        run_id = _own_run(self.registered, self).pk
    execute(run_id, self.registered.run, interrupt=end_this_process if _in_a_worker(self) else None)


def create_health_check_task(
    name: str, run: Scraper | Callable[[], object], *, app: Celery | None = None
) -> AnyTask:
    """A task that looks whether a source can be had, and leaves a Check, not a run.

    `run` is a Scraper, whose `probe` is called, or any function that raises when the source is not well.
    """
    key = run.key if isinstance(run, Scraper) else key_of(name)

    def check(self: AnyTask) -> None:  # noqa: ARG001
        health.check(Source.objects.named(key, name), run)

    return _make(
        check,
        f"check_{key}_task",
        app,
        place=place_of(run),
        lane=CHECK,
        source_key=key,
        source_name=name,
        cadence=run.check_every if isinstance(run, Scraper) else DAILY,
        soft_time_limit=CHECK_TIME_LIMIT.total_seconds(),
        time_limit=CHECK_TIME_LIMIT.total_seconds() + 30,
    )


def create_all_scrapers_task(
    *,
    scrapers: ScraperRegistry = scraper_registry,
    tasks: TaskRegistry = task_registry,
    app: Celery | None = None,
) -> AnyTask:
    """A task that asks for every source at once, as one batch, and waits for none of them."""

    def run_all(self: AnyTask) -> int:
        reason = f"message {self.request.id or uuid.uuid4()}"
        return request_batch(scrapers, tasks, reason=reason, by=str(self.name)).pk

    return _make(run_all, "run_all_scrapers_task", app, place=place_of(create_all_scrapers_task), lane=UPKEEP)


def create_force_collect_task(
    *,
    scrapers: ScraperRegistry = scraper_registry,
    tasks: TaskRegistry = task_registry,
    app: Celery | None = None,
) -> AnyTask:
    """A task that has one source, by key or name, or all of them, read again even if nothing changed.

    Never past the gate, and never beside a run in progress.
    """

    def force(self: AnyTask, name: str | None = None) -> int:
        reason = f"message {self.request.id or uuid.uuid4()}"
        wanted = [scrapers.get(name)] if name else scrapers
        return request_batch(wanted, tasks, reason=reason, by=str(self.name), force=True).pk

    return _make(force, "force_collect_task", app, place=place_of(create_force_collect_task), lane=UPKEEP)


def request_batch(
    wanted: Iterable[Registered], tasks: TaskRegistry, *, reason: str, by: str, force: bool = False
) -> Batch:
    """Ask for all of them at once, and wake a worker for each; nobody waits here."""
    with transaction.atomic():
        batch = batches.ask(wanted, reason=reason, by=by, force=force)
        for run in batch.runs.filter(status=Run.Status.QUEUED, sent_at=None).select_related("source"):
            wake(run, tasks.get_scraper_task(run.source.key))
    return batch


def _registered(name: str, run: Collects) -> Registered:
    return Registered(run.key if isinstance(run, Scraper) else key_of(name), name, run)


def _hard(limit: timedelta) -> timedelta:
    """The limit that kills, a little after the one that our code hears of: a minute for half an hour."""
    return limit + max(limit / 30, timedelta(seconds=5))


def _in_a_worker(task: AnyTask) -> bool:
    """False where the task was called in somebody's own process, who would be ended with it."""
    return not (task.request.called_directly or task.request.is_eager)


def _own_run(registered: Registered, task: AnyTask) -> Run:
    """A redelivered message finds the run it made the first time."""
    source = Source.objects.of(registered)
    reason = f"message {task.request.id or uuid.uuid4()}"
    return runs.request(source, reason=reason, trigger=Run.Trigger.PROGRAM)


def _make(body: Callable[..., Any], name: str, app: Celery | None, *, place: str, **options: Any) -> AnyTask:
    """Every task of ours: named explicitly, acknowledged late, results left to the runs table."""
    app = app or current_app._get_current_object()  # type: ignore[attr-defined]
    tasks = vars(app)["_tasks"]  # `app.tasks` would finalise the app while it is still being filled
    if name in tasks:
        raise DuplicateNameError(
            f"two tasks named {name!r}: the first of {tasks[name].place}, the second of {place}"
        )
    made = task_class(app)()
    facts = {"name": name, "body": body, "place": place, "__header__": signature_of(body), **options}
    for fact, value in {**facts, "request_stack": LocalStack()}.items():
        setattr(made, fact, value)  # one by one they share their names: a third of the memory of a dictionary
    tasks.register(made)
    return made
