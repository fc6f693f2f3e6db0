"""State: the procurement forecast workbook, linked on a page under another name in each edition.

Verified on edition 4 of FY26 (April 2026; 453 rows, 25 headings in row 1, one of them misspelled), which the page
still linked in August 2026. The editions of FY25 had 26 other headings and are refused by name. There are no numbers:
ours are made of title, office, city and country, and 17 of those 417 stand on more than one row. Fiscal Year is the
list's: it completes a quarter that has none, and never makes a date of "To Be Determined".
Unread: 12 solicitation dates (10 `3rd (January 1 - March 31)`, which contradicts itself, `2/30/2026`, `December`); 4
NAICS that are no codes (541300, 541752, 334110, 561449); 5 places of several countries (3 also where the state
should be); 4 performance starts (one in the year 1905, 3 in words); 25 contract numbers (in sentences, `IDIQ/TO`, `C`).
Not verified: whether state.gov lets an honest program in; it answers programs with "Technical Difficulties", HTTP 200.
"""

import re
from datetime import timedelta

from prospect_aggregate.normalize import dates, places, spans, text
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.links import Linked


def number(title: text.Cell, office: text.Cell, city: text.Cell, country: text.Cell) -> str | None:
    """One country has four spellings here (`USA`, `US `, `United States`…), and is one."""
    return composite(title, office, city, places.country(country) or country)


CITY, COUNTRY = "Place of Performance (City)", "Place of Performance (Country)"


class State(Linked):
    name = "State"
    agency = "Department of State"
    url = "https://www.state.gov/Procurement-Forecast"
    link = re.compile(r"procurement[-_ ]forecast[^/]*\.xlsx\b", re.IGNORECASE)
    coverage = "All offices and posts that contribute; planned purchases of the fiscal year, without numbers."
    freshness_limit = timedelta(days=10)
    repeats = True
    columns = {
        "native_id": column("Requirement Title", "Contracting Office", CITY, COUNTRY, read=number),
        "title": "Requirement Title",
        "description": "Requirement Description",
        "office": "Contracting Office",
        "naics_codes": "NAICS Code",
        "set_aside": "Set-Aside Type",
        "competition": "Extent Competed",
        "contract_type": "Contract Type",
        "award_type": "Anticipated Award Type",
        "phase": "Acquistion Phase",
        "value": "Estimated Contract Value*",
        "solicitation": column("Estimated Solicitation Date", "Fiscal Year", read=dates.any_window),
        "award": column("Estimated Award FY Quarter", "Fiscal Year", read=dates.any_window),
        "performance": column("PoP Date Start", "Fiscal Year", read=spans.start),
        "place": (CITY, "Place of Performance (State)", COUNTRY),
        "incumbent_name": "Incumbent Contractor Name",
        "incumbent_contract": "Awarded Contract Order",
        "contacts": ("POC Name", "POC Email", "Small Business Specialist Name", "Small Business Specialist Email"),
        "clearance": "Facility Security Clearance",
    }  # fmt: skip
    kept = ("Agency",)
    spellings = {"Acquistion Phase": ("Acquisition Phase",)}
