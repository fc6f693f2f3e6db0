"""Operations on the engine: the schedule, the tasks, and what waits for a person."""

# ruff: noqa: ARG001  # an operation takes its request

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, StrictBool

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import clock, homes, schedules
from prospect_aggregate.collection.models import Schedule
from prospect_aggregate.collection.objects import run_object
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.tasks.objects import schedule_object, task_object
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.schedule import slots_in_code
from prospect_aggregate.web.acts import fire_now
from prospect_aggregate.web.api import collection_schemas as schemas
from prospect_aggregate.web.api.problems import BadRequestError
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import Moment
from prospect_aggregate.web.permissions import Permission
from prospect_aggregate.web.status import status_lines

router = Router(tags=["engine"])
Object = dict[str, Any]


class Edit(Schema):
    """What is to be different; what is not said stays."""

    model_config = ConfigDict(extra="forbid")

    cadence_minutes: float | None = Field(
        None, description="How many minutes between firings.", examples=[720]
    )
    paused: StrictBool | None = Field(
        None, description="true: no more firings; false: go on.", examples=[True]
    )
    paused_until: Moment | None = Field(
        None, description="Pause until then.", examples=["2026-06-01T00:00:00Z"]
    )
    reason: str = Field("", description="Why it is paused.", examples=["the agency moves its site"])
    next_at: Moment | None = Field(
        None,
        description="Fire next at that moment, once; after it the slots go on as before.",
        examples=["2026-06-01T03:00:00Z"],
    )
    follow_code: StrictBool = Field(
        default=False, description="true: back to the slots that the code gives.", examples=[True]
    )


@router.get("/schedule", response=schemas.SlotList, operation_id="list_schedule", summary="The schedule")
@needs(Permission.SEE_ENGINE)
def list_schedule(request: HttpRequest) -> Object:
    """When each task fires next (UTC)."""
    return {"items": [schedule_object(row) for row in Schedule.objects.order_by("next_at")]}


@router.patch("/schedule/{name}", response=schemas.Slot, operation_id="edit_schedule", summary="Edit a row")
@needs(Permission.EDIT_SCHEDULE)
def edit_schedule(request: HttpRequest, name: str, wanted: Edit) -> Object:
    """Change how often a task fires, pause it for good or until a time, let it go on, or move its next firing.

    It takes effect within 10 s. An edited row wins over the code; pausing it needs a reason, which is shown wherever
    the source appears.
    """
    row = schedules.row_named(name)
    _edit(row, wanted, by=request.user.get_username())
    row.refresh_from_db()
    return schedule_object(row)


def _edit(row: Schedule, wanted: Edit, *, by: str) -> None:
    """All of it or nothing. Raises BadRequestError for what cannot be."""
    now = clock.now()
    try:
        with transaction.atomic():
            _put_slots(row, wanted, by=by, now=now)
            if wanted.paused or wanted.paused_until:
                schedules.pause(row, until=wanted.paused_until, reason=wanted.reason, by=by, now=now)
            elif wanted.paused is False:
                schedules.resume(row, now=now)
            if wanted.next_at:
                row.refresh_from_db()
                schedules.run_at(row, wanted.next_at, by=by, now=now)
    except (ValueError, UnknownNameError) as error:
        raise BadRequestError(str(error)) from error


def _put_slots(row: Schedule, wanted: Edit, *, by: str, now: datetime) -> None:
    if wanted.follow_code and wanted.cadence_minutes is not None:
        raise BadRequestError("follow_code or cadence_minutes: one of them")
    if wanted.follow_code:
        schedules.follow_code(row, slots_in_code(app.conf.beat_schedule, row.name), now=now)
    if wanted.cadence_minutes is not None:
        schedules.edit(row, schedules.slots_of(row).every(wanted.cadence_minutes), by=by, now=now)


@router.post(
    "/schedule/{name}/run", response={202: schemas.Fired}, operation_id="run_schedule", summary="Run now"
)
@needs(Permission.RUN_SOURCES)
def run_schedule(request: HttpRequest, name: str) -> Status[Object]:
    """Do at once what this row does at its next slot, which stays where it is."""
    row = schedules.row_named(name)
    run = fire_now(row)
    return Status(202, {"name": row.name, "task": row.task, "run": run_object(run) if run else None})


@router.get("/tasks", response=schemas.TaskList, operation_id="list_tasks", summary="The tasks")
@needs(Permission.SEE_ENGINE)
def list_tasks(request: HttpRequest) -> Object:
    """The Celery tasks that were made from the registered sources."""
    return {"items": [task_object(listed) for listed in task_registry]}


@router.get(
    "/status", response=schemas.Status, operation_id="get_status", summary="What is alive, late or waiting"
)
@needs(Permission.SEE_ENGINE)
def get_status(request: HttpRequest) -> Object:
    """Worked out now, from the database alone: nothing that died can have left it green."""
    lines = list(map(asdict, status_lines()))
    return {
        "ok": not any(line["trouble"] for line in lines),
        "sample": homes.kind() is homes.Kind.SAMPLE,
        "lines": lines,
    }
