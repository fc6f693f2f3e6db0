"""Treasury: the forecast of its bureaus, a Salesforce site.

Verified: the download "Opportunity Data.xls" of 14 May 2026 (202 rows, 28 columns; an HTML table whose cells are all
`<th>`), which people load by hand. A file of July 2025 lacks its Description. Unread: 3 cells that hold two contract
numbers run together.
Not verified by us: the site's own question to its server, our endpoint, as three public programs describe it, one of
them working without a browser on 22 July 2026 (404 records, about 200 without repetition). `CLASS` changes when the
site is deployed anew; the newer host sbecs.treasury.gov asks `sbfPortalController`. Where two programs name a field
differently, both names are known here. An answer without the list is a layout change; nothing falls back by itself.
Keys are ShopCart numbers in both, and those that end in `-dup` stay rows of their own. In the download only, a current
contract may stand under "Specific Id". The list is old: its rows were last edited on 5 May 2025.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

import orjson

from prospect_aggregate.normalize import codes, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import people
from prospect_aggregate.scrapers.fetch import Fetched, Fetcher, Kind, Probe, Validators
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.readers import pointer_to, read_html, read_json
from prospect_aggregate.scrapers.remarks import last_edited
from prospect_aggregate.scrapers.table import Table

HOST = "https://osdbu.forecast.treasury.gov"
CLASS = "@udd/01pSJ000000H5BV"
FILTERS = (
    "fiscalYear", "bureau", "NAICS", "PSC", "setAside", "periodOfPerformance", "totalContractValue", "vendorName",
    "placeOfPerformance", "opportunityType",
)  # fmt: skip
QUESTION = {
    "namespace": "", "classname": CLASS, "method": "getData", "isContinuation": False, "cacheable": False,
    "params": {f"{name}Filter": [] for name in FILTERS},
}  # fmt: skip
LISTS = (
    "newOppData",
    "recompeteOppData",
    "micropurchaseAwardData",
    "simplifiedAcquisitionAwardData",
    "above250kData",
)

LISTED_BY = ("Listing Id Type", "Specific Id")
"""What kind of number a row is listed by, and the number."""


def opportunities(body: bytes, *, wanted: Collection[str], source: str) -> Table:  # noqa: ARG001  # as readers take it
    """The records of all bureaus, each once: one stands in as many of its bureau's lists as it fits."""
    found: dict[str, dict[str, Cell]] = {}
    places: dict[str, str] = {}
    for at, bureau in enumerate(_objects(read_json(body, path=("returnValue",), source=source))):
        for each in LISTS:
            listed = str(bureau.get(each) or "[]").encode()
            for place, record in enumerate(_objects(read_json(listed, source=source))):
                number = str(record.get("Id", record))
                found.setdefault(number, {**record, "Bureau": bureau.get("Name")})
                places.setdefault(number, pointer_to("returnValue", at, each, place))
    table = read_json(orjson.dumps([*found.values()]), source=source)
    pointers = [*places.values()]
    return last_edited(replace(table, pointer=lambda number: pointers[number - 1]), "SystemModstamp")


def download(body: bytes, *, wanted: Collection[str], source: str) -> Table:
    return last_edited(read_html(body, wanted=wanted, source=source), "Last Modified Date")


def doubled(number: Cell) -> str | None:
    said = text.identifier(number) or ""
    return f"{said} is called a double by its number, and kept" if said.endswith("-dup") else None


def _objects(table: Table) -> Iterator[dict[str, Cell]]:
    for _, cells in table.rows:
        yield {name: cell for name, cell in zip(table.headings, cells, strict=True) if cell is not None}


def set_aside(kind: Cell, flag: Cell) -> Coded:
    """A flag says whether; of which kind has never been published in the download, and is not guessed."""
    if text.known(kind) and text.line(flag) != "No":
        return codes.set_aside(kind)
    return codes.set_aside(flag).labelled("Small Business Set-aside")


def competition(extent: Cell, flag: Cell) -> Coded:
    if text.known(extent):
        return codes.competition(extent)
    return codes.competition(flag).labelled("Competition")


def contract(number: Cell, label: Cell = None, listed: Cell = None) -> str | None:
    """The number in its own column, else the one that the row is listed by, where that is called a contract's."""
    other = listed if text.line(label) == "Current Contract Number" else None
    return codes.award_number(number if text.known(number) else other)


def solicitation_number(label: Cell, listed: Cell) -> str | None:
    return text.named(listed) if text.line(label) == "Solicitation Number (RFP)" else None


CONTACTS = people(requirement="name", alternate="name")
"""Names only; what the bureau's person is responsible for is not said."""

