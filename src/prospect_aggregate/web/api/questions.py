"""What the listings can be asked: the options of the command line as query parameters."""

from dataclasses import fields
from datetime import date

from ninja import Schema
from pydantic import Field

from prospect_aggregate.prospects import company, search
from prospect_aggregate.web.api.lookups import known_source
from prospect_aggregate.web.api.paging import Paged
from prospect_aggregate.web.api.types import Dollars, Moment


class ProspectsAsked(Paged):
    """The filters of `prospects search`; several must all hold, and windows and bands match when they overlap."""

    text: str | None = Field(
        None, description="Words that must all stand in its texts.", examples=["help desk"]
    )
    source: str | None = Field(None, description="Key or name of a source.", examples=["dhs"])
    agency: str | None = Field(None, description="Part of the department's name.", examples=["Homeland"])
    component: str | None = Field(None, description="Part of the bureau's name.", examples=["CBP"])
    naics: str | None = Field(None, description="NAICS code or its beginning.", examples=["5415"])
    psc: str | None = Field(None, description="PSC or its beginning.", examples=["D3"])
    set_aside: str | None = Field(None, description="SAM.gov code, NONE, TBD or OTHER.", examples=["SBA"])
    competition: str | None = Field(
        None, description="full_and_open, sole_source, …", examples=["sole_source"]
    )
    vehicle: str | None = Field(None, description="Part of the contract vehicle's name.", examples=["GSA"])
    phase: str | None = Field(
        None, description="How far the agency says it is.", examples=["market_research"]
    )
    state: str | None = Field(None, description="listed, missing, expired or withdrawn.", examples=["listed"])
    outlook: str | None = Field(
        None,
        description="upcoming, passed, dormant, undated, under_way, closed or left.",
        examples=["upcoming"],
    )
    place: str | None = Field(None, description="State of the place of performance.", examples=["VA"])
    min_value: Dollars | None = Field(None, description="The value may reach this.", examples=["250K"])
    max_value: Dollars | None = Field(None, description="The value may stay below this.", examples=["5M"])
    solicitation_from: date | None = Field(
        None, description="The solicitation window reaches this day or later.", examples=["2026-06-01"]
    )
    solicitation_to: date | None = Field(
        None, description="The solicitation window begins by this day.", examples=["2026-09-30"]
    )
    changed_since: Moment | None = Field(
        None, description="Something of it changed since.", examples=["2026-05-18"]
    )
    overdue: bool = Field(
        default=False,
        description="The promised solicitation date has passed; it may be out.",
        examples=[True],
    )
    include_unknown: bool = Field(
        default=False, description="Also what a filter cannot tell.", examples=[False]
    )
    fit: str | None = Field(
        None,
        description="By the company profile: fits, possible (that or better) or no.",
        examples=["possible"],
    )
    competed: bool = Field(
        default=False, description="No sole source, unless the company is the incumbent.", examples=[True]
    )
    as_of: date | None = Field(
        None, description="Today, for what is passed and upcoming; no older list.", examples=["2026-05-25"]
    )

    def filters(self) -> search.Filters:
        """Raises UnknownFilterError for a value that can match nothing, NoProfileError."""
        asked = {field.name: getattr(self, field.name) for field in fields(search.Filters)}
        if self.fit:
            company.must_exist()
        return search.Filters(**asked | {"source": known_source(self.source)})


class ChangesAsked(Paged):
    """The filters of `prospects changes`."""

    source: str | None = Field(None, description="Key or name of a source.", examples=["dhs"])
    key: str | None = Field(None, description="Of one prospect.", examples=["dhs:F2026073831"])
    kind: str | None = Field(
        None, description="listed, changed, withdrawn, expired or reappeared.", examples=["changed"]
    )
    field: str | None = Field(
        None, description="solicitation, award, value, set_aside, …", examples=["solicitation"]
    )
    since: Moment | None = Field(
        None, description="Seen in editions observed since.", examples=["2026-05-18"]
    )


class RunsAsked(Paged):
    """The filters of `prospects runs`, and two more."""

    source: str | None = Field(None, description="Key or name of a source.", examples=["dhs"])
    status: str | None = Field(None, description="Only runs with this status.", examples=["failed"])
    trigger: str | None = Field(
        None, description="schedule, person, batch or program.", examples=["schedule"]
    )
    batch: int | None = Field(None, description="Only runs of this batch.", examples=[7])


class OneAsked(Schema):
    """What one prospect can be asked."""

    as_of: date | None = Field(
        None, description="Today, for what is passed and upcoming.", examples=["2026-05-25"]
    )
