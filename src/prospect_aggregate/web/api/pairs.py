"""Operations on likely pairs: those that wait for a person, and a person's word on one."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, TypeAdapter

from prospect_aggregate.prospects import pairs
from prospect_aggregate.prospects.models import Pair
from prospect_aggregate.prospects.pair_words import pair_object
from prospect_aggregate.web.api.lookups import known_source
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["pairs"])
Object = dict[str, Any]
Text = str | None
Verdict = Literal["same", "different"]

NEWEST: Keyset[Pair] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)


class LikelyPair(Schema):
    """Two prospects of one source that may be one purchase; nothing is merged by itself."""

    id: int = shown("Its number.", 7)
    source: str = shown("Key of the source.", "state")
    kind: Literal["renamed", "twin"] = shown(
        "renamed: the older one left when the newer one came; twin: both are listed, by two layouts.",
        "renamed",
    )
    older: str = shown("Key of the one known before.", "state:3fa2c81b9d04")
    older_title: Text = shown("Its title.", "Guard services")
    older_state: str = shown("listed, missing, expired or withdrawn.", "missing")
    newer: str = shown("Key of the one that came.", "state:77b0c1d2e3f4")
    newer_title: Text = shown("Its title.", "Guard Services (re-compete)")
    newer_state: str = shown("listed, missing, expired or withdrawn.", "listed")
    title_alike: int = shown("How alike the titles are, of 100.", 86)
    agree: list[str] = shown("Facts that agree beside office and four digits of NAICS.", ["value", "place"])
    differ: list[str] = shown("Facts that differ.", ["award"])
    evidence: str = shown("The same in words.", "titles 86 % alike, same office and NAICS 5616; value agrees")
    suggested_at: datetime = shown("When the edition was observed.", "2026-05-18T06:00:00+00:00")
    run: int = shown("The run that suggested it.", 412)
    verdict: Verdict | None = shown("What a person said; null while nobody did.", "same")
    shown_with: Text = shown(
        "Key of the one that the other is shown with, while they are called one.", "state:77b0c1d2e3f4"
    )
    by: Text = shown("Who said it.", "ana")
    at: datetime | None = shown("When.", "2026-05-19T09:30:00+00:00")
    note: Text = shown("Why.", "the same contract ends")


class PairPage(Schema):
    """One page of pairs."""

    items: list[LikelyPair] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class PairsAsked(Paged):
    """What the listing can be asked."""

    source: str | None = Field(None, description="Key or name of a source.", examples=["state"])
    decided: bool = Field(
        default=False, description="Those that a person decided, instead of those that wait.", examples=[True]
    )


class Said(Schema):
    """A person's word on a pair."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict = shown("Whether they are one purchase.", "same")
    note: str = Field("", description="Why, for whoever comes after.", examples=["the same contract ends"])


@router.get("/pairs", response=PairPage, operation_id="list_pairs", summary="Likely pairs")
@needs(Permission.SEE)
def list_pairs(request: HttpRequest, asked: Query[PairsAsked]) -> Object:
    """Pairs that wait for a person, or those that a person decided, newest first."""
    only_known(request, PairsAsked)
    found = Pair.objects.exclude(verdict=None) if asked.decided else Pair.objects.waiting()
    if source := known_source(asked.source):
        found = found.filter(newer__source__key=source)
    rows, following = NEWEST.page(found.with_both(), asked)
    return {"items": [pair_object(row) for row in rows], "next_cursor": following}


@router.post("/pairs/{int:number}", response=LikelyPair, operation_id="decide_pair", summary="One or two")
@needs(Permission.DECIDE_ON_PROSPECTS)
def decide_pair(request: HttpRequest, number: int, said: Said) -> Object:
    """Say that the two are the same purchase, or different ones; saying otherwise later takes it back.

    The same: the newer one goes on with the older one's history, or one of two copies is shown with the other. Nothing
    is deleted. It is refused (409) while another pair says otherwise.
    """
    pair = Pair.objects.with_both().filter(pk=number).first()
    if pair is None:
        raise LookupError(f"no pair {number}; `GET /pairs` lists them")
    by = request.user.get_username()
    return pair_object(
        pairs.decide(pair, Pair.Verdict(said.verdict), by=by, note=said.note, now=timezone.now())
    )