DOWNLOADED = Layout(
    kind=Kind.XLS_HTML,
    reader=download,
    remark=column("ShopCart/req", read=doubled),
    columns={
        "native_id": "ShopCart/req",
        "component": "Bureau",
        "program_office": "Program Office",
        "naics_codes": "NAICS",
        "psc_codes": "PSC",
        "set_aside": column("Type of Small Business Set-aside", "Small Business Set-aside", read=set_aside),
        "competition": column("Extent Competed", "Competition", read=competition),
        "contract_type": "Contract Type",
        "contract_vehicle": "Projected Contract Vehicle",
        "award_type": "Award Type",
        "requirement_type": "Type of Requirement",
        "phase": "Status",
        "value": "Estimated Total Contract Value",
        "award": "Projected Award FY_Qtr",
        "performance": ("Project Period of Performance Start", "Project Period of Performance End"),
        "place": "Place of Performance",
        "incumbent_contract": column("Contract Number", *LISTED_BY, read=contract, shared=LISTED_BY),
        "solicitation_number": column(*LISTED_BY, read=solicitation_number, shared=LISTED_BY),
        "contacts": column("Program Office Point of Contact", "Bureau Point of Contact", read=CONTACTS),
        "agency_updated_at": "Last Modified Date",
    },
    optional={"description": "Description"},
    known=("Agency", "Project Period of Performance Close Date"),
)


class Treasury(Scraper):
    name = "Treasury"
    agency = "Department of the Treasury"
    url = f"{HOST}/"
    address = f"{HOST}/webruntime/api/apex/execute?language=en-US&asGuest=true&htmlEncode=false"
    kind = Kind.JSON
    coverage = "Seven bureaus, the IRS among them; planned purchases of any size, with an award quarter."
    repeats = True
    list_limit = timedelta(days=92)  # award quarters pass; on 14 May 2026 its last edit was of 5 May 2025
    dated = re.compile(r"last edited (\S+)")
    reader = opportunities
    remark = column("sbfShopCart_req__c", read=doubled)
    columns = {
        "native_id": "sbfShopCart_req__c",
        "component": "Bureau",
        "naics_codes": "sbfNAICSCode__r.SBF_NAICS_Description__c",
        "psc_codes": "sbfPSCCode__r.sbfPSCCodeandDefinition__c",
        "requirement_type": "sbfTypeofRequirement__c",
        "phase": "sbfAcquisitionPhase__c",
        "value": "sbfEstimatedTotalContractValue__c",
        "award": "sbfFiscalYear_QtrforAward__c",
    }
    optional = {
        "title": column("Name", read=text.known),
        "description": "Description__c",
        "program_office": "sbfProgramOffice__r.Name",
        "set_aside": column("sbfTypeofSBSA__c", "sbfSmallBusinessSetaside__c", read=set_aside),
        "competition": column("sbfExtentCompeted__c", "sbfCompetition__c", read=competition),
        "contract_type": "sbfProjectedContractType__c",
        "contract_vehicle": "sbfProjectedContractVehicle__c",
        "award_type": "sbfProjectedAwardType__c",
        "performance": ("sbfProjectedPeriodofPerformanceStart__c", "sbfProjectedPeriodofPerformanceEnd__c"),
        "place": column(
            "sbfPlaceofPerformanceState__c", "sbfPlaceofPerformanceCountry__c", read=places.in_state
        ),
        "incumbent_contract": column("sbfContractNumber__c", read=contract),
        "contacts": column("sbfProgramOfficePointofContact__c", "sbfBureauPointofContact__c", read=CONTACTS),
        "agency_updated_at": "SystemModstamp",
    }
    spellings = {
        "sbfEstimatedTotalContractValue__c": ("sbfTotalContractValue__c",),
        "sbfFiscalYear_QtrforAward__c": ("sbfProjectedAwardFY_Qtr__c",),
        "sbfTypeofSBSA__c": ("sbfTypeofSmallBusinessSetaside__c",),
    }
    known = (
        "Id", "Active__c", "sbfNAICSCode__c", "sbfPSCCode__c", "sbfIncumbentVendorName__c", "sbfListingID__c",
    )  # fmt: skip
    by_hand = (DOWNLOADED,)

    def fetch(self, fetcher: Fetcher, validators: Validators) -> Fetched:  # noqa: ARG002  # an answer has no validators
        return fetcher.post(self.address, expect=self.kind, json=QUESTION, accept_status=(400,))

    def probe(self, fetcher: Fetcher) -> Probe:
        """The page, since the address takes questions only."""
        return fetcher.probe(self.url, expect=Kind.HTML)
