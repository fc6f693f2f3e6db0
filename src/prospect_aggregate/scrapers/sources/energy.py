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
from functools import partial

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import mailboxes
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.links import Linked


def vehicle(number: Cell) -> Coded:
    """`NNG15SC82B / 89503425FWA401728` is an order on the first of the two."""
    ordered_on, slash, _ = (text.line(number) or "").partition(" / ")
    return Coded(None, ordered_on) if slash else Coded()


class Energy(Linked):
    name = "Energy"
    agency = "Department of Energy"
    url = "https://www.energy.gov/osdbu/acquisition-forecast"
    address = url
    link = re.compile(
        r"acquisition[-_ ]forecast[^/]*\.(?:xlsx|csv)\b|/documents/[^/]*acquisition-forecast", re.I
    )
    kind = Kind.XLSX
    coverage = (
        "Prime contracts over $25,000 that are about to end; some may not be bought again. No laboratories."
    )
    freshness_limit = timedelta(days=10)
    dated = re.compile(r"Report generated on: *([\w-]+)")
    columns = {
        "native_id": column("Current Contract Number", read=text.identifier, memo=False),
        "description": column("Acquisition Description", read=text.prose, memo=False),
        "program_office": column("Program Office", read=text.line),
        "naics_codes": column("NAICS Code", read=codes.naics),
        "set_aside": column("Type of Set Aside", read=codes.set_aside),
        "contract_vehicle": column("Current Contract Number", read=vehicle),
        "award_type": column("Contract Type", read=text.known),
        "basis": column("Performance End Date", read=lambda _end: "expiring_contract"),
        "value": column("Estimated Value Range", read=money.value_range),
        "place": column("Principal Place of Performance State", read=partial(places.place, None)),
        "incumbent_name": column("Current Incumbent", read=text.named),
        "incumbent_contract": column("Current Contract Number", read=codes.award_number),
        "incumbent_ends": column("Performance End Date", read=dates.month),
        "contacts": column("Small Business Program Manager", read=mailboxes("small_business")),
    }
    kept = ("NAICS Description", "Contracting Officers Business Size Selection")
    by_hand = (Layout(kind=Kind.CSV, columns=columns, kept=kept),)

    def kind_at(self, address: str) -> Kind:
        return Kind.XLSX if ".xlsx" in address.casefold() else Kind.CSV
