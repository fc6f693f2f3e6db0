"""Operations on the company profile, and on how one prospect fits it."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.fit import judge
from prospect_aggregate.prospects.fit_query import values_of
from prospect_aggregate.prospects.profile import profile_of
from prospect_aggregate.web.api.lookups import prospect_of
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.questions import OneAsked
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import Money, shown
from prospect_aggregate.web.company_words import company_object, fit_object
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["company"])
Object = dict[str, Any]
Clearance = Literal["none", "confidential", "secret", "top_secret", "ts_sci"]


class ProfileFacts(Schema):
    """What the company is and looks for; what is empty is asked of nobody."""

    model_config = ConfigDict(extra="forbid")

    naics: list[str] = Field([], description="Codes, or their beginnings.", examples=[["541519", "5416"]])
    small_under: list[str] = Field(
        [], description="Under which of them it is small; empty: all.", examples=[["541519"]]
    )
    psc: list[str] = Field([], description="Codes, or their beginnings.", examples=[["D3"]])
    keywords: list[str] = Field([], description="Whole words or phrases.", examples=[["help desk"]])
    agencies: list[str] = Field(
        [], description="Agencies wanted, by words of their names.", examples=[["CBP"]]
    )
    eligibilities: list[str] = Field(
        [], description="SB, 8A, HUBZone, SDVOSB, WOSB, EDWOSB; or LARGE for none.", examples=[["SB", "8A"]]
    )
    vehicles: list[str] = Field([], description="Contract vehicles held.", examples=[["GSA Schedule"]])
    value_min: Money | None = Field(None, description="The least it performs.", examples=["250000.00"])
    value_max: Money | None = Field(None, description="The most.", examples=["5000000.00"])
    states: list[str] = Field([], description="Where it performs.", examples=[["VA", "MD"]])
    anywhere: bool = Field(default=False, description="Remote and nationwide work too.", examples=[True])
    clearance: Clearance | None = Field(None, description="The highest it holds.", examples=["secret"])
    own_names: list[str] = Field([], description="Its names as an incumbent.", examples=[["Example Corp"]])
    exclusions: list[str] = Field([], description="Words that end it.", examples=[["janitorial"]])
    avoided: list[str] = Field([], description="Agencies to avoid.", examples=[["Energy"]])


class Company(Schema):
    """The profile of this installation, and what fits it now."""

    profile: ProfileFacts = Field(description="What the company is and looks for.")
    version: int = shown("Grows with each edit; 0 before the first.", 3)
    edited_at: datetime | None = shown("When it was last edited.", "2026-05-18T06:00:00+00:00")
    edited_by: str | None = shown("By whom.", "ana")
    upcoming: int = shown("Upcoming prospects.", 2486)
    fits: int = shown("Of those, how many fit.", 195)
    possible: int = shown("Of those, how many possibly fit.", 411)


class NewProfile(Schema):
    """The profile as it is to be, whole."""

    model_config = ConfigDict(extra="forbid")

    profile: ProfileFacts = Field(description="What the company is and looks for.")
    version: int = shown("That of the profile which was read.", 2)


class Factor(Schema):
    """One question and its answer."""

    name: str = shown("What is asked.", "set_aside")
    kind: Literal["gate", "interest"] = shown("A gate must not be a no; one interest must be a yes.", "gate")
    answer: Literal["yes", "no", "unknown", "not_asked"] = shown("The answer.", "unknown")
    evidence: str = shown("Why.", "set-aside TBD")


class Fit(Schema):
    """Whether a prospect fits the company: three answers, and no score."""

    fit: Literal["fits", "possible", "no"] = shown("The answer.", "possible")
    because: list[str] = shown("What decides it.", ["set-aside TBD"])
    known: int = shown("How many of the questions asked are answered.", 3)
    asked: int = shown("How many questions are asked.", 4)
    factors: list[Factor] = Field(description="Gates, then interests.")


class ProfileAsked(Schema):
    """What the profile can be asked."""

    as_of: date | None = Field(None, description="Today, for what is upcoming.", examples=["2026-05-25"])


@router.get("/profile", response=Company, operation_id="get_profile", summary="The company profile")
@needs(Permission.SEE)
def get_profile(request: HttpRequest, asked: Query[ProfileAsked]) -> Object:
    """What the company is and looks for, and how many upcoming prospects fit it."""
    only_known(request, ProfileAsked)
    return company_object(day=asked.as_of or timezone.now().date())


@router.put("/profile", response=Company, operation_id="set_profile", summary="Set the company profile")
@needs(Permission.DECIDE_ON_PROSPECTS)
def set_profile(request: HttpRequest, wanted: NewProfile) -> Object:
    """The whole of it; refused (409) when somebody else has edited it since the version that was read."""
    profile = profile_of(wanted.profile.model_dump())
    now = timezone.now()
    company.keep(profile, by=request.user.get_username(), now=now, read=wanted.version)
    return company_object(day=now.date())


@router.get(
    "/prospects/{path:key}/fit", response=Fit, operation_id="get_fit", summary="Whether a prospect fits"
)
@needs(Permission.SEE)
def get_fit(request: HttpRequest, key: str, asked: Query[OneAsked]) -> Object:
    """Each question of the company profile, its answer and the evidence; refused (422) without a profile."""
    only_known(request, OneAsked)
    prospect = prospect_of(key, day=asked.as_of or timezone.now().date())
    return fit_object(judge(company.must_exist(), values_of(prospect)))
