"""Operations on people: who may come in, as what; and what they did."""

from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import Field, TypeAdapter

from prospect_aggregate.web import invitations, roster
from prospect_aggregate.web.api import people_schemas as schemas
from prospect_aggregate.web.api.lookups import one_of
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.problems import BadRequestError
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import Moment
from prospect_aggregate.web.audit import audit_object
from prospect_aggregate.web.models import AuditLine, Invitation, Person
from prospect_aggregate.web.permissions import Permission, Role

router = Router(tags=["people"])
Object = dict[str, Any]

NEWEST: Keyset[AuditLine] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)


@router.get("/people", response=schemas.PersonList, operation_id="list_people", summary="People")
@needs(Permission.SEE_PEOPLE)
def list_people(request: HttpRequest) -> Object:  # noqa: ARG001
    """Everybody who may come in or once might: role, sessions, and who waits after wrong passwords."""
    return {"items": roster.person_objects(Person.objects.order_by("username"), now=timezone.now())}


@router.patch("/people/{name}", response=schemas.Person, operation_id="edit_person", summary="Edit a person")
@needs(Permission.MANAGE_PEOPLE)
def edit_person(request: HttpRequest, name: str, wanted: schemas.PersonEdit) -> Object:  # noqa: ARG001
    """Give a role, switch off or on, end a wait after wrong passwords. The last administrator stays one (409)."""
    person = roster.person_named(name)
    roster.edit(person, role=Role(wanted.role) if wanted.role else None, active=wanted.active)
    if wanted.lift:
        roster.lift(person)
    return roster.person_objects([person], now=timezone.now())[0]


@router.delete(
    "/people/{name}/sessions", response=schemas.Ended, operation_id="end_sessions", summary="End sessions"
)
@needs(Permission.MANAGE_PEOPLE)
def end_sessions(request: HttpRequest, name: str) -> Object:
    """Sign somebody out everywhere; of your own, the one that asks stays."""
    person = roster.person_named(name)
    ended = roster.end_sessions(person, but=request.session.session_key)
    return {"name": person.get_username(), "ended": ended}


@router.post(
    "/invitations", response={202: schemas.Invited}, operation_id="invite_person", summary="Invite somebody"
)
@needs(Permission.MANAGE_PEOPLE)
def invite_person(request: HttpRequest, wanted: schemas.Invite, response: HttpResponse) -> Status[Object]:
    """Make a link by which somebody new comes in once, within a week, with that role. It is told only here."""
    _check_email(wanted.email)
    by, now = cast("Person", request.user), timezone.now()
    made, path = invitations.invite(Role(wanted.role), email=wanted.email, by=by, now=now)
    response["Cache-Control"] = "no-store"
    link = f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
    return Status(202, _invitation(made) | {"link": link, "mailed": invitations.mailed(made, path)})


@router.get(
    "/invitations",
    response=schemas.InvitationList,
    operation_id="list_invitations",
    summary="Open invitations",
)
@needs(Permission.SEE_PEOPLE)
def list_invitations(request: HttpRequest) -> Object:  # noqa: ARG001
    """Invitations that nobody has accepted yet, and whose week is not over."""
    waiting = Invitation.objects.open(timezone.now()).select_related("invited_by").order_by("-made_at", "-pk")
    return {"items": [_invitation(each) for each in waiting]}


@router.delete(
    "/invitations/{int:number}",
    response=schemas.Invitation,
    operation_id="take_back_invitation",
    summary="Take an invitation back",
)
@needs(Permission.MANAGE_PEOPLE)
def take_back_invitation(request: HttpRequest, number: int) -> Object:  # noqa: ARG001
    """Its link lets nobody in any more; the answer is the invitation as it was."""
    found = Invitation.objects.select_related("invited_by").filter(pk=number).first()
    if found is None:
        raise LookupError(f"no invitation {number}; `GET /invitations` lists them")
    answer = _invitation(found)
    invitations.take_back(number, now=timezone.now())
    return answer


def _invitation(made: Invitation) -> Object:
    by = made.invited_by
    return {
        "id": made.pk,
        "role": made.role,
        "email": made.email or None,
        "invited_by": by.get_username() if by else None,
        "made_at": made.made_at,
        "expires_at": made.expires_at,
    }


def _check_email(text: str) -> None:
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise BadRequestError(f"email: {text!r} is no e-mail address") from error


class AuditAsked(Paged):
    """Which acts are wanted."""

    by: str | None = Field(None, description="Of one person.", examples=["ana"])
    act: str | None = Field(None, description="Only such acts.", examples=["pause"])
    kind: str | None = Field(None, description="Only on such things.", examples=["schedule"])
    thing: str | None = Field(None, description="Only on this one.", examples=["collect dhs"])
    through: str | None = Field(None, description="page, api or command.", examples=["page"])
    since: Moment | None = Field(None, description="Done since then.", examples=["2026-05-18"])


@router.get("/audit", response=schemas.AuditPage, operation_id="list_audit", summary="The audit log")
@needs(Permission.SEE_PEOPLE)
def list_audit(request: HttpRequest, asked: Query[AuditAsked]) -> Object:
    """What people changed, newest first: by page, API or command. The page of it gives CSV."""
    only_known(request, AuditAsked)
    one_of("through", asked.through, AuditLine.Through.values)
    named = {name: getattr(asked, name) or "" for name in ("by", "act", "kind", "thing", "through")}
    rows, following = NEWEST.page(AuditLine.objects.asked(**named, since=asked.since), asked)
    return {"items": [audit_object(row) for row in rows], "next_cursor": following}
