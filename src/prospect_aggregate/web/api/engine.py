"""Operations on the engine: the schedule, the tasks, and what waits for a person."""

# ruff: noqa: ARG001  # an operation takes its request

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from prospect_aggregate.collection import homes, schedules
from prospect_aggregate.collection.models import Schedule
from prospect_aggregate.collection.objects import run_object
from prospect_aggregate.tasks.objects import schedule_object, task_object
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.status import status_lines
from prospect_aggregate.web.acts import fire_now
from prospect_aggregate.web.api import collection_schemas as schemas
from prospect_aggregate.web.api.lookups import nearest
from prospect_aggregate.web.api.problems import BadRequestError
from prospect_aggregate.web.api.types import Moment

router = Router(tags=["engine"])
Object = dict[str, Any]


class Edit(Schema):
    """What is to be different; what is not said stays."""

    model_config = ConfigDict(extra="forbid")

    cadence_minutes: float | None = Field(
        None, description="How many minutes between firings.", examples=[720]
    )
    paused: bool | None = Field(None, description="true: no more firings; false: go on.", examples=[True])
    paused_until: Moment | None = Field(
        None, description="Pause until then.", examples=["2026-06-01T00:00:00Z"]
    )
    reason: str = Field("", description="Why it is paused.", examples=["the agency moves its site"])


@router.get("/schedule", response=schemas.SlotList, operation_id="list_schedule", summary="The schedule")
def list_schedule(request: HttpRequest) -> Object:
    """When each task fires next (UTC)."""
    return {"items": [schedule_object(row) for row in Schedule.objects.order_by("next_at")]}


@router.patch("/schedule/{name}", response=schemas.Slot, operation_id="edit_schedule", summary="Edit a row")
def edit_schedule(request: HttpRequest, name: str, wanted: Edit) -> Object:
    """Change how often a task fires, pause it for good or until a time, or let it go on.

    It takes effect within 10 s. An edited row wins over the code; pausing it needs a reason, which is shown wherever
    the source appears.
    """
    row = _row(name)
    _edit(row, wanted, by=request.user.get_username())
    row.refresh_from_db()
    return schedule_object(row)


def _edit(row: Schedule, wanted: Edit, *, by: str) -> None:
    """All of it or nothing. Raises BadRequestError for what cannot be."""
    now = timezone.now()
    try:
        with transaction.atomic():
            if wanted.cadence_minutes is not None:
                schedules.edit(row, _slots(row, wanted.cadence_minutes), by=by, now=now)
            if wanted.paused or wanted.paused_until:
                schedules.pause(row, until=wanted.paused_until, reason=wanted.reason, by=by, now=now)
            elif wanted.paused is False:
                schedules.resume(row, now=now)
    except ValueError as error:
        raise BadRequestError(str(error)) from error


def _slots(row: Schedule, cadence: float) -> schedules.Slots:
    """The new cadence with the old offset, as far as it fits: sources stay spread."""
    return schedules.Slots(cadence, row.offset_minutes % cadence if cadence > 0 else 0)


@router.post(
    "/schedule/{name}/run", response={202: schemas.Fired}, operation_id="run_schedule", summary="Run now"
)
def run_schedule(request: HttpRequest, name: str) -> Status[Object]:
    """Do at once what this row does at its next slot, which stays where it is."""
    row = _row(name)
    run = fire_now(row)
    return Status(202, {"name": row.name, "task": row.task, "run": run_object(run) if run else None})


def _row(name: str) -> Schedule:
    """Raises LookupError, naming the nearest."""
    rows = {row.name: row for row in Schedule.objects.all()}
    if name not in rows:
        raise LookupError(f"no row of the schedule named {name!r}; {nearest(name, sorted(rows))}")
    return rows[name]


@router.get("/tasks", response=schemas.TaskList, operation_id="list_tasks", summary="The tasks")
def list_tasks(request: HttpRequest) -> Object:
    """The Celery tasks that were made from the registered sources."""
    return {"items": [task_object(listed) for listed in task_registry]}


@router.get(
    "/status", response=schemas.Status, operation_id="get_status", summary="What is alive, late or waiting"
)
def get_status(request: HttpRequest) -> Object:
    """Worked out now, from the database alone: nothing that died can have left it green."""
    lines = [{"text": line.text, "trouble": line.trouble} for line in status_lines()]
    return {
        "ok": not any(line["trouble"] for line in lines),
        "sample": homes.kind() is homes.Kind.SAMPLE,
        "lines": lines,
    }
