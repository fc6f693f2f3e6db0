"""Social Security: the forecast workbook of its contracting divisions, linked on a page under a name that changes.

Not verified on a file of ours: none was at hand. The 15 columns, the heading row that moves (4 or 5; found by its
headings), the empty print bands that repeat them to 66 columns, and the words are as others recorded them of July 2025
(94 rows) and June 2026 (125 rows); the sample is made after those. The page links stale workbooks too, one of them with
the later date in its name: the section "Contracting Forecast" and the highest fiscal year in a link's words decide.
Others were let in only with a browser's headers; we say who we are, so that this source may stand as blocked.
Costs are per fiscal year, never totals. From `EXISTING AWD #` on, cells are filled in 20 of 94 rows, all of them
replacements: they may describe the current contract, the kind of competition included.
Unreadable by kind: `Region 02` and `Headquarters` are no place; `Various` is no amount.
"""

import re

from prospect_aggregate.normalize import codes, money, text
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.links import Linked


def pricing(instrument: text.Cell) -> str | None:
    """`Contract - Firm-fixed-price` also says how it is priced; `Delivery / Task Order` does not."""
    kind, _, price = (text.known(instrument) or "").partition(" - ")
    return codes.contract_type(price) if kind == "Contract" else None


class SocialSecurity(Linked):
    name = "Social Security"
    key = "ssa"
    agency = "Social Security Administration"
    url = "https://www.ssa.gov/osdbu/contract-forecast-intro.html"
    link = re.compile(r"\.xls[mx]$", re.IGNORECASE)
    near = "Contracting Forecast"
    coverage = "All contracting divisions; planned awards with a day of award and a cost per fiscal year."
    columns = {
        "native_id": "APP #",
        "description": column("DESCRIPTION", read=text.line),
        "office": "SITE Type",
        "naics_codes": "NAICS",
        "set_aside": column("TYPE OF COMPETITION", read=codes.method),
        "competition": "TYPE OF COMPETITION",
        "contract_type": column("CONTRACT TYPE", read=pricing),
        "award_type": "CONTRACT TYPE",
        "requirement_type": "REQUIREMENT TYPE",
        "value": column("EST COST PER FY", read=money.yearly),
        "award": "PLANNED AWARD DATE",
        "place": "PLACE OF PERFORMANCE",
        "incumbent_name": "INCUMBENT VENDOR",
        "incumbent_contract": "EXISTING AWD #",
        "incumbent_ends": "ULTIMATE COMPLETION DATE",
    }
    known = ("NAICS DESCRIPTION", "NET VIEW TOTAL OBLIGATED AMT")
