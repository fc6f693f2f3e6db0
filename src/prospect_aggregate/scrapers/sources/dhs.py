"""Homeland Security: the Acquisition Planning Forecast System (APFS).

The list is one JSON array, whole, without sign-in or pages. Verified on editions of March 2024 (41 fields) and May 2026
(30 fields); 2026 publishes no description. A star before a number comes and goes and is no part of it.
"""

from datetime import timedelta

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import Contact, contacts_of
from prospect_aggregate.scrapers.fetch import Kind


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


def contacts(*cells: Cell) -> tuple[Contact, ...]:
    """First name, last name, mail and telephone of two people, and a coordinator's mail between them."""
    first, last, mail, phone, coordinator, other_first, other_last, other_mail, other_phone = cells
    return contacts_of(
        ("requirement", text.person(first, last), mail, phone),
        ("small_business", None, coordinator, None),
        ("alternate", text.person(other_first, other_last), other_mail, other_phone),
    )


def record_page(number: Cell) -> str:
    return f"https://apfs-cloud.dhs.gov/record/{text.identifier(number)}/public-print/"


class HomelandSecurity(Scraper):
    name = "Homeland Security"
    key = "dhs"
    agency = "Department of Homeland Security"
    url = "https://apfs-cloud.dhs.gov/forecast/"
    address = "https://apfs-cloud.dhs.gov/api/forecast/"
    kind = Kind.JSON
    coverage = "All components; planned purchases above the simplified acquisition threshold."
    freshness_limit = timedelta(days=3)
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
