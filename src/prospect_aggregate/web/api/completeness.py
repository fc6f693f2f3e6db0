"""Operations on how complete the picture is: the quality of a source, the coverage of the government."""

# ruff: noqa: ARG001  # an operation takes its request

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from prospect_aggregate.collection.coverage import coverage_object, statement, summary
from prospect_aggregate.prospects.objects import quality_object
from prospect_aggregate.prospects.quality import quality_of
from prospect_aggregate.web.api import completeness_schemas as schemas
from prospect_aggregate.web.api.lookups import source_named
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.permissions import Permission
from prospect_aggregate.web.states import health_by_key

router = Router(tags=["completeness"])
Object = dict[str, Any]


@router.get(
    "/sources/{key}/quality",
    response=schemas.SourceQuality,
    operation_id="get_quality",
    summary="What of a source is read",
)
@needs(Permission.SEE)
def get_quality(request: HttpRequest, key: str) -> Object:
    """Field by field, how much of what a source publishes is read, and what is not."""
    source = source_named(key)
    fields = quality_of(source)
    return {
        "source": source.key,
        "listed": fields[0].listed,
        "list_seen_at": source.last_good_at,
        "items": [quality_object(source.key, field) for field in fields],
    }


@router.get(
    "/coverage",
    response=schemas.CoverageStatement,
    operation_id="get_coverage",
    summary="Which agencies are covered",
)
@needs(Permission.SEE)
def get_coverage(request: HttpRequest) -> Object:
    """Every agency: covered by which source and how that is now, by hand, blocked, none published, or not checked."""
    health = health_by_key(now=timezone.now())
    items = [coverage_object(entry, health) for entry in statement()]
    return {"summary": summary(statement(), health), "items": items}
