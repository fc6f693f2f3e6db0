"""Homeland Security: the Acquisition Planning Forecast System (APFS).

The list is one JSON array, whole, without sign-in or pages. Verified on editions of March 2024 (41 fields) and May 2026
(30 fields); 2026 publishes no description. A star before a number comes and goes and is no part of it.

The file that the page's button gives (23 columns) is read too. Verified by others on July 2025, by counts: columns, the
1,000 rows at which it ends, `Full` or nothing as set-aside. Not verified: the headings of place and contact, to the
letter, and that `Full` is what the list calls true. It has a quarter of award where the list has a day, no offices, and
no record's id; that one is the number's end (in all 802 rows of 2024, and in all of May 2026).
"""

from datetime import timedelta

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import Contact, contacts_of
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


def phase(status: Cell) -> Coded:
    """Of NEW, REC and NLR only the last tells how far a purchase is."""
    return codes.phase(status) if status == "NLR" else Coded()


def set_aside_of_file(program: Cell, extent: Cell) -> Coded:
    return set_aside(program, True if text.line(extent) == "Full" else None)


def contacts(*cells: Cell) -> tuple[Contact, ...]:
    """First name, last name, mail and telephone of two people, and a coordinator's mail between them."""
    first, last, mail, phone, coordinator, other_first, other_last, other_mail, other_phone = cells
    return contacts_of(
        ("requirement", text.person(first, last), mail, phone),
        ("small_business", None, coordinator, None),
        ("alternate", text.person(other_first, other_last), other_mail, other_phone),
    )


def requirement_type_of_file(status: Cell) -> str | None:
    return codes.requirement_type("No Longer Required" if status == "NLR" else status)


def contact_of_file(first: Cell, last: Cell, mail: Cell, phone: Cell) -> tuple[Contact, ...]:
    return contacts_of(("requirement", text.person(first, last), mail, phone))


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
        "native_id": column("APFS Number", read=text.identifier, memo=False),
        "title": column("Title", read=text.line, memo=False),
        "description": column("Description", read=text.prose, memo=False),
        "component": column("Component", read=text.line),
        "naics_codes": column("NAICS", read=codes.naics),
        "set_aside": column("Small Business Program", "Small Business Set-Aside", read=set_aside_of_file),
        "contract_type": column("Contract Type", read=codes.contract_type),
        "contract_vehicle": column("Contract Vehicle", read=codes.vehicle),
        "requirement_type": column("Contract Status", read=requirement_type_of_file),
        "phase": column("Contract Status", read=phase),
        "value": column("Dollar Range", read=money.value_range),
        "solicitation": column("Estimated Solicitation Release", read=dates.day),
        "award": column("Award Quarter", read=dates.fiscal_quarter),
        "place": column("Place of Performance City", "Place of Performance State", read=places.place),
        "incumbent_name": column("Contractor", read=text.named),
        "incumbent_contract": column("Contract Number", read=codes.award_number),
        "contacts": column(
            "Primary Contact First Name",
            "Primary Contact Last Name",
            "Primary Contact Email",
            "Primary Contact Phone",
            read=contact_of_file,
        ),
        "agency_updated_at": column("Forecast Published", read=dates.as_day),
        "url": column("APFS Number", read=record_page_of_file, memo=False),
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
    freshness_limit = timedelta(days=3)
    by_hand = (DOWNLOADED,)
    columns = {
        "native_id": column("apfs_number", read=text.identifier, memo=False),
        "title": column("requirements_title", read=text.line, memo=False),
        "description": column("requirement", read=text.prose, required=False, memo=False),
        "component": column("organization", read=text.line),
        "office": column("contracting_office", read=text.line),
        "program_office": column("requirements_office", read=text.line, required=False),
        "naics_codes": column("naics", read=codes.naics),
        "set_aside": column(
            "small_business_program", "small_business_set_aside", read=set_aside, required=False
        ),
        "contract_type": column("contract_type", read=codes.contract_type, required=False),
        "contract_vehicle": column("contract_vehicle", read=codes.vehicle),
        "requirement_type": column("competitive", read=codes.requirement_type),
        "phase": column("contract_status", read=phase),
        "value": column("dollar_range.display_name", read=money.value_range),
        "solicitation": column("estimated_solicitation_release_date", read=dates.day),
        "award": column("anticipated_award_date", read=dates.day),
        "performance": column(
            "estimated_period_of_performance_start", "estimated_period_of_performance_end", read=dates.period
        ),
        "place": column("place_of_performance_city", "place_of_performance_state", read=places.place),
        "incumbent_name": column("contractor", read=text.named),
        "incumbent_contract": column("contract_number", read=codes.award_number),
        "contacts": column(
            "requirements_contact_first_name",
            "requirements_contact_last_name",
            "requirements_contact_email",
            "requirements_contact_phone",
            "sbs_coordinator_email",
            "alternate_contact_first_name",
            "alternate_contact_last_name",
            "alternate_contact_email",
            "alternate_contact_phone",
            read=contacts,
            required=False,
        ),
        "agency_updated_at": column("last_updated_date", read=dates.as_day),
        "url": column("id", read=record_page, memo=False),
    }
    known = (
        "apfs_coordinator_office", "award_quarter", "created_on", "current_state",
        "dollar_range.display_order", "estimated_release_date", "fiscal_year", "mission", "previous_publish_date",
        "previous_published_date", "publish_date", "published_date",
    )  # fmt: skip
