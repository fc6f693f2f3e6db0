"""The operation that counts what a question finds: how many on each shelf, and by each value of each filter."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from prospect_aggregate.prospects.facets import Facet, facets
from prospect_aggregate.prospects.filters import OUTLOOKS
from prospect_aggregate.prospects.found import found
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.questions import Narrowed
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["prospects"])
Object = dict[str, Any]


class FacetCounts(Schema):
    """One filter, counted without itself, so that its other values can be chosen."""

    filter: str = shown("Its name.", "set_aside")
    counts: dict[str, int] = shown("Value → how many it shows; of codes also their beginnings.", {"SBA": 412})
    unknown: int = shown("Of how many it cannot be told.", 214)


class Counted(Schema):
    """How many prospects answer a question."""

    count: int = shown("On the shelves asked for; on all of them where none is.", 593)
    shelves: dict[str, int] = shown(
        "Shelf → how many, whichever was asked.", {"upcoming": 593, "passed": 311}
    )
    facets: list[FacetCounts] = Field(description="In the order of the page.")


@router.get("/facets", response=Counted, operation_id="count_prospects", summary="Count what is found")
@needs(Permission.SEE)
def count_prospects(request: HttpRequest, asked: Query[Narrowed]) -> Object:
    """The filters of the search, counted: the numbers beside the list, without a row of it."""
    only_known(request, Narrowed)
    filters, day = asked.filters(), asked.as_of or timezone.now().date()
    shelves = dict.fromkeys(OUTLOOKS, 0) | dict(found(filters.without("outlook"), day=day).shelves)
    wanted = filters.outlook or OUTLOOKS
    return {
        "count": sum(shelves[shelf] for shelf in wanted),
        "shelves": shelves,
        "facets": [_facet(each) for each in facets(filters, day=day)],
    }


def _facet(facet: Facet) -> Object:
    return {"filter": facet.name, "counts": facet.counts, "unknown": facet.unknown}
