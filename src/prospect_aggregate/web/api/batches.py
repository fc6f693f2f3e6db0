"""Operations on batches: every source asked for at once, and what came of it."""

# ruff: noqa: ARG001  # an operation takes its request

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status
from pydantic import TypeAdapter

from prospect_aggregate.collection.batches import standing_of, standings
from prospect_aggregate.collection.models import Batch
from prospect_aggregate.collection.objects import batch_object
from prospect_aggregate.web.acts import collect_all
from prospect_aggregate.web.api import collection_schemas as schemas
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.sources import AS_USUAL, Collect
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["batches"])
Object = dict[str, Any]

NEWEST: Keyset[Batch] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)


@router.get("/batches", response=schemas.BatchPage, operation_id="list_batches", summary="Batches")
@needs(Permission.SEE_ENGINE)
def list_batches(request: HttpRequest, asked: Query[Paged]) -> Object:
    """Batches, newest first: how far each is, and what it came to."""
    only_known(request, Paged)
    rows, following = NEWEST.page(Batch.objects.all(), asked)
    return {"items": [batch_object(standing) for standing in standings(rows)], "next_cursor": following}


@router.get(
    "/batches/{int:number}",
    response=schemas.Batch,
    operation_id="get_batch",
    url_name="get_batch",
    summary="One batch",
)
@needs(Permission.SEE_ENGINE)
def get_batch(request: HttpRequest, number: int) -> Object:
    """One batch, by its number; ask again while its outcome is `in progress`."""
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        newest = Batch.objects.first()
        raise LookupError(
            f"no batch {number}; " + (f"the newest is {newest.pk}" if newest else "there are none yet")
        )
    return batch_object(standing_of(batch))


@router.post(
    "/batches", response={202: schemas.Batch}, operation_id="collect_all", summary="Collect every source"
)
@needs(Permission.RUN_SOURCES)
def collect_every_source(
    request: HttpRequest, response: HttpResponse, wanted: Collect = AS_USUAL
) -> Status[Object]:
    """Ask for a run of every source at once; Location names where the progress of the batch is read."""
    batch = collect_all(by=request.user.get_username(), force=wanted.force)
    response["Location"] = reverse("api:get_batch", args=[batch.pk])
    return Status(202, batch_object(standing_of(batch)))
