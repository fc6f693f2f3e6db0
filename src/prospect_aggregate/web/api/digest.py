"""Operations on the asker's digest: when it comes, and which of their searches are in it."""

from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.digests.choosing import choose, digest_object
from prospect_aggregate.web.digests.when import When
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["searches"])
Object = dict[str, Any]
Every = Literal["off", "daily", "weekly"]
SLOT = "2026-05-25T11:00:00+00:00"


class Digest(Schema):
    """When you are mailed what changed of all that you follow."""

    person: str = shown("Whose it is.", "ana")
    every: Every = shown("How often.", "weekly")
    weekday: int = shown("Where it is weekly: 0 is Monday.", 0)
    hour: int = shown("By the clocks of the zone.", 7)
    zone: str = shown("Name of a time zone.", "America/New_York")
    email: str | None = shown("Where it goes; null: nowhere.", "ana@example.com")
    next_at: datetime | None = shown("When the next one is due; null where it is off.", SLOT)
    sent_at: datetime | None = shown("When the last one went out.", SLOT)
    sent_count: int | None = shown("How many changes it told.", 12)
    tries: int = shown("Of one that is under way.", 0)
    try_at: datetime | None = shown("When that one is tried again.", SLOT)
    error: str | None = shown("Why it has not gone out.", "the mail server says: timed out")
    searches: list[str] = shown("Saved searches of which it tells.", ["Cyber"])


class Chosen(Schema):
    """When it is to come."""

    model_config = ConfigDict(extra="forbid")

    every: Every = shown("How often; off ends it.", "weekly")
    weekday: int = Field(0, ge=0, le=6, description="Where it is weekly: 0 is Monday.", examples=[0])
    hour: int = Field(7, ge=0, le=23, description="By the clocks of the zone.", examples=[7])
    zone: str = Field("UTC", max_length=64, description="Name of a zone.", examples=["America/New_York"])


@router.get("/digest", response=Digest, operation_id="get_digest", summary="Your digest")
@needs(Permission.SEE)
def get_digest(request: HttpRequest) -> Object:
    """When it comes, and how the last one went."""
    return digest_object(cast("Person", request.user))


@router.put("/digest", response=Digest, operation_id="choose_digest", summary="Choose your digest")
@needs(Permission.KEEP_ONES_OWN)
def choose_digest(request: HttpRequest, wanted: Chosen) -> Object:
    """One that was off begins with what comes from now on."""
    person = cast("Person", request.user)
    choose(person, When(**wanted.dict()), now=timezone.now())
    return digest_object(person)
