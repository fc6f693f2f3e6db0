"""What the listings can be asked: the options of the command line as query parameters."""

from dataclasses import fields
from typing import Any

from ninja import Schema
from pydantic import Field

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.filters import BANDS, Filters
from prospect_aggregate.web.api.lookups import source_known
from prospect_aggregate.web.api.paging import Paged
from prospect_aggregate.web.api.types import Day, Dollars, Moment

Several = list[str]


def _several(description: str, example: str) -> Any:
    """A filter that may be given more than once; one of its values has to fit."""
    return Field([], description=f"{description} Repeat it for one or another.", examples=[[example]])


class Narrowed(Schema):
    """The filters of `prospects search`; all must hold, of a repeated one any, and windows and bands match when they
    overlap. A name in quotes is the whole name.
    """

    text: str | None = Field(
        None,
        description='Words of its texts: `help desk`, `"help desk"`, `netw*`, `-training`, `cloud OR hosting`, '
        "`naics:5415`. The last word may be the beginning of one.",
        examples=["help desk"],
    )
    source: Several = _several("Key or name of a source.", "dhs")
    agency: Several = _several("Part of the department's name.", "Homeland")
    component: Several = _several("Part of the bureau's name.", "CBP")
    office: Several = _several("Part of the office's name.", "Contracting")
    naics: Several = _several("NAICS code or its beginning.", "5415")
    psc: Several = _several("PSC or its beginning.", "D3")
    set_aside: Several = _several("SAM.gov code, NONE, TBD or OTHER.", "SBA")
    competition: Several = _several("full_and_open, sole_source, …", "sole_source")
    vehicle: Several = _several("Part of the contract vehicle's name.", "GSA")
    incumbent: Several = _several("Part of the current contractor's name.", "Acme")
    requirement_type: Several = _several(
        "Part of what the agency calls the kind of requirement.", "Recompete"
    )
    phase: Several = _several("How far the agency says it is.", "market_research")
    state: Several = _several("listed, missing, expired or withdrawn.", "listed")
    outlook: Several = _several("upcoming, passed, dormant, undated, under_way, closed or left.", "upcoming")
    place: Several = _several("State of the place of performance.", "VA")
    band: Several = _several(f"Where the value's lower end lies: {', '.join(BANDS)}.", "1M-5M")
    quarter: Several = _several("Fiscal quarter in which its decisive date's window ends.", "FY26Q3")
    min_value: Dollars | None = Field(None, description="The value may reach this.", examples=["250K"])
    max_value: Dollars | None = Field(None, description="The value may stay below this.", examples=["5M"])
    solicitation_from: Day | None = Field(
        None, description="The solicitation window reaches this day or later.", examples=["2026-06-01"]
    )
    solicitation_to: Day | None = Field(
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
    unknown: Several = _several("Filter whose unknown ones count too, such as set_aside.", "set_aside")
    fit: str | None = Field(
        None,
        description="By the company profile: fits, possible (that or better) or no.",
        examples=["possible"],
    )
    competed: bool = Field(
        default=False, description="No sole source, unless the company is the incumbent.", examples=[True]
    )
    as_of: Day | None = Field(
        None, description="Today, for what is passed and upcoming; no older list.", examples=["2026-05-25"]
    )

    def filters(self) -> Filters:
        """Raises UnknownFilterError for a value that can match nothing, NoProfileError."""
        if self.fit:
            company.must_exist()
        asked = {field.name: getattr(self, field.name) for field in fields(Filters)}
        return Filters(**asked | {"source": [source_known(name) for name in self.source]})


class ProspectsAsked(Narrowed, Paged):
    """The filters of the search, page by page."""


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

    as_of: Day | None = Field(
        None, description="Today, for what is passed and upcoming.", examples=["2026-05-25"]
    )
