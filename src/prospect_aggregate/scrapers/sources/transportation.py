"""Transportation: its slice of the government's gateway, and the file of its own page.

Not verified on real bytes. The gateway's slice (agency 20) holds these forecasts since about October 2025, by other
people's programs; for its columns see `gateway_columns.py`. The own file was validated in July 2025: 1,490 rows, 29
columns, the first 21 names and the empty cells counted (number 489, NAICS 494, title 48, value 85); two of the ten
names given for the last eight columns are wrong, and nobody knows which, so these ten may be missing. It has no known
address and comes by hand. The samples are built from these descriptions.

Numbers: a gateway row is known by the agency's own listing number (`FHWA_2026_102`), else by the gateway's; a row of
the own file by its sequence number (`2026-004`), else by its office, title, description and year. A row published both
ways under one number is one prospect; rows under two numbers stay two, nothing is merged by likeness. Numbers may
repeat, as nobody says whether they count per office. The own file is never the whole list: most of it is numbered
otherwise than the gateway, and absence from it says nothing.
"""

from prospect_aggregate.normalize import text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import awarded, people
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.gateway import GatewayList
from prospect_aggregate.scrapers.gateway_columns import download
from prospect_aggregate.scrapers.identity import numbered
from prospect_aggregate.scrapers.layout import Layout


def listing_number(listing: Cell, nid: Cell) -> str | None:
    return text.known(listing) or text.identifier(nid)


OWN_FILE = Layout(
    kind=Kind.CSV,
    part="the department's own file numbers most rows otherwise than the gateway: nothing is gone by it",
    columns={
        "native_id": column(
            "Sequence Number", "Procurement Office", "Project Title", "Description", "FY", read=numbered
        ),
        "title": "Project Title",
        "description": "Description",
        "component": "Agency",
        "office": "Procurement Office",
        "naics_codes": "NAICS",
        "set_aside": "Competition Type",
        "competition": "Competition Type",
        "value": "Estimated Value",
        "solicitation": ("RFP Quarter", "FY"),
        "place": "Place of Performance",
        "contacts": column(
            "Contact Name", "Contact Email", "Contact Phone", read=people(requirement="name mail phone")
        ),
        "incumbent_contract": "Incumbent/Contract Number",
        "phase": column("Contract Awarded", read=awarded("Contract Awarded:")),
    },
    optional={
        "performance": ("Expected Period of Performance - Start", "Expected Period of Performance - End"),
        "clearance": "Personnel Clearance Requirements",
        "contract_vehicle": "Contract Vehicle",
        "agency_updated_at": "Date Modified",
        "incumbent_name": "Incumbent Contractor",
        "award_type": "Action/Award Type",
        "award": "Anticipated Award Date",
    },
    known=(
        "Procurement Category", "Updates", "Is this a follow-on to a current 8(a) contract?",
        "Is this funded through the American Recovery and Reinvestment Act?", "BIL Opportunity",
        "Publication Status", "Assigned To",
    ),
)  # fmt: skip


class Transportation(GatewayList):
    name = "Transportation"
    agency = "Department of Transportation"
    coverage = "All administrations (FAA, FHWA, MARAD …) as far as they publish on the government's gateway."
    asked = {"filter[field_result_id_target_id]": 20}
    only = ("Department of Transportation", "Department of Transportation (DOT)", "DOT")
    repeats = True
    columns = {
        **GatewayList.columns,
        "native_id": column("field_source_listing_id", "nid", read=listing_number),
    }
    by_hand = (download(native_id=column("Listing ID", "Node_ID", read=listing_number)), OWN_FILE)
