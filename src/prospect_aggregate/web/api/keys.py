"""Operations on what lets others in: one's feeds and tokens. Tokens are made by a person on their page only."""

# an operation takes its request

from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.ask import ask_of
from prospect_aggregate.web.feeds.subscribing import LONGEST_NAME, addresses, subscribe
from prospect_aggregate.web.models import ApiToken, Feed, Person
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["keys"])
Object = dict[str, Any]
MADE = "2026-05-25T06:12:00+00:00"


class Opened(Schema):
    """What feeds and tokens have in common."""

    id: int = shown("Its number.", 3)
    name: str = shown("What its owner calls it.", "Cyber, for the calendar")
    made_at: datetime = shown("When it was made.", MADE)
    used_at: datetime | None = shown("Its last use, give or take ten minutes.", MADE)
    revoked_at: datetime | None = shown("When it was revoked; it is forgotten ten minutes later.", MADE)


class FollowedView(Opened):
    """A feed of one's own."""

    view: str = shown("Its question, as the address of a list has it.", "q=cyber&source=dhs")


class MadeFeed(FollowedView):
    """A feed with its addresses, which are told this once."""

    atom: str = shown("What changes.", "https://prospects.example.com/feeds/…/atom.xml")
    calendar: str = shown("What comes.", "https://prospects.example.com/feeds/…/calendar.ics")


class FeedList(Schema):
    """All of one's feeds."""

    items: list[FollowedView] = Field(description="Newest first.")


class TokenObject(Opened):
    """A token of one's own; the whole of it is shown once, on the page where it is made."""

    prefix: str = shown("How it begins.", "jps_3fKq9xYz")
    scope: Literal["read", "write"] = shown("What it may do.", "read")
    expires_at: datetime | None = shown("It opens nothing from then on.", "2026-08-23T06:12:00+00:00")


class TokenList(Schema):
    """All of one's tokens."""

    items: list[TokenObject] = Field(description="Newest first.")


class WantedFeed(Schema):
    """Which view is to be followed."""

    view: str = Field(
        "", max_length=2000, description="The query of a list's address; all prospects when empty.",
        examples=["q=cyber&source=dhs"],
    )  # fmt: skip
    name: str = Field(
        "", max_length=LONGEST_NAME, description="What you call it; its question in words when empty.",
        examples=["Cyber"],
    )  # fmt: skip


def _opened(thing: Feed | ApiToken) -> Object:
    names = ("name", "made_at", "used_at", "revoked_at")
    return {"id": thing.pk} | {name: getattr(thing, name) for name in names}


def _feed(feed: Feed) -> Object:
    return _opened(feed) | {"view": feed.query}


def _token(token: ApiToken) -> Object:
    return _opened(token) | {"prefix": token.prefix, "scope": token.scope, "expires_at": token.expires_at}


@router.get("/feeds", response=FeedList, operation_id="list_feeds", summary="Your feeds")
@needs(Permission.SEE)
def list_feeds(request: HttpRequest) -> Object:
    """Views that you follow from outside; their addresses are not known here either."""
    mine = Feed.objects.of(cast("Person", request.user)).shown(timezone.now())
    return {"items": [_feed(cast("Feed", feed)) for feed in mine]}


@router.post("/feeds", response={201: MadeFeed}, operation_id="make_feed", summary="Follow a view")
@needs(Permission.KEEP_ONES_OWN)
def make_feed(request: HttpRequest, wanted: WantedFeed) -> Status[Object]:
    """Make secret addresses of a view, one as Atom and one as a calendar; they are told this once."""
    view = ask_of(QueryDict(wanted.view), today=timezone.now().date())
    feed, secret = subscribe(cast("Person", request.user), view, name=wanted.name, now=timezone.now())
    return Status(201, _feed(feed) | addresses(secret, request))


@router.post(
    "/feeds/{int:number}/revoke", response=FollowedView, operation_id="revoke_feed", summary="Revoke a feed"
)
@needs(Permission.KEEP_ONES_OWN)
def revoke_feed(request: HttpRequest, number: int) -> Object:
    """Its addresses answer nobody from now on. Revoking it again changes nothing."""
    return _feed(cast("Feed", _revoked(request, Feed, number)))


@router.post(
    "/feeds/{int:number}/restore",
    response=FollowedView,
    operation_id="restore_feed",
    summary="Undo a revocation",
)
@needs(Permission.KEEP_ONES_OWN)
def restore_feed(request: HttpRequest, number: int) -> Object:
    """Its addresses answer again; possible for ten minutes after it was revoked. One that answers is left as it is."""
    mine = Feed.objects.of(cast("Person", request.user))
    mine.restore(number, now=timezone.now())
    feed = mine.filter(pk=number, revoked_at=None).first()
    if feed is None:
        raise LookupError(f"no feed {number} of yours, or it was revoked too long ago; make a new one")
    return _feed(cast("Feed", feed))


@router.get("/tokens", response=TokenList, operation_id="list_tokens", summary="Your tokens")
@needs(Permission.SEE)
def list_tokens(request: HttpRequest) -> Object:
    """By which your programs come in, and when each last did."""
    mine = ApiToken.objects.of(cast("Person", request.user)).shown(timezone.now())
    return {"items": [_token(cast("ApiToken", token)) for token in mine]}


@router.post(
    "/tokens/{int:number}/revoke", response=TokenObject, operation_id="revoke_token", summary="Revoke a token"
)
@needs(Permission.KEEP_ONES_OWN)
def revoke_token(request: HttpRequest, number: int) -> Object:
    """It opens nothing from now on, also when it is the one that asks this. Revoking it again changes nothing."""
    return _token(cast("ApiToken", _revoked(request, ApiToken, number)))


def _revoked(request: HttpRequest, kept: type[Feed] | type[ApiToken], number: int) -> object:
    """Raises LookupError for what is not one's own."""
    mine = kept.objects.of(cast("Person", request.user))
    mine.revoke(number, now=timezone.now())
    thing = mine.filter(pk=number).first()
    if thing is None:
        raise LookupError(f"no {kept.__name__.lower().removeprefix('api')} {number} of yours")
    return thing
