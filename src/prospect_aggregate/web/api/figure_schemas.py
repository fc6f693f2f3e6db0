"""What figures over many prospects look like to programs (STATISTICS §13)."""

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

from prospect_aggregate.web.api.collection_schemas import Text
from prospect_aggregate.web.api.types import shown

Level = Literal["source", "agency", "component", "office"]


class Excluded(Schema):
    """Of what is listed, those that a figure is not about; with `n` they add up to it."""

    undated: int = shown("Without a dated solicitation promise.", 0)
    closed: int = shown("The agency itself marks them over.", 7)
    under_way: int = shown("The agency marks them solicitation or evaluation.", 0)
    reused: int = shown("Their number seems to be used for another requirement now.", 0)


class Figure(Schema):
    """A share with its interval. Too few members have no value: `value`, `low` and `high` are null."""

    value: float | None = shown("The share, from 0 to 1.", 0.0501)
    n: int = shown("Members, the denominator.", 718)
    n_eff: float = shown("As many as that when rows of one office count less.", 718.0)
    low: float | None = shown("Lower end of the 95 % interval.", 0.0364)
    high: float | None = shown("Upper end of it.", 0.0686)
    level: Level = shown("What it is about.", "office")
    landmark: date = shown("The day on which the group was fixed.", "2026-05-13")
    horizon_days: int | None = shown("For how long it was followed; null for a share on one day.", 90)
    follow_up_days: int | None = shown("From the landmark to the last observation used.", 91)
    excluded: Excluded = Field(description="Who was listed on that day and is not in `n`.")
    method: str = shown("The section of the documentation that says how.", "statistics.md#reliability")


class Completeness(Schema):
    """Of the solicitation's date; null where the list never fills it."""

    listed: int = shown("Prospects on the list.", 699)
    published: int | None = shown("Those whose cells hold anything.", 699)
    read: int | None = shown("Those with a date.", 699)
    placeholder: int | None = shown("Those with a word for “unknown”.", 0)


class Size(Schema):
    """Net days among those that moved later; of fewer than six the values themselves."""

    n: int = shown("How many.", 36)
    median: float | None = shown("Their median.", 63)
    interval: list[int] | None = shown("Of the median, from the order statistics.", [30, 92])
    half: list[int] | None = shown("The middle half.", [28, 120])
    values: list[int] | None = shown("The values, where they are fewer than six.", None)


class Standing(Schema):
    """One source, agency, component or office: what it lists today, and how its dates held."""

    source: str = shown("Key of the source.", "dhs")
    level: Level = shown("What the row is about.", "component")
    name: str = shown("Its name.", "CBP")
    agency: str = shown("The agency it belongs to.", "Department of Homeland Security")
    component: Text = shown("The bureau, where it is one or in one.", "CBP")
    office: Text = shown("The contracting office, where it is one.", None)
    as_of: date = shown("Today, for what has passed.", "2026-05-25")
    listed: int = shown("`dated` + `undated` + `closed` + `under_way`.", 699)
    dated: int = shown("Open, with a solicitation date.", 691)
    undated: int = shown("Open, without one.", 0)
    closed: int = shown("The agency marks them over.", 8)
    under_way: int = shown("The agency marks them solicitation or evaluation.", 0)
    passed: int = shown("Of the dated ones, those whose last day is over.", 367)
    dormant: int = shown("Of these, by more than 180 days.", 18)
    award_ahead: int = shown("Of the passed ones, those whose award is ahead: they may be out.", 40)
    share_passed: Figure = Field(
        description="Passed of dated, on one day: no rate and no chance of being late."
    )
    completeness: Completeness = Field(description="Three numbers, never one.")
    moved_later: Figure | None = Field(None, description="First moved later; null without enough history.")
    left_early: Figure | None = Field(None, description="Left before the last day promised.")
    stood: Figure | None = Field(None, description="Had not moved when they fell due, of those that did.")
    size: Size | None = Field(None, description="How far, among those that moved later.")
    outcomes: dict[str, int] | None = shown(
        "What befell each member first; together they are `n`.", {"later": 36}
    )
    history: Text = shown("Why there are no moves; null where there are.", None)


class StandingPage(Schema):
    """Every group asked for, sources by key, then from the widest to the narrowest, by name."""

    items: list[Standing]


class Reliability(Schema):
    """How often dates move where one prospect comes from."""

    key: str = shown("Of the prospect.", "dhs:F2026073831")
    moved_later: Figure | None = Field(
        None, description="Of its office, else its bureau, else its source; null where all are too few."
    )
    sentence: str = shown(
        "The same in words.", "This office: 5.0 % of dates moved later in 90 d · n 718 · 3.6–6.9 %"
    )


class StandingsAsked(Schema):
    """What the standings can be asked."""

    source: str | None = Field(None, description="Key or name of a source.", examples=["dhs"])
    level: Level | None = Field(None, description="source, agency, component or office.", examples=["office"])
    days: Literal[90, 180, 365] = Field(90, description="For how long groups are followed.", examples=[90])
    as_of: date | None = Field(None, description="Today; no older list.", examples=["2026-05-25"])
