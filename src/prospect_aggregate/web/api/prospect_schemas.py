"""What a prospect and a change look like to programs; the names are DESIGN §7's."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from prospect_aggregate.web.api.types import Money, Precision, shown

Text = str | None


class Contact(Schema):
    """A person whom the agency names."""

    role: str = shown("requirement, contracting, small_business or alternate.", "requirement")
    name: Text = shown("As published.", "Jane Doe")
    email: Text = shown("As published.", "jane.doe@example.gov")
    phone: Text = shown("As published.", "202-555-0100")


class Prospect(Schema):
    """One planned purchase as its agency last published it, and how we read it.

    `*_text` is what was published; the value beside it is null where it could not be read. Nothing is guessed.
    """

    source: str = shown("Key of the source.", "dhs")
    key: str = shown("What it is called everywhere: source and number.", "dhs:F2026073831")
    native_id: str = shown("The agency's own number.", "F2026073831")
    title: Text = shown("Title.", "Help desk support")
    title_derived: bool = shown(
        "True when it is the description's beginning, for want of one.", example=False
    )
    description: Text = shown("Description, whole.", "Tier 1 and 2 support for 4,000 users.")
    agency: str = shown("The department.", "Department of Homeland Security")
    component: Text = shown("Its bureau.", "CBP")
    office: Text = shown("The contracting office.", "CBP/OIT")
    program_office: Text = shown("The office that needs it.", "Field Support")
    naics_code: Text = shown("The first NAICS code.", "541519")
    naics_codes: list[str] = shown("All of them.", ["541519"])
    psc_code: Text = shown("The first product and service code.", "D399")
    psc_codes: list[str] = shown("All of them.", ["D399"])
    set_aside: Text = shown("SAM.gov code, NONE, TBD, OTHER, or null when unread.", "SBA")
    set_aside_text: Text = shown("As published.", "Small Business")
    competition: Text = shown("full_and_open, set_aside, sole_source, …", "set_aside")
    competition_text: Text = shown("As published.", "Competitive")
    contract_type: Text = shown("Type of contract.", "Firm Fixed Price")
    contract_vehicle: Text = shown("The vehicle it is bought through.", "GSA Schedule")
    contract_vehicle_text: Text = shown("As published.", "GSA Schedule")
    award_type: Text = shown("Type of award.", "Delivery Order")
    requirement_type: Text = shown("new, recompete, or the agency's words.", "recompete")
    phase: Text = shown("How far the agency says it is; null when it does not say.", "market_research")
    phase_text: Text = shown("As published.", "Market Research")
    basis: str = shown("forecast or expiring_contract.", "forecast")
    value_min: Money | None = shown("Dollars; null when there is no lower end.", "5000000.00")
    value_max: Money | None = shown("Dollars; null when there is no upper end.", "10000000.00")
    value_basis: Text = shown("total or year; yearly amounts are never compared with totals.", "total")
    value_text: Text = shown("As published.", "$5M to $10M")
    solicitation_from: date | None = shown("First day of the solicitation's window.", "2026-06-01")
    solicitation_to: date | None = shown("Its last day.", "2026-06-01")
    solicitation_precision: Precision | None = shown("How exactly it was published.", "day")
    solicitation_text: Text = shown("As published.", "06/01/2026")
    award_from: date | None = shown("First day of the award's window.", "2026-07-01")
    award_to: date | None = shown("Its last day.", "2026-09-30")
    award_precision: Precision | None = shown("How exactly it was published.", "quarter")
    award_text: Text = shown("As published.", "Q4 FY2026")
    performance_from: date | None = shown("First day of performance.", "2026-10-01")
    performance_to: date | None = shown("Its last day.", "2031-09-30")
    performance_precision: Precision | None = shown("How exactly it was published.", "day")
    performance_text: Text = shown("As published.", "10/01/2026 – 09/30/2031")
    place_city: Text = shown("City of performance.", "Arlington")
    place_state: Text = shown("State, two letters.", "VA")
    place_country: Text = shown("Country, ISO code.", "USA")
    place_text: Text = shown("As published.", "Arlington, VA")
    incumbent_name: Text = shown("Who holds the current contract.", "Example Corp.")
    incumbent_contract: Text = shown("Its number.", "70B04C21D00000001")
    incumbent_ends_from: date | None = shown("When it ends: first day.", "2026-09-30")
    incumbent_ends_to: date | None = shown("When it ends: last day.", "2026-09-30")
    contacts: list[Contact] = Field(description="The people whom the agency names.")
    clearance: Text = shown("Clearance asked for.", "Secret")
    solicitation_number: Text = shown("Number of the solicitation, once it is out.", "70B04C26R00000012")
    solicitation_url: Text = shown("Where it is.", "https://sam.gov/opp/…")
    agency_updated_at: date | None = shown("The agency's own last edit of it.", "2026-05-12")
    state: Literal["listed", "missing", "expired", "withdrawn"] = shown("What we see.", "listed")
    outlook: Literal["upcoming", "passed", "dormant", "undated", "under_way", "closed", "left"] = shown(
        "The one shelf on which it stands on that day.", "upcoming"
    )
    next_date: date | None = shown("The last day of the window that decides the shelf.", "2026-06-01")
    next_date_kind: Literal["solicitation", "award", "contract_end"] | None = shown(
        "Which window.", "solicitation"
    )
    first_seen_at: datetime = shown("In the first edition with it.", "2026-05-13T06:00:00+00:00")
    last_seen_at: datetime | None = shown("In the last edition with it.", "2026-05-25T06:00:00+00:00")
    solicitation_first_seen: Text = shown("The first promise seen: a day, or `from/to`.", "2026-04-01")
    solicitation_moves: int = shown("How often it moved since.", 2)
    solicitation_slip_days: int | None = shown("By how many days in all; later is above zero.", 61)
    overdue_days: int | None = shown("Days since the promised window ended; null when it has not.", 12)
    url: str = shown(
        "Its page at the agency, else the list's.", "https://apfs-cloud.dhs.gov/record/1/public-print/"
    )


class Change(Schema):
    """One thing that an edition showed to be different."""

    source: str = shown("Key of the source.", "dhs")
    key: str = shown("The prospect.", "dhs:F2026073831")
    kind: Literal["listed", "changed", "withdrawn", "expired", "reappeared"] = shown(
        "What happened.", "changed"
    )
    field: Text = shown("What reads differently; null when the whole prospect came or went.", "solicitation")
    old: Text = shown("What it was.", "2026-04-01")
    new: Text = shown("What it is.", "2026-06-01")
    shift_days: int | None = shown("Days that a window moved; later is above zero.", 61)
    significance: Literal["high", "normal", "low"] = shown("How much it matters.", "high")
    at: datetime = shown("When the edition that shows it was observed.", "2026-05-18T06:00:00+00:00")
    run: int = shown("The run that brought it.", 412)


class ProspectPage(Schema):
    """One page of prospects."""

    items: list[Prospect] = Field(description="Those whose decisive date comes first stand first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class ChangePage(Schema):
    """One page of changes."""

    items: list[Change] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")
