"""What the quality of a source, and the coverage of the government, look like to programs."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from prospect_aggregate.web.api.collection_schemas import SourceState, Text
from prospect_aggregate.web.api.types import shown


class Example(Schema):
    """Cells that say something and were not read."""

    count: int = shown("On how many prospects they stand.", 10)
    cells: dict[str, str] = shown(
        "Heading → text as published.", {"Estimated Solicitation Date": "3rd (January 1 - March 31)"}
    )


class Quality(Schema):
    """One field of a source's list. `published` is `read` + `placeholder` + `unread`; null is "not published"."""

    source: str = shown("Key of the source.", "state")
    field: str = shown("Of a prospect; `place_state` is the state within `place`.", "solicitation")
    listed: int = shown("Prospects on the source's list.", 453)
    published: int | None = shown("Those whose cells of this field hold anything.", 451)
    read: int | None = shown("Of these, those with a value.", 400)
    placeholder: int | None = shown("Those with words for “unknown” instead: TBD, N/A.", 39)
    unread: int | None = shown("Those that say something which was not read.", 12)
    headings: list[str] = shown("Where it is published.", ["Estimated Solicitation Date", "Fiscal Year"])
    examples: list[Example] = Field(description="At most five unread texts, the most frequent first.")


class SourceQuality(Schema):
    """A source's list as it is now, field by field."""

    source: str = shown("Key of the source.", "state")
    listed: int = shown("Prospects on its list: what shares are of.", 453)
    list_seen_at: datetime | None = shown("When that list was last observed.", "2026-05-25T06:00:00+00:00")
    items: list[Quality] = Field(description="Every field of a prospect, also those that are not published.")


class Coverage(Schema):
    """An agency, or a component of it that publishes apart: where its forecast is, and what of it is collected."""

    agency: str = shown("The department or agency.", "Department of the Army")
    component: Text = shown("The part of it that publishes apart.", "Army Corps of Engineers")
    short: Text = shown("Its usual short name.", "USACE")
    status: Literal["covered", "by_hand", "blocked", "none", "not_checked"] = shown(
        "`by_hand` is published for people only; `not_checked` says nothing of the agency.", "blocked"
    )
    source: Text = shown("Key of the source that covers it; null where none does.", "dhs")
    state: SourceState | None = shown("How that source is now; null where there is none.", "fresh")
    reason: str = shown("Why, in a sentence.", "Each district refuses programs with HTTP 403.")
    as_of: date = shown("The day of the look, or of writing where that is not known.", "2026-08-02")
    page: Text = shown("Where a person sees the forecast.", "https://apfs-cloud.dhs.gov/forecast/")
    evidence: Text = shown("Where this was seen.", "Editions of May 2026, read whole")


class CoverageStatement(Schema):
    """Every agency, by name."""

    summary: str = shown("The statement in a sentence.", "22 of 55 agencies and components are covered.")
    items: list[Coverage] = Field(description="By agency, then component.")
