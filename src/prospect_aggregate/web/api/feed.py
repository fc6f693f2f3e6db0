"""Operations on what the asker has not seen: the groups of the page Changes, the mark, and its undoing."""

from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.prospects.consequence import Group
from prospect_aggregate.prospects.cuts import LONGEST, Cut
from prospect_aggregate.prospects.feed import Narrow
from prospect_aggregate.prospects.objects import change_object
from prospect_aggregate.web import seen
from prospect_aggregate.web.api.lookups import known_source, one_of
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.prospect_schemas import Change
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.decided import since_decided
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_page import ShownLine, ShownSection, page_of
from prospect_aggregate.web.models import Person, Seen
from prospect_aggregate.web.permissions import Permission
from prospect_aggregate.web.scopes import scopes_for

router = Router(tags=["prospects"])
Object = dict[str, Any]
Named = Literal[
    "needs_a_look", "new", "moved_later", "moved_earlier", "value", "left", "back_again", "small_edits"
]
CUT = "1093-412"


class FeedLine(Schema):
    """What one edition did to one prospect; or a sentence that stands for many: a revision, a replaced list."""

    line: int = shown("Ask with it for all changes of this line.", 1093)
    sentence: str | None = shown(
        "What a line says that stands for many.",
        "USCG/SFLC moved 14 award dates by one quarter later, one revision",
    )
    count: int = shown("How many changes it stands for.", 14)
    decided: str | None = shown(
        "Where it is of what a decision of the team's hangs on, and differs since.",
        "since you decided Go on 18 May 2026",
    )
    changes: list[Change] = Field(description="They, or the first ten where they are many.")


class FeedGroup(Schema):
    """A group, in the order of consequence."""

    group: Named = shown("Its name.", "moved_later")
    note: str | None = shown("What there is to say of all of it.", "median of these +63 d")
    count: int = shown("Changes in it.", 11)
    lines: list[FeedLine] = Field(description="The newest edition first; none of small edits until asked.")
    more: int = shown("Lines that are not among these; those of small edits are counted when asked for.", 0)


class Unseen(Schema):
    """What changed since the asker marked seen; in the last 14 days where they never did."""

    since: datetime = shown("When they marked seen, or where the 14 days begin.", "2026-05-22T16:10:00+00:00")
    mark: int | None = shown("Number of that mark; null where there is none.", 12)
    cut: str = shown("What to send to mark exactly this as seen.", CUT)
    count: int = shown("Changes above the small edits.", 41)
    page: int = shown("Of a group or a line.", 1)
    pages: int = shown("How many it has.", 1)
    groups: list[FeedGroup] = Field(description="Those that hold anything, the gravest first.")


class Mark(Schema):
    """Up to where the asker has seen."""

    id: int = shown("Its number.", 12)
    at: datetime = shown("When.", "2026-05-22T16:10:00+00:00")
    cut: str = shown("Up to what.", CUT)
    undone_at: datetime | None = shown("When it was taken back.", "2026-05-22T16:10:09+00:00")


class UnseenAsked(Schema):
    """What the groups can be asked."""

    source: str | None = Field(None, description="Key or name of a source.", examples=["dhs"])
    office: str | None = Field(
        None, description="Part of the name of an office or agency.", examples=["USCG"]
    )
    scope: str | None = Field(None, description="Whose changes; all without it.", examples=["all"])
    group: str | None = Field(None, description="One group, 150 lines a page.", examples=["new"])
    line: int | None = Field(None, description="One line, 150 changes a page.", examples=[1093])
    page: int = Field(1, ge=1, le=10**6, description="Of the group or line.", examples=[1])


class UpTo(Schema):
    """What was seen."""

    model_config = ConfigDict(extra="forbid")

    cut: str = Field(max_length=LONGEST, description="`cut` of the groups that were read.", examples=[CUT])


@router.get("/changes/unseen", response=Unseen, operation_id="list_unseen", summary="Changes not seen yet")
@needs(Permission.SEE)
def list_unseen(request: HttpRequest, asked: Query[UnseenAsked]) -> Object:
    """The groups of the page Changes. Asking marks nothing as seen."""
    only_known(request, UnseenAsked)
    person = cast("Person", request.user)
    unseen = seen.Unseen.by(person, now=timezone.now())
    scopes = scopes_for(person, unseen.condition, day=unseen.now.date())
    one_of("scope", asked.scope, scopes)
    one_of("group", asked.group, list(Group))
    ask = _ask(asked)
    narrow = Narrow(source=ask.source, office=ask.office, prospects=scopes[ask.scope].condition)
    feed = unseen.feed(narrow, whole=ask.reads_small_edits)
    page = page_of(feed, ask)
    return {
        "since": unseen.since,
        "mark": unseen.mark.pk if unseen.mark else None,
        "cut": str(unseen.cut),
        "count": feed.count,
        "page": page.page,
        "pages": page.pages,
        "groups": [_group(section) for section in page.sections],
    }


def _ask(asked: UnseenAsked) -> FeedAsk:
    return FeedAsk(
        scope=asked.scope or "all",
        source=known_source(asked.source) or "",
        office=asked.office or "",
        group=Group(asked.group) if asked.group else None,
        line=asked.line,
        page=asked.page,
    )


def _group(section: ShownSection) -> Object:
    return {
        "group": section.group,
        "note": section.note or None,
        "count": section.count,
        "lines": [_line(line) for line in section.lines],
        "more": section.rest,
    }


def _line(line: ShownLine) -> Object:
    return {
        "line": line.ask.line,
        "sentence": line.sentence or None,
        "count": line.count,
        "decided": next(filter(None, map(since_decided, line.changes)), None),
        "changes": [change_object(change) for change in line.changes],
    }


@router.post("/changes/seen", response=Mark, operation_id="mark_seen", summary="Mark changes as seen")
@needs(Permission.KEEP_ONES_OWN)
def mark_seen(request: HttpRequest, upto: UpTo) -> Object:
    """Up to a cut, as the groups gave it: what came in since they were read is not marked."""
    return _mark(seen.mark_seen(cast("Person", request.user), Cut.read(upto.cut), now=timezone.now()))


@router.post(
    "/changes/seen/{int:number}/undo", response=Mark, operation_id="undo_seen", summary="Undo a mark"
)
@needs(Permission.KEEP_ONES_OWN)
def undo_seen(request: HttpRequest, number: int) -> Object:
    """The mark before it counts again. Only your last one can be undone (else 409)."""
    return _mark(seen.undo(cast("Person", request.user), number, now=timezone.now()))


def _mark(mark: Seen) -> Object:
    return {"id": mark.pk, "at": mark.at, "cut": str(mark.cut), "undone_at": mark.undone_at}
