"""HUD: the forecast of contracting opportunities, a report printed into a workbook.

Verified on the edition of 29 April 2026 (172 rows, 15 headings in row 4, in row 3 of June's; merged cells, columns of
blanks between). Both dates hold days, but their headings say "(Month)": they are read as months. What replaces a
contract names it in the description's last line (122 rows; 12 of them name none yet).
Unread: nothing. Not verified: the file's next name; FY26-27 is part of this one.
"""

import re
from datetime import timedelta

from prospect_aggregate.normalize import codes, dates, text
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column

_CONTRACT = re.compile(r"^ *Current Contract Number: *(.+)$", re.IGNORECASE | re.MULTILINE)


def current_contract(description: text.Cell) -> str | None:
    """The labelled value on a line of its own."""
    found = _CONTRACT.search(text.prose(description) or "")
    return codes.award_number(found[1]) if found else None


class HousingAndUrbanDevelopment(Scraper):
    name = "HUD"
    agency = "Department of Housing and Urban Development"
    url = "https://www.hud.gov/stat/sdb/forecast"
    address = "https://www.hud.gov/sites/dfiles/SDB/documents/HUD-Forecast-FY26-27.xlsx"
    coverage = "All offices; planned purchases of this fiscal year and the next, cancelled ones among them."
    freshness_limit = timedelta(days=10)
    list_limit = timedelta(days=92)  # that of 29 April 2026 was the newest on 13 May, another came by 1 June
    dated = re.compile(r"PRODUCTS AND SERVICES\s+(\d{2}/\d{2}/\d{4})")
    columns = {
        "native_id": "Plan Number",
        "description": "Description",
        "program_office": "HUD Office",
        "naics_codes": "Primary NAICS Code",
        "set_aside": "Type of Competition",
        "competition": "Type of Competition",
        "contract_vehicle": "MACs or GWACs",
        "requirement_type": "Requirement Type",
        "phase": "Contract Status",
        "value": "Total Contract Value Dollar Range (Base and All Option Values)",
        "solicitation": column("Solicitation Release Date (Month)", read=dates.month),
        "award": column("Award Date (Month)", read=dates.month),
        "performance": "Contract Length",
        "incumbent_contract": column(
            "Description", read=current_contract, memo=False, shared=("Description",)
        ),
        "contacts": "Point of Contact Email",
        "agency_updated_at": "Modified",
    }
    kept = ("Fiscal Year",)
