"""NASA: the agency-wide acquisition forecast, a workbook that SharePoint exports.

Verified on the edition of 13 May 2026 (145 rows, 46 columns, headings in row 1 of `Forecast Requirements`; later
editions are said to call that sheet `Forecast`, which changes nothing here). The older file of 28 columns is another
list and not read. Solicitations: 108 quarters, 35 fiscal years whose quarter is to be determined, 2 not published.
Unread: `Nationwide US` (29) in the state's column, which is no state; all else that is published is read. `Summary`,
a diary in some rows and the description again in others, stays as published.
"""

from prospect_aggregate.normalize import codes, spans, text
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column


def phase(outcome: text.Cell, stage: text.Cell, reason: text.Cell) -> codes.Coded:
    """The outcome is the authority; the stage, which is not kept up, counts only where there is none yet."""
    return codes.phase(outcome if text.known(outcome) else stage).because(reason)


def disagreement(number: text.Cell, outcome: text.Cell, stage: text.Cell) -> str | None:
    """Awarded by one column only: seven rows of May 2026 by the outcome, one by the stage."""
    awarded = {codes.phase(cell).code == "awarded" for cell in (outcome, stage)}
    said = f"{text.identifier(number)} is {text.line(outcome)}, yet in the phase {text.line(stage)}; the former counts"
    return said if text.known(outcome) and len(awarded) == 2 else None


class Nasa(Scraper):
    name = "NASA"
    agency = "National Aeronautics and Space Administration"
    url = "https://www.hq.nasa.gov/office/procurement/forecast/NAF.html"
    address = "https://www.hq.nasa.gov/office/procurement/forecast/AcqForecastNew.xlsx"
    coverage = "All centers; planned purchases with solicitation and award quarters, also awarded and withdrawn ones."
    remark = column("SourceID", "AwardedOrWithdrawn", "AcquisitionPhase", read=disagreement)
    columns = {
        "native_id": "SourceID",
        "title": "TitleOfRequirement",
        "description": "Description",
        "component": "BuyingOffice",
        "office": ("BuyingOffice", "BuyingOfficeCode"),
        "program_office": column("HQMissionDirectorate", read=text.choices),
        "naics_codes": "NAICS",
        "psc_codes": "PSC Code",
        "set_aside": "SetAsideType",
        "competition": "ExtentCompeted",
        "contract_type": "ContractType",
        "award_type": "Type of Award/Contract Vehicle",
        "requirement_type": "NewOrRecompete",
        "phase": column("AwardedOrWithdrawn", "AcquisitionPhase", "ReasonForWithdraw", read=phase),
        "value": "EstimatedContractValue",
        "solicitation": ("QtrSolOrNOFORelease", "FYofSolOrNOFORelease"),
        "award": ("Anticipated Qtr of Award", "AnticipatedFYAward"),
        "performance": column("FY-QTR_POPStart", "PeriodOfPerformance", read=spans.start_and_length),
        "place": ("PlaceOfPerformanceCity", "PlaceOfPerformanceState", "PlaceOfPerformanceCountry"),
        "contacts": ("Tech POC Name", "TechnicalPOC", "SmallBusinessSpecialistPOC", "SmallBusinessSpecialistEmail"),
    }  # fmt: skip
    known = (
        "Review Status", "AcquisitionStatus", "PSC Code Description", "NAICS Description", "FundingSource",
        "ProductServiceLine", "Summary", "Est Value Base", "Est Value Option(s)", "GrantOrCooperativeAgreement",
        "TypeOfRequirement", "Options?", "EstBasePOP", "EstOptionsPOP", "Item Type", "Path",
    )  # fmt: skip
