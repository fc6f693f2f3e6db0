"""Operations on saved searches."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.models import Person, SavedSearch
from prospect_aggregate.web.permissions import Permission
from prospect_aggregate.web.views.saved import query_of, standing_of

router = Router(tags=["searches"])
Object = dict[str, Any]


class Search(Schema):
    """One of your saved searches, and what it finds now."""

    id: int = shown("Its number.", 7)
    name: str = shown("Its name.", "Cyber")
    query: str = shown("What stands in the address of the list after `?`.", "q=cyber&fit=possible")
    count: int = shown("How many it finds.", 6)
    new: int = shown("How many of them were first seen since it was marked seen.", 2)
    digest: bool = Field(description="Whether your digest tells of it.", examples=[True])
    seen_at: datetime = shown("When it was marked seen.", "2026-05-18T06:00:00+00:00")


class SearchList(Schema):
    """Your saved searches."""

    items: list[Search] = Field(description="By name.")


class NewSearch(Schema):
    """A search to keep."""

    model_config = ConfigDict(extra="forbid")

    name: str = shown("1 to 80 letters; the same name again is the same search.", "Cyber")
    query: str = shown("The address of a list after `?`.", "q=cyber&fit=possible")


class SearchSwitch(Schema):
    """What is to be otherwise with a search."""

    model_config = ConfigDict(extra="forbid")

    digest: bool = Field(description="Whether your digest tells of it.", examples=[False])


@router.get("/searches", response=SearchList, operation_id="list_searches", summary="Your saved searches")
@needs(Permission.KEEP_ONES_OWN)
def list_searches(request: HttpRequest) -> Object:
    """By name, each with what it finds now."""
    return {"items": [_object(kept) for kept in SavedSearch.objects.of(_person(request))]}


@router.post("/searches", response=Search, operation_id="save_search", summary="Save a search")
@needs(Permission.KEEP_ONES_OWN)
def save_search(request: HttpRequest, wanted: NewSearch) -> Object:
    """What makes no sense in its address is left out."""
    query, now = query_of(wanted.query), timezone.now()
    return _object(SavedSearch.objects.save_as(_person(request), wanted.name, query, now=now))


@router.post("/searches/{int:number}/seen", response=Search, operation_id="see_search", summary="Mark seen")
@needs(Permission.KEEP_ONES_OWN)
def see_search(request: HttpRequest, number: int) -> Object:
    """What it finds now is not new any more."""
    kept = _own(request, number)
    kept.mark_seen(now=timezone.now())
    return _object(kept)


@router.patch("/searches/{int:number}", response=Search, operation_id="edit_search", summary="Edit one")
@needs(Permission.KEEP_ONES_OWN)
def edit_search(request: HttpRequest, number: int, wanted: SearchSwitch) -> Object:
    """Put it in your digest, or leave it out."""
    kept = _own(request, number)
    kept.tell_by_digest(on=wanted.digest)
    return _object(kept)


@router.delete("/searches/{int:number}", response=Search, operation_id="delete_search", summary="Delete one")
@needs(Permission.KEEP_ONES_OWN)
def delete_search(request: HttpRequest, number: int) -> Object:
    """The answer is the search as it was."""
    kept = _own(request, number)
    answer = _object(kept)
    kept.forget()
    return answer


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _own(request: HttpRequest, number: int) -> SavedSearch:
    found = SavedSearch.objects.of(_person(request)).filter(pk=number).first()
    if found is None:
        raise LookupError(f"no saved search {number} of yours; `GET /searches` lists them")
    return found


def _object(kept: SavedSearch) -> Object:
    standing = standing_of(kept, day=timezone.now().date())
    return {
        "id": kept.pk,
        "name": kept.name,
        "query": kept.query,
        "count": standing.count,
        "new": standing.new,
        "digest": kept.digest,
        "seen_at": kept.seen_at,
    }
