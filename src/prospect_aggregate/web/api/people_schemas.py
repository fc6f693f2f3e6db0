"""What people, invitations and acts look like to programs."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.web.api.types import shown

Text = str | None
RoleName = Literal["viewer", "analyst", "operator", "administrator"]


class Person(Schema):
    """Somebody who may come in, or might again."""

    name: str = shown("By which they sign in.", "vera")
    role: RoleName = shown("What they may do follows from it.", "analyst")
    permissions: list[str] = shown("What the role may do.", ["see", "keep-ones-own", "decide-on-prospects"])
    email: Text = shown("Where links for a new password go.", "vera@example.com")
    active: bool = shown("Whether they may come in.", example=True)
    joined_at: datetime = shown("Since when they are known.", "2026-05-01T08:00:00+00:00")
    signed_in_at: datetime | None = shown("When they came in last.", "2026-05-25T06:13:04+00:00")
    sessions: int = shown("In how many browsers they are signed in.", 2)
    locked_until: datetime | None = shown(
        "Until when they wait after wrong passwords, in a browser that is new to them.",
        "2026-05-25T06:28:04+00:00",
    )


class PersonList(Schema):
    """Everybody."""

    items: list[Person] = Field(description="By name.")


class PersonEdit(Schema):
    """What is to be different; what is not said stays."""

    model_config = ConfigDict(extra="forbid")

    role: RoleName | None = Field(None, description="What they may do from now on.", examples=["operator"])
    active: bool | None = Field(
        None, description="false: no way in any more, and every session ends.", examples=[True]
    )
    lift: bool = Field(
        default=False, description="true: after wrong passwords they may try again at once.", examples=[True]
    )


class Invite(Schema):
    """Who is invited as what."""

    model_config = ConfigDict(extra="forbid")

    role: RoleName = shown("What they may do.", "viewer")
    email: str = Field(
        "",
        max_length=254,
        description="It is mailed there where mail is set up.",
        examples=["vera@example.com"],
    )


class Invitation(Schema):
    """An invitation that somebody may still accept; its link is not known here either."""

    id: int = shown("Its number.", 7)
    role: RoleName = shown("What they may do.", "viewer")
    email: Text = shown("Where it was meant to go.", "vera@example.com")
    invited_by: Text = shown("By whom; null: by the command line.", "ana")
    made_at: datetime = shown("When.", "2026-05-25T06:00:00+00:00")
    expires_at: datetime = shown("Until when the link works, once.", "2026-06-01T06:00:00+00:00")


class InvitationList(Schema):
    """Those that are open."""

    items: list[Invitation] = Field(description="Newest first.")


class Invited(Invitation):
    """A fresh invitation, and the link to hand over."""

    mailed: bool = shown("Whether it was mailed.", example=False)
    link: str = shown("Told in this answer only.", "https://prospects.example.com/invitation/…/")


class Ended(Schema):
    """Sessions that ended."""

    name: str = shown("Whose.", "vera")
    ended: int = shown("How many.", 2)


class AuditLine(Schema):
    """One act of a person."""

    id: int = shown("Its number.", 9071)
    at: datetime = shown("When.", "2026-05-25T06:13:04+00:00")
    by: Text = shown("Who, by the name of then; a command's is that of the machine's account.", "ana")
    through: Literal["page", "api", "command"] = shown("By which way.", "page")
    address: Text = shown("From which address.", "198.51.100.7")
    act: str = shown("What was done.", "pause")
    kind: Text = shown("To what kind of thing.", "schedule")
    thing: Text = shown("Its number or name.", "collect dhs")
    before: dict[str, Any] = shown("What it was, where that matters.", {})
    after: dict[str, Any] = shown("What it is since.", {"reason": "the agency moves its site"})


class AuditPage(Schema):
    """One page of acts."""

    items: list[AuditLine] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")
