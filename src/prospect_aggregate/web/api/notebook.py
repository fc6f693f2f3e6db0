"""Operations on what people keep beside prospects: watches, tags, notes, decisions."""

from datetime import date, datetime
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, TypeAdapter

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.api.lookups import prospect_of
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.company_words import decision_object, note_object
from prospect_aggregate.web.decided import decide, moved_since
from prospect_aggregate.web.models import Decision, Note, Person, Tag, Watch
from prospect_aggregate.web.models.notes import NotYoursError
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["notebook"])
Object = dict[str, Any]
NEWEST: Keyset[Watch] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)
NOT_YOURS = "it is gone already, or not yours"


class Watched(Schema):
    """A prospect that you watch."""

    key: str = shown("The prospect.", "dhs:F2026073831")
    at: datetime = shown("Since when.", "2026-05-18T06:00:00+00:00")


class WatchPage(Schema):
    """One page of what you watch."""

    items: list[Watched] = Field(description="The latest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class Watching(Schema):
    """Whether you watch a prospect."""

    watching: bool = shown("Whether you do.", example=True)


class Tags(Schema):
    """The team's tags on a prospect, all of them."""

    model_config = ConfigDict(extra="forbid")

    tags: list[str] = shown("In lower case, each once.", ["cloud", "partner needed"])


class Written(Schema):
    """The text of a note."""

    model_config = ConfigDict(extra="forbid")

    text: str = shown("1 to 5,000 letters.", "Spoke with the contracting officer.")


class KeptNote(Schema):
    """What somebody of the team noted."""

    id: int = shown("Its number.", 7)
    key: str = shown("The prospect.", "dhs:F2026073831")
    text: str = shown("The note.", "Spoke with the contracting officer.")
    by: str = shown("Who wrote it.", "ana")
    at: datetime = shown("When.", "2026-05-18T06:00:00+00:00")
    edited_at: datetime | None = shown("When it was last changed.", "2026-05-18T07:00:00+00:00")


class NoteList(Schema):
    """The notes on a prospect."""

    items: list[KeptNote] = Field(description="The latest first.")


class Said(Schema):
    """A decision on a prospect."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["go", "no_go", "undecided"] = shown("Whether the team goes for it.", "go")
    reason: str = shown("Why.", "we hold the vehicle")


class FieldMoved(Schema):
    """A field that reads otherwise than when it was decided."""

    field: str = shown("Which.", "set_aside")
    old: str = shown("As it stood then.", "SB")
    new: str = shown("As it stands.", "8(a)")


class KeptDecision(Schema):
    """What the team decided, and how the prospect stood then."""

    id: int = shown("Its number.", 7)
    key: str = shown("The prospect.", "dhs:F2026073831")
    verdict: Literal["go", "no_go", "undecided"] = shown("Whether the team goes for it.", "go")
    reason: str = shown("Why.", "we hold the vehicle")
    by: str = shown("Who decided.", "ana")
    at: datetime = shown("When.", "2026-05-18T06:00:00+00:00")
    kept: dict[str, str | None] = shown("Watched fields as they stood.", {"set_aside": "SBA"})
    moved: list[FieldMoved] = Field(description="What has moved since.")


class DecisionList(Schema):
    """The decisions on a prospect."""

    items: list[KeptDecision] = Field(description="The latest first, which is what holds.")


@router.get("/watched", response=WatchPage, operation_id="list_watched", summary="What you watch")
@needs(Permission.KEEP_ONES_OWN)
def list_watched(request: HttpRequest, asked: Query[Paged]) -> Object:
    """Your own, the latest first."""
    only_known(request, Paged)
    rows, following = NEWEST.page(
        Watch.objects.of(_person(request)).select_related("prospect__source"), asked
    )
    return {"items": [{"key": row.prospect.key, "at": row.at} for row in rows], "next_cursor": following}


@router.put("/prospects/{path:key}/watch", response=Watching, operation_id="watch", summary="Watch")
@needs(Permission.KEEP_ONES_OWN)
def watch(request: HttpRequest, key: str) -> Object:
    """Keep an eye on a prospect; doing it twice changes nothing."""
    Watch.objects.set(_person(request), _prospect(key), on=True, now=timezone.now())
    return {"watching": True}


@router.delete("/prospects/{path:key}/watch", response=Watching, operation_id="unwatch", summary="Unwatch")
@needs(Permission.KEEP_ONES_OWN)
def unwatch(request: HttpRequest, key: str) -> Object:
    """Watch it no more."""
    Watch.objects.set(_person(request), _prospect(key), on=False, now=timezone.now())
    return {"watching": False}


@router.get("/prospects/{path:key}/tags", response=Tags, operation_id="list_tags", summary="Its tags")
@needs(Permission.SEE)
def list_tags(request: HttpRequest, key: str) -> Object:  # noqa: ARG001
    """The team's tags on a prospect."""
    return _tags(_prospect(key))


@router.put("/prospects/{path:key}/tags", response=Tags, operation_id="set_tags", summary="Set its tags")
@needs(Permission.DECIDE_ON_PROSPECTS)
def set_tags(request: HttpRequest, key: str, wanted: Tags) -> Object:
    """These and no others; who gave a tag that stays remains known."""
    prospect, now = _prospect(key), timezone.now()
    kept = [Tag.objects.add(prospect, name, by=_person(request), now=now) for name in wanted.tags]
    for tag in Tag.objects.on(prospect).exclude(name__in=kept):
        Tag.objects.take_off(prospect, tag.name)
    return _tags(prospect)


@router.get("/prospects/{path:key}/notes", response=NoteList, operation_id="list_notes", summary="Its notes")
@needs(Permission.SEE)
def list_notes(request: HttpRequest, key: str) -> Object:  # noqa: ARG001
    """The team's notes on a prospect, the latest first."""
    found = Note.objects.on(_prospect(key)).select_related("prospect__source", "by")
    return {"items": [note_object(note) for note in found]}


@router.post(
    "/prospects/{path:key}/notes", response=KeptNote, operation_id="write_note", summary="Note something"
)
@needs(Permission.DECIDE_ON_PROSPECTS)
def write_note(request: HttpRequest, key: str, written: Written) -> Object:
    """For the team to read."""
    note = Note.objects.write(_prospect(key), written.text, by=_person(request), now=timezone.now())
    return note_object(note)


@router.put("/notes/{int:number}", response=KeptNote, operation_id="edit_note", summary="Change a note")
@needs(Permission.DECIDE_ON_PROSPECTS)
def edit_note(request: HttpRequest, number: int, written: Written) -> Object:
    """Your own; another's is refused (409)."""
    note = _note(number)
    if not Note.objects.own(number, _person(request)).rewrite(written.text, now=timezone.now()):
        raise NotYoursError(NOT_YOURS)
    note.refresh_from_db()
    return note_object(note)


@router.delete("/notes/{int:number}", response=KeptNote, operation_id="delete_note", summary="Delete a note")
@needs(Permission.DECIDE_ON_PROSPECTS)
def delete_note(request: HttpRequest, number: int) -> Object:
    """Your own; another's is refused (409). The answer is the note as it was."""
    note = _note(number)
    if not Note.objects.own(number, _person(request)).standing().delete_softly(now=timezone.now()):
        raise NotYoursError(NOT_YOURS)
    return note_object(note)


@router.get(
    "/prospects/{path:key}/decisions", response=DecisionList, operation_id="list_decisions",
    summary="Its decisions",
)  # fmt: skip
@needs(Permission.SEE)
def list_decisions(request: HttpRequest, key: str) -> Object:  # noqa: ARG001
    """The latest first, which is what holds; each with what has moved since."""
    prospect = _prospect(key)
    found = Decision.objects.on(prospect).select_related("prospect__source", "by")
    return {"items": [_decision(decision, prospect) for decision in found]}


@router.post(
    "/prospects/{path:key}/decisions", response=KeptDecision, operation_id="decide", summary="Go or no-go"
)
@needs(Permission.DECIDE_ON_PROSPECTS)
def decide_on(request: HttpRequest, key: str, said: Said) -> Object:
    """It replaces the one before, which stays on record, and remembers the prospect as it stands now."""
    prospect = _prospect(key)
    made = decide(prospect, said.verdict, said.reason, by=_person(request), now=timezone.now())
    return _decision(made, prospect)


@router.delete(
    "/decisions/{int:number}", response=KeptDecision, operation_id="take_back_decision",
    summary="Take a decision back",
)  # fmt: skip
@needs(Permission.DECIDE_ON_PROSPECTS)
def take_back_decision(request: HttpRequest, number: int) -> Object:
    """Your own; another's is refused (409). The one before it holds again."""
    found = Decision.objects.select_related("prospect__source", "by").filter(pk=number).first()
    if found is None:
        raise LookupError(f"no decision {number}; `GET /prospects/KEY/decisions` lists them")
    if not Decision.objects.take_back(number, by=_person(request), now=timezone.now()):
        raise NotYoursError(NOT_YOURS)
    return _decision(found, found.prospect)


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _today() -> date:
    return timezone.now().date()


def _prospect(key: str) -> Prospect:
    return prospect_of(key, day=_today())


def _note(number: int) -> Note:
    found = Note.objects.standing().select_related("prospect__source", "by").filter(pk=number).first()
    if found is None:
        raise LookupError(f"no note {number}; `GET /prospects/KEY/notes` lists them")
    return found


def _tags(prospect: Prospect) -> Object:
    return {"tags": list(Tag.objects.on(prospect).values_list("name", flat=True))}


def _decision(decision: Decision, prospect: Prospect) -> Object:
    return decision_object(decision, moved_since(decision, prospect, day=_today()))
