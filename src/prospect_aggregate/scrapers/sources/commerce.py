"""Commerce: the weekly forecast workbook of all bureaus.

Verified on the edition of 12 May 2026 (3,452 rows; headings in row 3). It publishes a solicitation quarter and no award
date. Incumbents' names are cut at 20 letters. In the autumn of 2026 the list was halved: 1,654 rows (not seen by us).
"""

from datetime import date, timedelta

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import Contact, contacts_of
from prospect_aggregate.scrapers.fetch import Kind


def bureau(organization: Cell) -> str | None:
    """`NOAA - PROGRAM OFFICE` is the NOAA."""
    name = text.line(organization)
    return name.split(" - ")[0] if name else None


def set_aside(awardee: Cell, anticipated: Cell) -> Coded:
    """The awardee decides; where it is open, only "Small Business" of the anticipated kinds is a set-aside."""
    read = codes.set_aside(awardee)
    if read.code in (None, "TBD") and text.line(anticipated) == "Small Business":
        return Coded("SBA", "Small Business")
    return read


def duration(years: Cell, months: Cell) -> dates.Window:
    """A length, not a time; junk such as `5f` and `20282033` stays as published."""
    shown = [
        f"{label} {text.as_text(cell)}"
        for label, cell in (("years", years), ("months", months))
        if cell is not None
    ]
    return dates.Window(text=", ".join(shown) or None)


def phase(awarded: Cell) -> Coded:
    return Coded("awarded", "Awarded? Yes") if text.line(awarded) == "Yes" else Coded()


def contacts(name: Cell, mail: Cell) -> tuple[Contact, ...]:
    return contacts_of(("requirement", text.known(name), mail, None))


def updated(modified: Cell, created: Cell) -> date | None:
    return dates.as_day(modified) or dates.as_day(created)


class Commerce(Scraper):
    name = "Commerce"
    agency = "Department of Commerce"
    url = "https://www.commerce.gov/oam/industry/procurement-forecasts"
    address = "https://www.commerce.gov/sites/default/files/2022-12/DOC%20Weekly%20Forecast%20Report.xlsx"
    kind = Kind.XLSX
    coverage = "All bureaus; planned purchases of any size, with a solicitation quarter and no award date."
    freshness_limit = timedelta(days=10)
    columns = {
        "native_id": column("Forecast ID", read=text.identifier, memo=False),
        "title": column("Title", read=text.line, memo=False),
        "description": column("Description", read=text.prose, memo=False),
        "component": column("Organization", read=bureau),
        "office": column("Office", read=text.line),
        "program_office": column("Organization Unit", read=text.line),
        "naics_codes": column("Naics Code", read=codes.naics),
        "set_aside": column("Type Of Awardee", "Anticipated Set Aside And Type", read=set_aside),
        "competition": column("Competition Strategy", read=codes.competition),
        "contract_vehicle": column("Anticipated Contract Vehicle", read=codes.vehicle),
        "award_type": column("Anticipated Action Award Type", read=text.known),
        "requirement_type": column("New Requirement Or Recompete", read=codes.requirement_type),
        "phase": column("Awarded?", read=phase),
        "value": column("Estimated Value Range", read=money.value_range),
        "solicitation": column(
            "Estimated Solicitation Fiscal Quarter",
            "Estimated Solicitation Fiscal Year",
            read=dates.fiscal_quarter,
        ),
        "performance": column("Years", "Months", read=duration),
        "place": column(
            "Place Of Performance City",
            "Place Of Performance State",
            "Place Of Performance Country",
            read=places.place,
        ),
        "incumbent_name": column("Incumbent Contractor Name", read=text.named),
        "incumbent_contract": column("Awarded Contract Order Number", read=codes.award_number),
        "contacts": column("Point Of Contact Name", "Point Of Contact Email", read=contacts),
        "agency_updated_at": column("Date Created or Modified", "Date Created", read=updated),
    }
    kept = ("Workspace Number", "Does This Acquisition Contain Information Technology")
