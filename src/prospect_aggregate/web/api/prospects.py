"""Operations of the analyst: prospects and what changed in them."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import TypeAdapter

from prospect_aggregate.prospects import search
from prospect_aggregate.prospects.ledger import PARTS
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.prospects.objects import change_object, prospect_object
from prospect_aggregate.web.api import prospect_schemas as schemas
from prospect_aggregate.web.api.lookups import known_source, one_of, prospect_of
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.questions import ChangesAsked, OneAsked, ProspectsAsked
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["prospects"])
Object = dict[str, Any]

BY_DATE: Keyset[Prospect] = Keyset(
    ("anchor", "source__key", "native_id"),
    TypeAdapter(tuple[date, date | None, str, str]),  # the day it was asked on, then a row's place
    nullable=frozenset({"anchor"}),
)
NEWEST: Keyset[Change] = Keyset(("at", "pk"), TypeAdapter(tuple[datetime, int]), descending=True)


@router.get(
    "/prospects", response=schemas.ProspectPage, operation_id="list_prospects", summary="Look for prospects"
)
@needs(Permission.SEE)
def list_prospects(request: HttpRequest, asked: Query[ProspectsAsked]) -> Object:
    """Prospects that match every filter; those whose decisive date comes first stand first.

    A cursor keeps the day on which its first page was asked, so that a listing does not change shelves at midnight.
    """
    only_known(request, ProspectsAsked)
    day = _day(asked)
    rows, following = BY_DATE.page(search.search(asked.filters(), day=day), asked, added=[day])
    return {"items": [prospect_object(row, day=day) for row in rows], "next_cursor": following}


def _day(asked: ProspectsAsked) -> date:
    first: date | None = BY_DATE.read(asked.cursor)[0] if asked.cursor else None
    return asked.as_of or first or timezone.now().date()


@router.get(
    "/prospects/{path:key}/changes",
    response=schemas.ChangePage,
    operation_id="list_changes_of_prospect",
    summary="What changed in one prospect",
)
@needs(Permission.SEE)
def list_changes_of_prospect(request: HttpRequest, key: str, asked: Query[Paged]) -> Object:
    """Every change seen in it, newest first."""
    only_known(request, Paged)
    prospect = prospect_of(key, day=timezone.now().date())
    return _changes(Change.objects.filter(prospect=prospect).select_related("prospect__source"), asked)


@router.get(
    "/prospects/{path:key}", response=schemas.Prospect, operation_id="get_prospect", summary="One prospect"
)
@needs(Permission.SEE)
def get_prospect(request: HttpRequest, key: str, asked: Query[OneAsked]) -> Object:
    """One prospect, whole, by its key (`dhs:F2026073831`), or by its number alone where one source only has it."""
    only_known(request, OneAsked)
    day = asked.as_of or timezone.now().date()
    return prospect_object(prospect_of(key, day=day), day=day)


@router.get(
    "/changes", response=schemas.ChangePage, operation_id="list_changes", summary="What editions changed"
)
@needs(Permission.SEE)
def list_changes(request: HttpRequest, asked: Query[ChangesAsked]) -> Object:
    """Changes, newest first, narrowed down by whatever is asked."""
    only_known(request, ChangesAsked)
    one_of("kind", asked.kind, Change.Kind.values)
    one_of("field", asked.field, PARTS)
    source = known_source(asked.source)
    found = search.changes_of(
        source=source, key=asked.key, kind=asked.kind, field=asked.field, since=asked.since
    )
    return _changes(found, asked)


def _changes(found: QuerySet[Change], asked: Paged) -> Object:
    rows, following = NEWEST.page(found, asked)
    return {"items": [change_object(row) for row in rows], "next_cursor": following}
