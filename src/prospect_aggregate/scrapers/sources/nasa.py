"""NASA: the agency-wide acquisition forecast, a workbook that SharePoint exports.

Verified on the edition of 13 May 2026 (145 rows, 46 columns, headings in row 1 of `Forecast Requirements`; later
editions are said to call that sheet `Forecast`, which changes nothing here). The older file of 28 columns is another
list and not read. Solicitations: 108 quarters, 35 fiscal years whose quarter is to be determined, 2 not published.
Unread: `Nationwide US` (29) in the state's column, which is no state; all else that is published is read. `Summary`,
a diary in some rows and the description again in others, stays as published.
"""

from collections.abc import Collection

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.readers import read_workbook
from prospect_aggregate.scrapers.remarks import remarked
from prospect_aggregate.scrapers.table import Table


def phase(outcome: Cell, stage: Cell, reason: Cell) -> Coded:
    """The outcome is the authority; the stage, which is not kept up, counts only where there is none yet."""
    said = codes.phase(outcome if text.known(outcome) else stage)
    why = text.known(reason)
    return Coded(said.code, f"{said.text}: {why}") if why and said.text else said


def disagreement(number: Cell, outcome: Cell, stage: Cell) -> str | None:
    """Awarded by one column only: seven rows of May 2026 by the outcome, one by the stage."""
    awarded = {codes.phase(cell).code == "awarded" for cell in (outcome, stage)}
    if not text.known(outcome) or len(awarded) == 1:
        return None
    return f"{text.identifier(number)} is {text.line(outcome)}, yet in the phase {text.line(stage)}; the former counts"


def read(body: bytes, *, wanted: Collection[str], source: str) -> Table:
    table = read_workbook(body, wanted=wanted, source=source)
    return remarked(table, disagreement, "SourceID", "AwardedOrWithdrawn", "AcquisitionPhase")


def office(center: Cell, code: Cell) -> str | None:
    return " ".join(filter(None, map(text.known, (center, code)))) or None


def directorates(cell: Cell) -> str | None:
    """SharePoint puts `;#` between several."""
    return (text.known(cell) or "").replace(";#", "; ") or None


def performance(start: Cell, length: Cell) -> Window:
    """A start in a quarter; where it ends is a length in words, which is kept as words."""
    first = dates.fiscal_quarter(start).first
    said = ", ".join(part for part in (text.line(start), text.line(length)) if part) or None
    return Window(first, None, "quarter" if first else None, said)


class Nasa(Scraper):
    name = "NASA"
    agency = "National Aeronautics and Space Administration"
    url = "https://www.hq.nasa.gov/office/procurement/forecast/NAF.html"
    address = "https://www.hq.nasa.gov/office/procurement/forecast/AcqForecastNew.xlsx"
    kind = Kind.XLSX
    coverage = "All centers; planned purchases with solicitation and award quarters, also awarded and withdrawn ones."
    reader = read
    columns = {
        "native_id": column("SourceID", read=text.identifier, memo=False),
        "title": column("TitleOfRequirement", read=text.line, memo=False),
        "description": column("Description", read=text.prose, memo=False),
        "component": column("BuyingOffice", read=text.known),
        "office": column("BuyingOffice", "BuyingOfficeCode", read=office),
        "program_office": column("HQMissionDirectorate", read=directorates),
        "naics_codes": column("NAICS", read=codes.naics),
        "psc_codes": column("PSC Code", read=codes.psc),
        "set_aside": column("SetAsideType", read=codes.set_aside),
        "competition": column("ExtentCompeted", read=codes.competition),
        "contract_type": column("ContractType", read=codes.contract_type),
        "award_type": column("Type of Award/Contract Vehicle", read=text.known),
        "requirement_type": column("NewOrRecompete", read=codes.requirement_type),
        "phase": column("AwardedOrWithdrawn", "AcquisitionPhase", "ReasonForWithdraw", read=phase),
        "value": column("EstimatedContractValue", read=money.value_range),
        "solicitation": column("QtrSolOrNOFORelease", "FYofSolOrNOFORelease", read=dates.fiscal_quarter),
        "award": column("Anticipated Qtr of Award", "AnticipatedFYAward", read=dates.fiscal_quarter),
        "performance": column("FY-QTR_POPStart", "PeriodOfPerformance", read=performance),
        "place": column(
            "PlaceOfPerformanceCity", "PlaceOfPerformanceState", "PlaceOfPerformanceCountry", read=places.place
        ),
        "contacts": column(
            "Tech POC Name", "TechnicalPOC", "SmallBusinessSpecialistPOC", "SmallBusinessSpecialistEmail",
            read=people("requirement", "small_business"),
        ),
    }  # fmt: skip
    known = (
        "Review Status", "AcquisitionStatus", "PSC Code Description", "NAICS Description", "FundingSource",
        "ProductServiceLine", "Summary", "Est Value Base", "Est Value Option(s)", "GrantOrCooperativeAgreement",
        "TypeOfRequirement", "Options?", "EstBasePOP", "EstOptionsPOP", "Item Type", "Path",
    )  # fmt: skip
