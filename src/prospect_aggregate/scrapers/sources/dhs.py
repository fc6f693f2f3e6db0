"""Homeland Security: the Acquisition Planning Forecast System (APFS).

The list is one JSON array, whole, without sign-in or pages. Verified on editions of March 2024 (41 fields) and May 2026
(30 fields); 2026 publishes no description. A star before a number comes and goes and is no part of it.

The file that the page's button gives (23 columns) is read too. Verified by others on July 2025, by counts: columns, the
1,000 rows at which it ends, `Full` or nothing as set-aside. Not verified: the headings of place and contact, to the
letter, and that `Full` is what the list calls true. It has a quarter of award where the list has a day, no offices, and
no record's id; that one is the number's end (in all 802 rows of 2024, and in all of May 2026).
"""

from prospect_aggregate.normalize import codes, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.layout import Layout


def set_aside(program: Cell, flag: Cell) -> Coded:
    """The flag, new in 2026, wins: `false` is none whatever program is named, `true` with none named is OTHER."""
    read = codes.set_aside(program)
    if flag is False:
        return Coded("NONE", read.text)
    if flag is True and read.code in (None, "TBD", "NONE"):
        return Coded("OTHER", read.text)
    return read


def set_aside_of_file(program: Cell, extent: Cell) -> Coded:
    return set_aside(program, True if text.line(extent) == "Full" else None)


def phase(status: Cell) -> Coded:
    """Of NEW, REC and NLR only the last tells how far a purchase is."""
    return codes.phase(status) if status == "NLR" else Coded()


def requirement_type_of_file(status: Cell) -> str | None:
    return codes.requirement_type("No Longer Required" if status == "NLR" else status)


def record_page(number: Cell) -> str:
    return f"https://apfs-cloud.dhs.gov/record/{text.identifier(number)}/public-print/"


def record_page_of_file(number: Cell) -> str | None:
    """F2023061355 is record 61355."""
    digits = (text.identifier(number) or "")[5:]
    return record_page(int(digits)) if digits.isascii() and digits.isdigit() else None


DOWNLOADED = Layout(
    kind=Kind.CSV,
    cap=1000,
    columns={
        "native_id": "APFS Number",
        "title": "Title",
        "description": "Description",
        "component": "Component",
        "naics_codes": "NAICS",
        "set_aside": column("Small Business Program", "Small Business Set-Aside", read=set_aside_of_file),
        "contract_type": "Contract Type",
        "contract_vehicle": "Contract Vehicle",
        "requirement_type": column("Contract Status", read=requirement_type_of_file),
        "phase": column("Contract Status", read=phase),
        "value": "Dollar Range",
        "solicitation": "Estimated Solicitation Release",
        "award": "Award Quarter",
        "place": ("Place of Performance City", "Place of Performance State"),
        "incumbent_name": "Contractor",
        "incumbent_contract": "Contract Number",
        "contacts": column(
            "Primary Contact First Name",
            "Primary Contact Last Name",
            "Primary Contact Email",
            "Primary Contact Phone",
            read=people(requirement="first last mail phone"),
        ),
        "agency_updated_at": "Forecast Published",
        "url": column("APFS Number", read=record_page_of_file),
    },
    known=("Forecast Previously Published",),
    spellings={
        "Primary Contact First Name": ("Primary Contact First",),
        "Primary Contact Last Name": ("Primary Contact Last",),
    },
)


class HomelandSecurity(Scraper):
    name = "Homeland Security"
    key = "dhs"
    agency = "Department of Homeland Security"
    url = "https://apfs-cloud.dhs.gov/forecast/"
    address = "https://apfs-cloud.dhs.gov/api/forecast/"
    kind = Kind.JSON
    coverage = "All components; planned purchases above the simplified acquisition threshold."
    columns = {
        "native_id": "apfs_number",
        "title": "requirements_title",
        "component": "organization",
        "office": "contracting_office",
        "naics_codes": "naics",
        "contract_vehicle": "contract_vehicle",
        "requirement_type": "competitive",
        "phase": column("contract_status", read=phase),
        "value": "dollar_range.display_name",
        "solicitation": "estimated_solicitation_release_date",
        "award": "anticipated_award_date",
        "performance": ("estimated_period_of_performance_start", "estimated_period_of_performance_end"),
        "place": ("place_of_performance_city", "place_of_performance_state"),
        "incumbent_name": "contractor",
        "incumbent_contract": "contract_number",
        "agency_updated_at": "last_updated_date",
        "url": column("id", read=record_page),
    }
    optional = {
        "description": "requirement",
        "program_office": "requirements_office",
        "set_aside": column("small_business_program", "small_business_set_aside", read=set_aside),
        "contract_type": "contract_type",
        "contacts": column(
            "requirements_contact_first_name", "requirements_contact_last_name",
            "requirements_contact_email", "requirements_contact_phone", "sbs_coordinator_email",
            "alternate_contact_first_name", "alternate_contact_last_name",
            "alternate_contact_email", "alternate_contact_phone",
            read=people(
                requirement="first last mail phone", small_business="mail", alternate="first last mail phone"
            ),
        ),
    }  # fmt: skip
    known = (
        "apfs_coordinator_office", "award_quarter", "created_on", "current_state",
        "dollar_range.display_order", "estimated_release_date", "fiscal_year", "mission", "previous_publish_date",
        "previous_published_date", "publish_date", "published_date",
    )  # fmt: skip
    by_hand = (DOWNLOADED,)
