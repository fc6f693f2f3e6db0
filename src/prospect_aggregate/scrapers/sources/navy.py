"""Navy: the long-range acquisition estimates of ONR and NRL, two sheets of one workbook.

Verified on the edition of 19 December 2025 (50 and 16 rows, 26 columns, headings in row 7 of both; each sheet ends in a
distribution statement, which is noted and no row). Requirements have no number: one is known by its sheet and title, so
that a new title is a new prospect. The rest of the Navy publishes elsewhere and is not in this list.
The two sheets write the same things differently (2026 and `FY26`, `> $7.5M - < $50M` and `$7.5M - $50M`).
Unread: the place in 11 ONR rows (`ONR HQ` 7, `Off Site`, several in one cell, and two cells that hold a clearance and
a NAICS code); 4 contract numbers (2 sentences, 2 with a stray digit behind a blank).
"""

import re
from datetime import timedelta
from functools import partial

from prospect_aggregate.normalize import codes, dates, spans, text
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.sheets import SHEET, read_sheets

_ENDS = re.compile(
    r"\bCurrent (?:contract|(?:purchase )?order|TO) (?:expires|ends):? +(\d{1,2}[ -][A-Z]{3,9}[ -]\d{4})\b",
    re.IGNORECASE,
)


def number(sheet: Cell, title: Cell) -> str | None:
    return composite(sheet, title) if text.line(title) else None


def ends(comments: Cell) -> Window:
    """The current contract's last day where the comments name one, and only one, under that label."""
    found = _ENDS.findall(text.line(comments) or "")
    return dates.day(found[0]) if len(found) == 1 else Window()


def contract(cell: Cell) -> str | None:
    """The Navy writes its numbers without blanks; `N0001425F3001 3` holds another digit too many."""
    return None if " " in (text.line(cell) or "") else codes.award_number(cell)


def clearance(facility: Cell, personnel: Cell) -> str | None:
    cells = {"facility": text.known(facility), "personnel": text.known(personnel)}
    return ", ".join(f"{whose} {level}" for whose, level in cells.items() if level) or None


class Navy(Scraper):
    name = "Navy"
    agency = "Department of the Navy"
    url = "https://www.onr.navy.mil/media/document/onr-and-nrl-long-range-acquisition-estimate"
    coverage = "The Office of Naval Research and the Naval Research Laboratory only."
    repeats = True
    list_limit = timedelta(days=214)  # renewed every half year, lastly on 19 December 2025; a month of grace
    dated = re.compile(r"Public Release Date: (\S+)")
    reader = partial(read_sheets, sheets=("ONR", "NRL"))
    columns = {
        "native_id": column(SHEET, "Requirement Title", read=number),
        "title": "Requirement Title",
        "description": "Requirement Description",
        "component": SHEET,
        "office": "Contracting Office UIC",
        "program_office": "Associated Program or Requirement Office",
        "naics_codes": "Anticipated NAICS Code",
        "psc_codes": "Anticipated Product or Service Code",
        "set_aside": column("Anticipated Procurement Method", read=codes.method),
        "competition": "Anticipated Procurement Method",
        "contract_type": "Anticipated Contract Type",
        "award_type": "Anticipated Procurement Instrument",
        "requirement_type": "Follow-on or New",
        "value": "Anticipated Total Value (Including Options)",
        "solicitation": ("Anticipated Solicitation - Quarter", "Anticipated Solicitation - Fiscal Year"),
        "award": ("Anticipated Award - Quarter", "Anticipated Award - Fiscal Year"),
        "performance": column("Anticipated Period of Performance (Months)", read=spans.months),
        "place": "Anticipated Place of Performance",
        "incumbent_name": "Incumbent Contractor",
        "incumbent_contract": column("Existing Contract Number", read=contract),
        "incumbent_ends": column(
            "Comments or Special Requirements", read=ends, shared=("Comments or Special Requirements",)
        ),
        "contacts": column(
            "Contracting POC Name", "Contracting POC E-mail or Phone", "Secondary POC Name",
            "Secondary POC E-mail or Phone", read=people(contracting="name reach", alternate="name reach"),
        ),
        "clearance": column(
            "Anticipated Facilities Clearance Required", "Anticipated Personnel Clearance Required", read=clearance
        ),
    }  # fmt: skip
