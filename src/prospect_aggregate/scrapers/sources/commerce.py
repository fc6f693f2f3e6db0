"""Commerce: the weekly forecast workbook of all bureaus.

Verified on the edition of 12 May 2026 (3,452 rows; headings in row 3). It publishes a solicitation quarter and no award
date. Incumbents' names are cut at 20 letters. In the autumn of 2026 the list was halved: 1,654 rows (not seen by us).
"""

from datetime import timedelta

from prospect_aggregate.normalize import codes, spans, text
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import awarded


def bureau(organization: text.Cell) -> str | None:
    """`NOAA - PROGRAM OFFICE` is the NOAA."""
    name = text.line(organization)
    return name.split(" - ")[0] if name else None


def set_aside(awardee: text.Cell, anticipated: text.Cell) -> codes.Coded:
    """The awardee decides; where it is open, only "Small Business" of the anticipated kinds is a set-aside."""
    read = codes.set_aside(awardee)
    if read.code in (None, "TBD") and text.line(anticipated) == "Small Business":
        return codes.Coded("SBA", "Small Business")
    return read


class Commerce(Scraper):
    name = "Commerce"
    agency = "Department of Commerce"
    url = "https://www.commerce.gov/oam/industry/procurement-forecasts"
    address = "https://www.commerce.gov/sites/default/files/2022-12/DOC%20Weekly%20Forecast%20Report.xlsx"
    coverage = "All bureaus; planned purchases of any size, with a solicitation quarter and no award date."
    freshness_limit = timedelta(days=10)
    columns = {
        "native_id": "Forecast ID",
        "title": "Title",
        "description": "Description",
        "component": column("Organization", read=bureau),
        "office": "Office",
        "program_office": "Organization Unit",
        "naics_codes": "Naics Code",
        "set_aside": column("Type Of Awardee", "Anticipated Set Aside And Type", read=set_aside),
        "competition": "Competition Strategy",
        "contract_vehicle": "Anticipated Contract Vehicle",
        "award_type": "Anticipated Action Award Type",
        "requirement_type": "New Requirement Or Recompete",
        "phase": column("Awarded?", read=awarded("Awarded?")),
        "value": "Estimated Value Range",
        "solicitation": ("Estimated Solicitation Fiscal Quarter", "Estimated Solicitation Fiscal Year"),
        "performance": column("Years", "Months", read=spans.years_and_months),
        "place": ("Place Of Performance City", "Place Of Performance State", "Place Of Performance Country"),
        "incumbent_name": "Incumbent Contractor Name",
        "incumbent_contract": "Awarded Contract Order Number",
        "contacts": ("Point Of Contact Name", "Point Of Contact Email"),
        "agency_updated_at": ("Date Created or Modified", "Date Created"),
    }
    kept = ("Workspace Number", "Does This Acquisition Contain Information Technology")
