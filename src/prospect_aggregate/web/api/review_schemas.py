"""What held editions and the decisions about them look like to programs."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.web.api.collection_schemas import Run
from prospect_aggregate.web.api.types import shown


class Finding(Schema):
    """One check of the gate."""

    check: str = shown("What was looked at.", "row count")
    saw: str = shown("What this edition has.", "1,654 rows")
    expected: str = shown(
        "What the source's own history lets one expect.", "2,900 to 3,600, from 22 editions"
    )
    passed: bool = shown("False where it is why the edition is held.", example=False)


class Share(Schema):
    """How many of a part of the list would leave."""

    name: str = shown("An office, or a fiscal year.", "NOAA")
    gone: int = shown("Of those, who would leave.", 1020)
    listed: int = shown("On the list now.", 2031)


class Review(Schema):
    """A held edition, and what letting it in would do to the list as it stands now."""

    run: int = shown("The run that fetched it.", 418)
    source: str = shown("Key of the source.", "commerce")
    held_since: datetime = shown("When it was judged.", "2026-05-19T06:12:15+00:00")
    reason: str = shown("Why, in a sentence.", "held for review: 1,654 rows, expected 2,900 to 3,600")
    checks: list[Finding] = Field(description="Every check of the gate, passed or not.")
    rows: int = shown("Rows that it holds.", 1654)
    new: int = shown("Prospects that would be new.", 14)
    changed: int = shown("Prospects that would read differently.", 52)
    unchanged: int = shown("Prospects that would read the same.", 1588)
    back: int = shown("Of those, who had left the list and would be back.", 0)
    gone: int = shown("Listed prospects that it does not have.", 1812)
    rejected: int = shown("Rows that could not be read.", 0)
    fields: dict[str, int] = shown("Field → in how many prospects it would change.", {"solicitation": 41})
    gone_with_a_date_passed: int = shown("Of the gone, whose decisive date has passed.", 1741)
    by_office: list[Share] = Field(description="Offices that would lose somebody, the greatest loss first.")
    by_fiscal_year: list[Share] = Field(
        description="Fiscal years of the decisive date that would lose somebody."
    )
    artifact: str | None = shown("SHA-256 of the held file.", "9f2c6d0a")


class UnreadableReview(Schema):
    """A held edition of which nobody can say what it would do; it can still be kept out."""

    run: int = shown("The run that fetched it.", 418)
    source: str = shown("Key of the source.", "commerce")
    held_since: datetime = shown("When it was judged.", "2026-05-19T06:12:15+00:00")
    reason: str = shown("Why it is held, in a sentence.", "held for review: 1,654 rows")
    unreadable: str = shown("Why its file cannot be read.", "the archive has lost the file of run 418")


class ReviewList(Schema):
    """All held editions that wait for a person: at most one of each source, its newest."""

    items: list[Review] = Field(description="Those whose file can be read.")
    unreadable: list[UnreadableReview] = Field(description="Those whose file is lost, or read no more.")


class Accept(Schema):
    """Why a held edition is let in, and how far."""

    model_config = ConfigDict(extra="forbid")

    partial: bool = Field(
        default=False,
        description="true: only what is new and changed; who is missing stays listed.",
        examples=[False],
    )
    reason: Literal["new_fiscal_year", "clean_up", "other"] | None = Field(
        None, description="Why the whole list is right; not asked for with `partial`.", examples=["clean_up"]
    )
    note: str = shown("Why, for whoever comes after you.", "they closed fiscal year 2023")


class Dismiss(Schema):
    """Why a held edition is kept out."""

    model_config = ConfigDict(extra="forbid")

    note: str = shown("Why, for whoever comes after you.", "half a file")


class Ruling(Schema):
    """What a person decided about a held edition."""

    run: int = shown("The run that fetched it.", 418)
    source: str = shown("Key of the source.", "commerce")
    verdict: Literal["whole", "partial", "out"] = shown(
        "Let in, let in as a partial list, or kept out.", "whole"
    )
    reason: Literal["new_fiscal_year", "clean_up", "partial_list", "other"] = shown("Why.", "clean_up")
    note: str = shown("Why, in that person's words.", "they closed fiscal year 2023")
    by: str = shown("Who.", "ana")
    at: datetime = shown("When.", "2026-05-19T08:03:11+00:00")
    admitted: Run | None = Field(description="The run that lets it in; null for one that is kept out.")
    undone_at: datetime | None = shown("When it was taken back.", "2026-05-19T08:10:00+00:00")
    undone_by: str | None = shown("Who took it back.", "ana")


class Leaver(Schema):
    """A prospect that a held edition does not have."""

    key: str = shown("Its key.", "commerce:NOAA-26-0412")
    title: str | None = shown("What it is.", "Coastal mapping task order")
    component: str | None = shown("Its bureau.", "NOAA")
    office: str | None = shown("Its office.", "Acquisition and Grants Office")
    next_date: date | None = shown("Last day of the window that decides its shelf.", "2026-06-30")
    next_date_kind: Literal["solicitation", "award", "contract_end"] | None = shown(
        "Which window that is.", "solicitation"
    )


class LeavingPage(Schema):
    """Fifty of those who would leave."""

    count: int = shown("How many there are.", 1812)
    page: int = shown("This one.", 1)
    pages: int = shown("Of so many.", 37)
    items: list[Leaver] = Field(description="The latest date first.")
