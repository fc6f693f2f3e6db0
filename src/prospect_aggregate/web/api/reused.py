"""Operations on numbers that may stand for another requirement than before."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, TypeAdapter

from prospect_aggregate.prospects import reusing
from prospect_aggregate.prospects.models import Reuse
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["pairs"])
Object = dict[str, Any]
Verdict = Literal["same", "another"]
NEWEST: Keyset[Reuse] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)


class ReusedNumber(Schema):
    """A number whose title changed almost whole in one edition, and two facts with it."""

    id: int = shown("Its number here.", 3)
    key: str = shown("The prospect.", "dhs:F2026073831")
    before: str = shown("The title until then.", "Help desk support")
    after: str = shown("The title since.", "Paving of a parking lot")
    differ: list[str] = shown(
        "Facts that differ: naics, office, value, requirement_type.", ["naics", "value"]
    )
    at: datetime = shown("When the edition was observed.", "2026-06-04T06:00:00+00:00")
    run: int = shown("The run that brought it.", 412)
    verdict: Verdict | None = shown("What a person said; null while nobody did.", "another")
    by: str | None = shown("Who said it.", "ana")
    decided_at: datetime | None = shown("When.", "2026-06-05T09:30:00+00:00")


class ReusedPage(Schema):
    """One page of such numbers."""

    items: list[ReusedNumber] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class ReusedAsked(Paged):
    """What the listing can be asked."""

    decided: bool = Field(
        default=False, description="Those that a person decided, instead of those that wait.", examples=[True]
    )


class ReusedSaid(Schema):
    """A person's word."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict = shown("Whether the number still stands for the same requirement.", "another")


@router.get("/reused", response=ReusedPage, operation_id="list_reused", summary="Numbers used again")
@needs(Permission.SEE)
def list_reused(request: HttpRequest, asked: Query[ReusedAsked]) -> Object:
    """Numbers that may stand for another requirement since an edition; undecided, they are in no shift and no share."""
    only_known(request, ReusedAsked)
    found = Reuse.objects.exclude(verdict=None) if asked.decided else Reuse.objects.waiting()
    rows, following = NEWEST.page(found.with_prospect(), asked)
    return {"items": [_object(row) for row in rows], "next_cursor": following}


@router.post(
    "/reused/{int:number}", response=ReusedNumber, operation_id="decide_reused", summary="Same or another"
)
@needs(Permission.DECIDE_ON_PROSPECTS)
def decide_reused(request: HttpRequest, number: int, said: ReusedSaid) -> Object:
    """Say whether it is the same requirement or another one; saying otherwise later takes it back.

    The same: the history goes on, and the slip counts from its beginning. Another: history and slip begin anew there.
    """
    item = Reuse.objects.with_prospect().filter(pk=number).first()
    if item is None:
        raise LookupError(f"no number {number}; `GET /reused` lists them")
    by = request.user.get_username()
    return _object(reusing.decide(item, Reuse.Verdict(said.verdict), by=by, now=timezone.now()))


def _object(item: Reuse) -> Object:
    return {
        "id": item.pk,
        "key": item.prospect.key,
        "before": item.before,
        "after": item.after,
        "differ": item.differ,
        "at": item.at,
        "run": item.run_id,
        "verdict": item.verdict,
        "by": item.by or None,
        "decided_at": item.decided_at,
    }
