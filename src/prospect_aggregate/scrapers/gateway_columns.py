"""What the columns of the government's shared gateway mean: in its pages, and in the file that its button gives.

Nobody here has seen its bytes. What is below follows other people's code, fixtures and run-books of July to October
2026, and a validation of July 2025 which counted 44 columns in the download and named 25 of them. So: dates, value,
phase, set-aside and NAICS must be there, and are refused by name where they are not; what only one witness names may
be missing. Places, periods and NAICS codes are read as plain words and as fragments of HTML. Not known: whether
contacts come without sign-in, whether the extent competed and the contractor are the coming purchase's or the current
contract's, and what the small business specialist's headings are called; these are noted as new, and kept.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from prospect_aggregate.normalize import codes, dates, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers import markup
from prospect_aggregate.scrapers.columns import Declared, column
from prospect_aggregate.scrapers.draft import Contact, contacts_of
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.layout import Layout

SITE = "https://acquisitiongateway.gov"
CAP = 3000
"""Rows at which the button's download ends (`settings.export.limit`)."""


def record_page(number: Cell) -> str:
    nid = text.identifier(number)
    return f"{SITE}/forecast/resources/{nid}?nid={nid}"


def naics(cell: Cell) -> tuple[str, ...]:
    return codes.naics(markup.words(cell))


def description(*cells: Cell) -> str | None:
    """`Description`, else `Body`: some downloads have one, some the other."""
    return next((read for read in map(text.prose, cells) if read), None)


def award(year: Cell, quarter: Cell) -> dates.Window:
    """`4th (July 1 - September 30)` and 2026, or `2026-Q2` and 2026; the year alone is a year."""
    return dates.fiscal_quarter(quarter, year)


def vehicle(method: Cell) -> Coded:
    """A procurement method is a vehicle only when it names one we know."""
    read = codes.vehicle(method)
    return read if read.code else Coded()


def place_of_cells(city: Cell, state: Cell, country: Cell) -> places.Place:
    return places.place(markup.words(city), markup.words(state), markup.words(country))


def contract_end(current: Cell, ultimate: Cell) -> dates.Window:
    """Of the contract in force; with its options where that is all that is said. Never an award date."""
    read = markup.day(current)
    return read if read.precision else markup.day(ultimate)


def contacts(name: Cell, mail: Cell, specialist: Cell = None) -> tuple[Contact, ...]:
    return contacts_of(
        ("requirement", text.person(markup.words(name)), mail, None),
        ("small_business", text.person(markup.words(specialist)), None, None),
    )


def changed(stamp: Cell) -> date | None:
    """Seconds since 1970 in the pages (the day in UTC), a date in the download."""
    digits = text.line(stamp) or ""
    if digits.isascii() and digits.isdigit() and len(digits) in (9, 10):
        return datetime.fromtimestamp(int(digits), UTC).date()
    return markup.day(stamp).first


COLUMNS: Mapping[str, Declared] = {
    "native_id": "nid",
    "title": column("title", read=markup.heading),
    "description": "body",
    "agency": column("field_result_id", read=markup.words),
    "naics_codes": column("field_naics_code", read=naics),
    "set_aside": "field_acquisition_strategy",
    "phase": "field_award_status",
    "value": "field_estimated_contract_v_max",
    "solicitation": column("field_estimated_solicitation_dat", read=markup.day),
    "award": column("field_estimated_award_fy", "field_estimated_award_fy_qtr", read=award),
    "url": column("nid", read=record_page),
}
OPTIONAL: Mapping[str, Declared] = {
    "component": column("field_organization", read=markup.words),
    "competition": "field_extent_competed",
    "contract_type": "field_contract_type",
    "contract_vehicle": column("field_procurement_method", read=vehicle),
    "requirement_type": "field_requirement_status",
    "performance": column("field_period_of_performance", read=markup.span, memo=False),
    "place": column(
        "field_place_of_performance", "field_place_of_performance_administrative_area", read=markup.place
    ),
    "incumbent_name": "field_contractor_name",
    "contacts": column(
        "field_point_of_contact_name",
        "field_point_of_contact_email",
        "field_advisor_info_name",
        read=contacts,
    ),
    "solicitation_url": column("field_solicitation_link", read=markup.link),
    "agency_updated_at": column("changed", read=changed, memo=False),
}
KNOWN = ("created", "field_region", "field_source_listing_id", "field_type_of_awardee", "status")
SPELLINGS = {"field_organization": ("field_funding_organization",)}

DOWNLOADED: Mapping[str, Declared] = {
    "native_id": "Node_ID",
    "title": column("Title", read=markup.heading),
    "agency": column("Agency", read=markup.words),
    "component": column("Organization", read=markup.words),
    "naics_codes": column("NAICS Code", read=naics),
    "set_aside": "Set Aside Type",
    "contract_type": "Contract Type",
    "requirement_type": "Requirement Status",
    "phase": "Acquisition Phase",
    "value": "Estimated Contract Value",
    "solicitation": column("Estimated Solicitation Date", read=markup.day),
    "award": column("Estimated Award FY", "Estimated Award FY-QTR", read=award),
    "place": column(
        "Place of Performance City",
        "Place of Performance State",
        "Place of Performance Country",
        read=place_of_cells,
    ),
    "url": column("Node_ID", read=record_page),
}
DOWNLOADED_OPTIONAL: Mapping[str, Declared] = {
    "description": column("Description", "Body", read=description),
    "office": column("Contracting Office / Organization", read=markup.words),
    "program_office": column("Funding Office", read=markup.words),
    "competition": "Extent Competed",
    "contract_vehicle": column("Procurement Method", read=vehicle),
    "award_type": "Award Type",
    "performance": column("Period of Performance", read=markup.span, memo=False),
    "incumbent_name": "Contractor Name",
    "incumbent_contract": "Awarded Contract Order",
    "incumbent_ends": column("Current Completion Date", "Ultimate Completion Date", read=contract_end),
    "contacts": column("Content: Point of Contact (Name) For", "Point of Contact (Email)", read=contacts),
    "solicitation_url": column("Solicitation Link", read=markup.link),
    "agency_updated_at": column("ChangedDate", read=changed, memo=False),
}
DOWNLOADED_KNOWN = (
    "Additional Information", "Basic Exercised Options", "Basic Exercised Value",
    "Contracting Department/Ind. Agency", "CreatedDate", "Current Fiscal Year Projected Obligation",
    "Delivery Order Value", "Funding Source", "Listing ID", "Published", "Region", "Type of Awardee",
)  # fmt: skip
DOWNLOADED_SPELLINGS = {
    "Agency": ("Funding Department / Ind. Agency",),
    "Organization": ("Funding Organization",),
}
"""September 2026, when the download had 47 columns."""


def download(**columns: Declared) -> Layout:
    """The file that the page's button gives, of 44 columns or 47; `columns` say where a source reads otherwise."""
    return Layout(
        kind=Kind.CSV,
        columns={**DOWNLOADED, **columns},
        optional=DOWNLOADED_OPTIONAL,
        known=DOWNLOADED_KNOWN,
        spellings=DOWNLOADED_SPELLINGS,
        cap=CAP,
    )
