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

from prospect_aggregate.normalize import places, text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.identity import numbered
from prospect_aggregate.scrapers.readers import read_workbook


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
    reader = partial(read_workbook, sheet="Contracting Opportunities Data")
    coverage = "All bureaus; planned purchases of the fiscal year, with a solicitation and an award quarter."
    freshness_limit = timedelta(days=10)
    repeats = True
    columns = {
        "native_id": column(
            "Action Tracking Number", "Contract Name", "Contracting Office", "Place of Performance", read=numbered
        ),
        "title": "Contract Name",
        "description": "Description of Requirement",
        "component": column("Bureau", read=bureau),
        "office": "Contracting Office",
        "program_office": "OBD",
        "naics_codes": "NAICS Code",
        "psc_codes": "Product Service Code",
        "set_aside": "Small Business Approach",
        "competition": "Competition Approach",
        "contract_type": "Contract Type (Pricing)",
        "contract_vehicle": "Contracting Solution",
        "award_type": "Award Type",
        "requirement_type": "Acquisition History",
        "value": "Estimated Total Contract Value (Range)",
        "solicitation": "Target Solicitation Date",
        "award": "Target Award Date",
        "performance": "Length of Contract",
        "place": column("Place of Performance", "Country", read=place),
        "incumbent_name": "Incumbent Contractor",
        "incumbent_contract": "Incumbent Contractor PIID",
        "contacts": (
            "DOJ Requirement POC - Name", "DOJ Requirement POC - Email Address",
            "DOJ Small Business POC - Name", "DOJ Small Business POC - Email Address",
        ),
        "solicitation_url": "Solicitation Link",
    }  # fmt: skip
    optional = {"agency_updated_at": "Last Modified Date"}
    kept = (
        "Fiscal Year", "Category", "Subcategory", "Contract Availability", "Request for Information (RFI) Planned",
        "Other Information",
    )  # fmt: skip
