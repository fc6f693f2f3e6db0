"""Operations on held editions: what they would do, letting them in, keeping them out, taking that back."""

# ruff: noqa: ARG001  # an operation takes its request

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from prospect_aggregate import review
from prospect_aggregate.collection import held
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.collection.objects import ruling_object
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.objects import held_object, lost_object, next_date
from prospect_aggregate.web import acts, evidence
from prospect_aggregate.web.api import review_schemas as schemas
from prospect_aggregate.web.api.lookups import run_numbered
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.problems import BadRequestError
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["reviews"])
Object = dict[str, Any]


@router.get("/reviews", response=schemas.ReviewList, operation_id="list_reviews", summary="Held editions")
@needs(Permission.SEE_ENGINE)
def list_reviews(request: HttpRequest) -> Object:
    """Editions that the gate holds for a person: why, what they would do, and who would leave.

    Only the newest of a source can be decided; an edition that was decided is not listed any more.
    """
    day = timezone.now().date()
    told: Object = {"items": [], "unreadable": []}
    for run in held.waiting():
        try:
            told["items"].append(_review(run, day=day))
        except review.UnreadableError as error:
            told["unreadable"].append(lost_object(run, str(error)))
    return told


@router.get(
    "/runs/{int:number}/review",
    response=schemas.Review,
    operation_id="get_review",
    summary="One held edition",
)
@needs(Permission.SEE_ENGINE)
def get_review(request: HttpRequest, number: int) -> Object:
    """What letting in the edition of this run would do, as long as it can be decided."""
    return _review(run_numbered(number), day=timezone.now().date())


def _review(run: Run, *, day: date) -> Object:
    return held_object(run, evidence.difference_of(run, day=day))


class LeavingAsked(Schema):
    """Which of them are wanted."""

    office: str = Field("", max_length=400, description="Of one office or bureau.", examples=["NOAA"])
    year: str = Field("", max_length=20, description="Of one fiscal year.", examples=["2024"])
    dated: Literal["", "passed", "open"] = Field(
        "", description="Whose decisive date has passed, or is open.", examples=["open"]
    )
    page: int = Field(
        1, ge=1, le=10**6, description="50 a page; beyond the last one it is the last.", examples=[1]
    )


@router.get(
    "/runs/{int:number}/review/leaving",
    response=schemas.LeavingPage,
    operation_id="list_leaving",
    summary="Who would leave",
)
@needs(Permission.SEE_ENGINE)
def list_leaving(request: HttpRequest, number: int, asked: Query[LeavingAsked]) -> Object:
    """Everybody who would leave the list if this edition were let in, those whose date is still ahead first."""
    only_known(request, LeavingAsked)
    run, day = run_numbered(number), timezone.now().date()
    part = evidence.Part(office=asked.office, year=asked.year, dated=asked.dated)
    would = evidence.difference_of(run, day=day)
    found = evidence.leaving(run, would, part, number=str(asked.page), day=day)
    return {
        "count": found.page.paginator.count,
        "page": found.page.number,
        "pages": found.page.paginator.num_pages,
        "items": [_leaver(each) for each in found.prospects],
    }


def _leaver(prospect: Prospect) -> Object:
    names = ("key", "title", "component", "office")
    return {name: getattr(prospect, name) for name in names} | next_date(prospect)


@router.post(
    "/runs/{int:number}/accept",
    response={202: schemas.Ruling},
    operation_id="accept_run",
    summary="Let a held edition in",
)
@needs(Permission.DECIDE_ON_EDITIONS)
def accept_run(
    request: HttpRequest, number: int, wanted: schemas.Accept, response: HttpResponse
) -> Status[Object]:
    """Ask for the run that lets it in; a worker takes it. Location names where its progress is read.

    Let in whole, it is a new beginning: later editions are judged against it.
    """
    if wanted.reason is None and not wanted.partial:
        raise BadRequestError("say reason with one of new_fiscal_year, clean_up, other, or partial")
    why = Ruling.Reason.PARTIAL_LIST if wanted.reason is None else Ruling.Reason(wanted.reason)
    by = request.user.get_username()
    ruling = acts.let_in(run_numbered(number), reason=why, note=wanted.note, by=by, partial=wanted.partial)
    if ruling.admitted:
        response["Location"] = reverse("api:get_run", args=[ruling.admitted.pk])
    return Status(202, ruling_object(ruling))


@router.post(
    "/runs/{int:number}/dismiss",
    response=schemas.Ruling,
    operation_id="dismiss_run",
    summary="Keep a held edition out",
)
@needs(Permission.DECIDE_ON_EDITIONS)
def dismiss_run(request: HttpRequest, number: int, wanted: schemas.Dismiss) -> Object:
    """The last good list stays; the source stays held until another edition passes."""
    by = request.user.get_username()
    ruling = review.keep_out(run_numbered(number), note=wanted.note, by=by, now=timezone.now())
    return ruling_object(ruling)


@router.post(
    "/runs/{int:number}/undo",
    response=schemas.Ruling,
    operation_id="undo_ruling",
    summary="Take a decision back",
)
@needs(Permission.DECIDE_ON_EDITIONS)
def undo_ruling(request: HttpRequest, number: int) -> Object:
    """As if nobody had decided about the edition of this run; possible until the next edition is let in."""
    ruling = held.last_ruling(run_numbered(number))
    review.take_back(ruling, by=request.user.get_username(), now=timezone.now())
    return ruling_object(ruling)
