"""HUD: the forecast of contracting opportunities, a report printed into a workbook.

Verified on the edition of 29 April 2026 (172 rows, 15 headings in row 4, in row 3 of June's; merged cells, columns of
blanks between). Both dates hold days, but their headings say "(Month)": they are read as months. What replaces a
contract names it in the description's last line (122 rows; 12 of them name none yet).
Unread: nothing. Not verified: the file's next name; FY26-27 is part of this one.
"""

import re
from datetime import timedelta

from prospect_aggregate.normalize import codes, dates, money, text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import mailboxes
from prospect_aggregate.scrapers.fetch import Kind

_CONTRACT = re.compile(r"^ *Current Contract Number: *(.+)$", re.IGNORECASE | re.MULTILINE)


def current_contract(description: Cell) -> str | None:
    """The labelled value on a line of its own."""
    found = _CONTRACT.search(text.prose(description) or "")
    return codes.award_number(found[1]) if found else None


class HousingAndUrbanDevelopment(Scraper):
    name = "HUD"
    agency = "Department of Housing and Urban Development"
    url = "https://www.hud.gov/stat/sdb/forecast"
    address = "https://www.hud.gov/sites/dfiles/SDB/documents/HUD-Forecast-FY26-27.xlsx"
    kind = Kind.XLSX
    coverage = "All offices; planned purchases of this fiscal year and the next, cancelled ones among them."
    freshness_limit = timedelta(days=10)
    dated = re.compile(r"PRODUCTS AND SERVICES\s+(\d{2}/\d{2}/\d{4})")
    columns = {
        "native_id": column("Plan Number", read=text.identifier, memo=False),
        "description": column("Description", read=text.prose, memo=False),
        "program_office": column("HUD Office", read=text.line),
        "naics_codes": column("Primary NAICS Code", read=codes.naics),
        "set_aside": column("Type of Competition", read=codes.set_aside),
        "competition": column("Type of Competition", read=codes.competition),
        "contract_vehicle": column("MACs or GWACs", read=codes.vehicle),
        "requirement_type": column("Requirement Type", read=codes.requirement_type),
        "phase": column("Contract Status", read=codes.phase),
        "value": column(
            "Total Contract Value Dollar Range (Base and All Option Values)", read=money.value_range
        ),
        "solicitation": column("Solicitation Release Date (Month)", read=dates.month),
        "award": column("Award Date (Month)", read=dates.month),
        "performance": column("Contract Length", read=dates.in_words),
        "incumbent_contract": column("Description", read=current_contract, memo=False),
        "contacts": column("Point of Contact Email", read=mailboxes("requirement")),
        "agency_updated_at": column("Modified", read=dates.as_day),
    }
    kept = ("Fiscal Year",)
