"""Justice: the forecast workbook of all bureaus, at an address that stays.

Verified on the edition of 9 March 2026 (506 rows, 33 headings in row 13); of June 2026 we know the headings (a new
`Last Modified Date`) and that one of 528 rows has no number. Seven sheets are hidden, and a second visible one holds
six years of history under the same headings: only the one named here is read. Five numbers stand on 2 to 15 rows that
differ in their place alone; each row is a purchase. Quarters are taken for fiscal ones.
Unread: 65 places in brackets (63 `[Nationwide]`, 2 `[Many locations across the United States]`); 60 contract numbers
of incumbents that are names, EINs, UEIs or old numbers. Not verified: whether justice.gov lets an honest program in.
"""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.readers import read_workbook


def number(tracking: Cell, name: Cell, office: Cell, where: Cell) -> str | None:
    """The list's own, else one of ours."""
    return text.identifier(tracking) or composite(name, office, where)


def bureau(cell: Cell) -> str | None:
    """`BOP-1540` is the BOP."""
    return re.sub(r"-\d+$", "", text.known(cell) or "") or None


def place(where: Cell, country: Cell) -> places.Place:
    """`[Nationwide]` is somewhere in the country; `[International]` is not, whatever stands beside it."""
    read = places.one_cell(where)
    abroad = text.line(where) == "[International]"
    return read if read.country or abroad else replace(read, country=places.country(country))


class Justice(Scraper):
    name = "Justice"
    agency = "Department of Justice"
    url = "https://www.justice.gov/jmd/doj-forecast-contracting-opportunities"
    address = "https://www.justice.gov/media/1381791/dl"
    kind = Kind.XLSX
    reader = partial(read_workbook, sheet="Contracting Opportunities Data")
    coverage = "All bureaus; planned purchases of the fiscal year, with a solicitation and an award quarter."
    freshness_limit = timedelta(days=10)
    repeats = True
    columns = {
        "native_id": column(
            "Action Tracking Number",
            "Contract Name",
            "Contracting Office",
            "Place of Performance",
            read=number,
        ),
        "title": column("Contract Name", read=text.line, memo=False),
        "description": column("Description of Requirement", read=text.prose, memo=False),
        "component": column("Bureau", read=bureau),
        "office": column("Contracting Office", read=text.line),
        "program_office": column("OBD", read=text.known),
        "naics_codes": column("NAICS Code", read=codes.naics),
        "psc_codes": column("Product Service Code", read=codes.psc),
        "set_aside": column("Small Business Approach", read=codes.set_aside),
        "competition": column("Competition Approach", read=codes.competition),
        "contract_type": column("Contract Type (Pricing)", read=codes.contract_type),
        "contract_vehicle": column("Contracting Solution", read=codes.vehicle),
        "award_type": column("Award Type", read=text.known),
        "requirement_type": column("Acquisition History", read=codes.requirement_type),
        "value": column("Estimated Total Contract Value (Range)", read=money.value_range),
        "solicitation": column("Target Solicitation Date", read=dates.fiscal_quarter),
        "award": column("Target Award Date", read=dates.fiscal_quarter),
        "performance": column("Length of Contract", read=dates.in_words),
        "place": column("Place of Performance", "Country", read=place),
        "incumbent_name": column("Incumbent Contractor", read=text.named),
        "incumbent_contract": column("Incumbent Contractor PIID", read=codes.award_number),
        "contacts": column(
            "DOJ Requirement POC - Name",
            "DOJ Requirement POC - Email Address",
            "DOJ Small Business POC - Name",
            "DOJ Small Business POC - Email Address",
            read=people("requirement", "small_business"),
        ),
        "solicitation_url": column("Solicitation Link", read=text.web_address),
        "agency_updated_at": column("Last Modified Date", read=dates.as_day, required=False),
    }
    kept = (
        "Fiscal Year", "Category", "Subcategory", "Contract Availability", "Request for Information (RFI) Planned",
        "Other Information",
    )  # fmt: skip
