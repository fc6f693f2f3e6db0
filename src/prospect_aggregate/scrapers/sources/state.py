"""State: the procurement forecast workbook, linked on a page under another name in each edition.

Verified on edition 4 of FY26 (April 2026; 453 rows, 25 headings in row 1, one of them misspelled), which the page
still linked in August 2026. The editions of FY25 had 26 other headings and are refused by name. There are no numbers:
ours are made of title, office, city and country, and 17 of those 417 stand on more than one row. Fiscal Year is the
list's: it completes a quarter that has none, and never makes a date of "To Be Determined".
Unread: 12 solicitation dates (10 `3rd (January 1 - March 31)`, which contradicts itself, `2/30/2026`, `December`); 4
NAICS that are no codes (541300, 541752, 334110, 561449); 5 places of several countries; 4 performance starts (one in
the year 1905, 3 in words); 25 contract numbers (in sentences, `IDIQ/TO`, `C`).
Not verified: whether state.gov lets an honest program in; it answers programs with "Technical Difficulties", HTTP 200.
"""

import re
from dataclasses import replace
from datetime import timedelta

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.links import Linked


def number(title: Cell, office: Cell, city: Cell, country: Cell) -> str | None:
    """One country has four spellings here (`USA`, `US `, `United States`…), and is one."""
    return composite(title, office, city, places.country(country) or country)


def performance(start: Cell, fiscal_year: Cell) -> dates.Window:
    """A start; no end is published."""
    return replace(dates.any_window(start, fiscal_year), last=None)


CITY, COUNTRY = "Place of Performance (City)", "Place of Performance (Country)"


class State(Linked):
    name = "State"
    agency = "Department of State"
    url = "https://www.state.gov/Procurement-Forecast"
    address = url
    link = re.compile(r"procurement[-_ ]forecast[^/]*\.xlsx\b", re.IGNORECASE)
    kind = Kind.XLSX
    coverage = "All offices and posts that contribute; planned purchases of the fiscal year, without numbers."
    freshness_limit = timedelta(days=10)
    repeats = True
    columns = {
        "native_id": column("Requirement Title", "Contracting Office", CITY, COUNTRY, read=number),
        "title": column("Requirement Title", read=text.line, memo=False),
        "description": column("Requirement Description", read=text.prose, memo=False),
        "office": column("Contracting Office", read=text.known),
        "naics_codes": column("NAICS Code", read=codes.naics),
        "set_aside": column("Set-Aside Type", read=codes.set_aside),
        "competition": column("Extent Competed", read=codes.competition),
        "contract_type": column("Contract Type", read=codes.contract_type),
        "award_type": column("Anticipated Award Type", read=text.known),
        "phase": column("Acquistion Phase", read=codes.phase),
        "value": column("Estimated Contract Value*", read=money.value_range),
        "solicitation": column("Estimated Solicitation Date", "Fiscal Year", read=dates.any_window),
        "award": column("Estimated Award FY Quarter", "Fiscal Year", read=dates.any_window),
        "performance": column("PoP Date Start", "Fiscal Year", read=performance),
        "place": column(CITY, "Place of Performance (State)", COUNTRY, read=places.place),
        "incumbent_name": column("Incumbent Contractor Name", read=text.named),
        "incumbent_contract": column("Awarded Contract Order", read=codes.award_number),
        "contacts": column(
            "POC Name",
            "POC Email",
            "Small Business Specialist Name",
            "Small Business Specialist Email",
            read=people("requirement", "small_business"),
        ),
        "clearance": column("Facility Security Clearance", read=text.known),
    }
    kept = ("Agency",)
    spellings = {"Acquistion Phase": ("Acquisition Phase",)}
