"""Operations on runs: what was collected, what failed and why."""

# ruff: noqa: ARG001  # an operation takes its request

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field, TypeAdapter

from prospect_aggregate.collection import runlog
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.objects import line_object, run_object
from prospect_aggregate.web.acts import cancel_now
from prospect_aggregate.web.api import collection_schemas as schemas
from prospect_aggregate.web.api.lookups import known_source, one_of, run_numbered
from prospect_aggregate.web.api.paging import Keyset, only_known
from prospect_aggregate.web.api.questions import RunsAsked
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.permissions import Permission
from prospect_aggregate.web.views.prospects import download

router = Router(tags=["runs"])
Object = dict[str, Any]
OCTETS = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}

NEWEST: Keyset[Run] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)


@router.get("/runs", response=schemas.RunPage, operation_id="list_runs", summary="Runs")
@needs(Permission.SEE_ENGINE)
def list_runs(request: HttpRequest, asked: Query[RunsAsked]) -> Object:
    """Runs, newest first: what was collected, what failed and why."""
    only_known(request, RunsAsked)
    one_of("status", asked.status, Run.Status.values)
    one_of("trigger", asked.trigger, Run.Trigger.values)
    wanted = {"source__key": known_source(asked.source), "status": asked.status, "trigger": asked.trigger,
              "batch": asked.batch}  # fmt: skip
    given = {name: value for name, value in wanted.items() if value is not None}
    found = Run.objects.filter(**given).select_related("source", "artifact")
    rows, following = NEWEST.page(found, asked)
    return {"items": [run_object(row) for row in rows], "next_cursor": following}


@router.get(
    "/runs/{int:number}", response=schemas.Run, operation_id="get_run", url_name="get_run", summary="One run"
)
@needs(Permission.SEE)
def get_run(request: HttpRequest, number: int) -> Object:
    """One run, by its number."""
    return run_object(run_numbered(number))


class LogAsked(Schema):
    """From where on a log is wanted."""

    after: int = Field(0, ge=0, description="Only lines after the one with this number.", examples=[9071])


@router.get("/runs/{int:number}/log", response=schemas.Log, operation_id="get_log", summary="What a run said")
@needs(Permission.SEE)
def get_log(request: HttpRequest, number: int, asked: Query[LogAsked]) -> Object:
    """The log of a run, also while it goes: `complete` says whether to ask again, `after` for what is new."""
    only_known(request, LogAsked)
    run = run_numbered(number)
    complete = runlog.is_written(run, now=timezone.now())
    lines = runlog.lines_of(run, after=asked.after)
    return {"run": run.pk, "items": [line_object(line) for line in lines], "complete": complete}


@router.get(
    "/runs/{int:number}/file",
    operation_id="get_file",
    summary="The file that a run read",
    openapi_extra={"responses": {200: {"description": "Its bytes as they came.", "content": OCTETS}}},
)
@needs(Permission.SEE)
def get_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """What the agency published, byte by byte; whichever name it had, it is to keep and never to open."""
    artifact = run_numbered(number).artifact
    if artifact is None:
        raise LookupError(f"run {number} kept no file")
    return download(request, artifact.pk)


class Cancel(Schema):
    """Why a run is cancelled."""

    reason: str = Field(
        default="",
        max_length=200,
        description="Stands on the run's record, after who asked.",
        examples=["the agency moves its site"],
    )


FOR_NO_REASON = Cancel()


@router.post(
    "/runs/{int:number}/cancel", response=schemas.Run, operation_id="cancel_run", summary="Cancel a run"
)
@needs(Permission.RUN_SOURCES)
def cancel_run(request: HttpRequest, number: int, wanted: Cancel = FOR_NO_REASON) -> Object:
    """End a run that waits or is in progress; whatever it was about to write is not written.

    Its worker is free again within seconds. A run that has ended already is left as it is (409).
    """
    run = run_numbered(number)
    cancel_now(run, reason=wanted.reason, by=request.user.get_username())
    return run_object(run_numbered(number))
