"""Energy: contracts of headquarters and field offices that are about to end, linked on a page.

Verified on the edition of 11 May 2026 (886 rows, 13 headings in row 18 below a preamble); in June two columns changed
places. It is an Expiring Contracts List: "some may not be re-competed". Its dates end current contracts (read as
months: they move by days), and set-aside, type, NAICS and place are the current contract's.
Not verified: that the page of September 2026 links to `/documents/osbp-acquisition-forecast-…-20260911`, a CSV file
with these headings in row 1. Both are read, the CSV's dates in the spellings that other lists use.
Unread: nothing. Two NAICS are of editions before 2007: 541710 (4 rows), 234930 (1).
"""

import re
from datetime import timedelta

from prospect_aggregate.normalize import codes, dates, places, text
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import mailboxes
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.links import Linked


def vehicle(number: text.Cell) -> codes.Coded:
    """`NNG15SC82B / 89503425FWA401728` is an order on the first of the two."""
    ordered_on, slash, _ = (text.line(number) or "").partition(" / ")
    return codes.Coded(None, ordered_on) if slash else codes.Coded()


class Energy(Linked):
    name = "Energy"
    agency = "Department of Energy"
    url = "https://www.energy.gov/osdbu/acquisition-forecast"
    link = re.compile(
        r"acquisition[-_ ]forecast[^/]*\.(?:xlsx|csv)\b|/documents/[^/]*acquisition-forecast", re.I
    )
    coverage = (
        "Prime contracts over $25,000 that are about to end; some may not be bought again. No laboratories."
    )
    freshness_limit = timedelta(days=10)
    list_limit = timedelta(days=62)  # new on 11 May and 11 June 2026, and again in July: two missed months
    dated = re.compile(r"Report generated on: *([\w-]+)")
    basis = "expiring_contract"
    columns = {
        "native_id": "Current Contract Number",
        "description": "Acquisition Description",
        "program_office": "Program Office",
        "naics_codes": "NAICS Code",
        "set_aside": "Type of Set Aside",
        "contract_vehicle": column("Current Contract Number", read=vehicle),
        "award_type": "Contract Type",
        "value": "Estimated Value Range",
        "place": column("Principal Place of Performance State", read=places.in_state),
        "incumbent_name": "Current Incumbent",
        "incumbent_contract": "Current Contract Number",
        "incumbent_ends": column("Performance End Date", read=dates.month),
        "contacts": column("Small Business Program Manager", read=mailboxes("small_business")),
    }
    kept = ("NAICS Description", "Contracting Officers Business Size Selection")
    by_hand = (Layout(kind=Kind.CSV, columns=columns, kept=kept),)

    def kind_at(self, address: str) -> Kind:
        return Kind.XLSX if ".xlsx" in address.casefold() else Kind.CSV
