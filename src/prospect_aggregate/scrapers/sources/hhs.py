"""Health and Human Services: the opportunity forecast of its small-business office (SBCX).

Not verified on bytes of ours: no file was at hand. The JSON array (26 fields, 3,643 to 5,376 records, no sign-in) is as
three public programs of July and August 2026 describe it; the CSV export of 18 columns as recorded of July 2025 (4,201
rows). The samples are made after those. Two older reports call the address closed to strangers.
The array gives each record a `uuid`, the export none, so that one key for both is made of what both publish and seldom
change: division, contracting office, title, NAICS code and existing contract; those alike in all five are told apart by
their order. A changed title or code is therefore a new prospect. The uuid stays in `raw`.
Only PUBLISHED records are of the list; old ones stay on it for years. No place, PSC, phase or contract type is given.
Unreadable by kind: years typed wrong (2151, 2206); 2042 is taken as it stands.
"""

from collections.abc import Collection
from dataclasses import replace

from prospect_aggregate.normalize import codes, dates, money, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.money import ValueRange
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.readers import read_json
from prospect_aggregate.scrapers.table import Table

BANDS = {
    "RANGE_1": "> $0 and <= $10K", "RANGE_2": "> $10K and <= $25K", "RANGE_3": "> $25K and < $250K",
    "RANGE_4": ">= $250K and < $700K", "RANGE_5": ">= $700K and < $1.5M", "RANGE_6": ">= $1.5M and < $3M",
    "RANGE_7": ">= $3M and < $7M", "RANGE_8": ">= $7M and < $13M", "RANGE_9": ">= $13M and < $20M",
    "RANGE_10": ">= $20M and < $50M", "RANGE_11": ">= $50M and < $100M", "RANGE_12": ">= $100M",
    "RANGE_TBD": "TBD",
}  # fmt: skip
STRATEGIES = {
    "fullopen": "Full and Open",
    "smallBusiness": "Small Business Set-Aside",
    "tbd": "To be determined",
}
"""The choices that the forecast's own form offers (`/api/sbcxforecastchoices/`, August 2026)."""


def published(body: bytes, *, wanted: Collection[str], source: str) -> Table:
    """The records that the agency shows; others in the answer are counted in a note."""
    table = read_json(body, wanted=wanted, source=source)
    if "status" not in table.headings:
        return table
    at, rows = table.headings.index("status"), list(table.rows)
    shown = [row for row in rows if row[1][at] == "PUBLISHED"]
    if len(shown) < len(rows):
        table.notes.append(f"{len(rows) - len(shown)} records are not PUBLISHED and were left out")
    return replace(table, rows=iter(shown))


def identity(division: Cell, office: Cell, title: Cell, naics: Cell, contract: Cell) -> str | None:
    code = next(iter(codes.naics(naics)), None)
    known = (division, text.known(office), title, code, text.known(contract))
    return composite(*known) if text.line(title) else None


def strategy(cell: Cell) -> Coded:
    """Codes get their words, so that the export's words are no change."""
    return codes.set_aside(STRATEGIES.get(str(cell), cell))


def competition(cell: Cell) -> Coded:
    return codes.competition(STRATEGIES.get(str(cell), cell))


def band(cell: Cell) -> ValueRange:
    return money.coded_range(cell, BANDS)


CONTACTS = people(requirement="first last mail", contracting="first last mail")

DOWNLOADED = Layout(
    kind=Kind.CSV,
    columns={
        "native_id": column(
            "Operating Division", "Contracting Office", "Title", "Primary NAICS",
            "Existing Contract number (if applicable)", read=identity,
        ),
        "title": "Title",
        "description": "Description",
        "component": "Operating Division",
        "office": "Contracting Office",
        "program_office": "Program POC Office",
        "naics_codes": "Primary NAICS",
        "set_aside": column("Anticipated Acquisition Strategy", read=strategy),
        "competition": column("Anticipated Acquisition Strategy", read=competition),
        "value": column("Total Contract Range", read=band),
        "solicitation": column("Target Solicitation Month/Year", read=dates.month),
        "award": column("Target Award Month/Year (Award by)", read=dates.month),
        "incumbent_name": "Incumbent Contractor (if applicable)",
        "incumbent_contract": "Existing Contract number (if applicable)",
        "contacts": column(
            "Program Office POC First Name", "Program Office POC Last Name", "Program Office POC Email",
            "CO First Name", "CO Last Name", "CO Email", read=CONTACTS,
        ),
    },
)  # fmt: skip


class HealthAndHumanServices(Scraper):
    name = "Health and Human Services"
    key = "hhs"
    agency = "Department of Health and Human Services"
    url = "https://osdbu.hhs.gov/industry/opportunity-forecast"
    address = "https://osdbu.hhs.gov/api/sbcxopportunities/?filter="
    kind = Kind.JSON
    coverage = "Twelve divisions, IHS most of all; planned purchases with months of solicitation and award."
    repeats = True
    reader = published
    columns = {
        "native_id": column(
            "divisionAcronym", "contractingOfficeCode", "title", "primaryNAICS", "contractNumber", read=identity
        ),
        "title": "title",
        "description": "description",
        "component": "divisionAcronym",
        "office": "contractingOfficeCode",
        "program_office": "programPocOffice",
        "naics_codes": "primaryNAICS",
        "set_aside": column("anticipatedStrategy", read=strategy),
        "competition": column("anticipatedStrategy", read=competition),
        "value": column("totalContractRange", read=band),
        "solicitation": column("targetSolicitationYear", "targetSolicitationMonth", read=dates.month_of),
        "award": column("targetAwardYear", "targetAwardMonth", read=dates.month_of),
        "incumbent_name": "incumbentContractorName",
        "incumbent_contract": "contractNumber",
        "contacts": column(
            "programPocFirstName", "programPocLastName", "programPocEmail", "coFirstName", "coLastName", "coEmail",
            read=CONTACTS,
        ),
    }  # fmt: skip
    kept = ("uuid", "status")
    by_hand = (DOWNLOADED,)
