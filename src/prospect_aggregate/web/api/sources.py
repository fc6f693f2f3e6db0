"""Operations on sources: how they are, and having them collected or checked."""

# ruff: noqa: ARG001  # an operation takes its request

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.files import UploadedFile
from ninja.params.functions import File, Form
from pydantic import Field

from prospect_aggregate.collection import given
from prospect_aggregate.collection.objects import run_object, source_object, source_objects
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web.acts import check_now, collect_now, read_file
from prospect_aggregate.web.api import collection_schemas as schemas
from prospect_aggregate.web.api.lookups import source_named
from prospect_aggregate.web.api.session import FileSession, needs
from prospect_aggregate.web.api.types import Moment
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["sources"])
Object = dict[str, Any]


class Collect(Schema):
    """How a source is to be collected."""

    force: bool = Field(
        default=False, description="Read again even what is unchanged. Never past the gate.", examples=[False]
    )


AS_USUAL = Collect()
FILE = File(description="The file, as the agency's page gave it.")
OBSERVED_AT = Form(
    None,
    description="When it was downloaded, if not just now; later than the newest edition.",
    example="2026-05-25T06:00:00Z",
)


@router.get("/sources", response=schemas.SourceList, operation_id="list_sources", summary="Every source")
@needs(Permission.SEE)
def list_sources(request: HttpRequest) -> Object:
    """Every source: how it is, why, since when, and what comes next."""
    return {"items": source_objects(scraper_registry, now=timezone.now())}


@router.get("/sources/{key}", response=schemas.Source, operation_id="get_source", summary="One source")
@needs(Permission.SEE)
def get_source(request: HttpRequest, key: str) -> Object:
    """One source, by its key or name."""
    return source_object(source_named(key), now=timezone.now())


@router.post(
    "/sources/{key}/collect",
    response={202: schemas.Run},
    operation_id="collect_source",
    summary="Collect now",
)
@needs(Permission.RUN_SOURCES)
def collect_source(
    request: HttpRequest, key: str, response: HttpResponse, wanted: Collect = AS_USUAL
) -> Status[Object]:
    """Ask for a run; a worker takes it as soon as the source is free. Location names where its progress is read."""
    run = collect_now(key, force=wanted.force)
    response["Location"] = reverse("api:get_run", args=[run.pk])
    return Status(202, run_object(run))


@router.post(
    "/sources/{key}/upload",
    response={202: schemas.Uploaded},
    operation_id="upload_list",
    summary="Upload a list",
    auth=FileSession(),
)
@needs(Permission.RUN_SOURCES)
def upload_list(
    request: HttpRequest,
    key: str,
    response: HttpResponse,
    file: UploadedFile = FILE,
    observed_at: Moment | None = OBSERVED_AT,
) -> Status[Object]:
    """Give a list that a person downloaded: it goes the same way as one that is fetched, and counts for freshness.

    It is kept before anybody parses it; a run reads it. Location names where its progress is read. A list of an older
    edition is refused (409), and so is an empty file or one of more than 100 MB (422).
    """
    run = read_file(key, file, observed_at=observed_at)
    response["Location"] = reverse("api:get_run", args=[run.pk])
    before = given.same_before(run)
    kept = run.given
    return Status(202, {"run": run_object(run), "file": kept and kept.sha256, "size": kept and kept.size,
                        "same_as": before.pk if before else None})  # fmt: skip


@router.post(
    "/sources/{key}/check", response={202: schemas.Sent}, operation_id="check_source", summary="Check now"
)
@needs(Permission.RUN_SOURCES)
def check_source(request: HttpRequest, key: str) -> Status[Object]:
    """Have a worker look whether the source can be had. It fetches no list and changes no prospect."""
    task = check_now(key)
    return Status(202, {"source": getattr(task, "source_key", key), "task": task.name})
