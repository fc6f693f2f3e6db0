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

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import Contact, contacts_of
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.gateway import GatewayList
from prospect_aggregate.scrapers.gateway_columns import download
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.layout import Layout


def listing_number(listing: Cell, nid: Cell) -> str | None:
    return text.known(listing) or text.identifier(nid)


def sequence_number(number: Cell, *described: Cell) -> str | None:
    return text.known(number) or composite(*described)


def phase(awarded: Cell) -> Coded:
    """Awarded by a `Yes` or a contract's number; no vocabulary was seen, so no other word tells anything."""
    said = text.line(awarded)
    is_awarded = said is not None and (text.fold(said) == "yes" or codes.award_number(said) is not None)
    return Coded("awarded", f"Contract Awarded: {said}") if is_awarded else Coded()


def place(state: Cell) -> places.Place:
    return places.one_cell(state)


def contacts(name: Cell, mail: Cell, phone: Cell) -> tuple[Contact, ...]:
    return contacts_of(("requirement", text.person(name), mail, phone))


OWN_FILE = Layout(
    kind=Kind.CSV,
    part="the department's own file numbers most rows otherwise than the gateway: nothing is gone by it",
    columns={
        "native_id": column(
            "Sequence Number", "Procurement Office", "Project Title", "Description", "FY",
            read=sequence_number, memo=False,
        ),
        "title": column("Project Title", read=text.line, memo=False),
        "description": column("Description", read=text.prose, memo=False),
        "component": column("Agency", read=text.line),
        "office": column("Procurement Office", read=text.line),
        "naics_codes": column("NAICS", read=codes.naics),
        "set_aside": column("Competition Type", read=codes.set_aside),
        "competition": column("Competition Type", read=codes.competition),
        "value": column("Estimated Value", read=money.value_range),
        "solicitation": column("RFP Quarter", "FY", read=dates.fiscal_quarter),
        "place": column("Place of Performance", read=place),
        "contacts": column("Contact Name", "Contact Email", "Contact Phone", read=contacts),
        "incumbent_contract": column("Incumbent/Contract Number", read=codes.award_number),
        "phase": column("Contract Awarded", read=phase),
        "performance": column(
            "Expected Period of Performance - Start", "Expected Period of Performance - End",
            read=dates.period, required=False,
        ),
        "clearance": column("Personnel Clearance Requirements", read=text.known, required=False),
        "contract_vehicle": column("Contract Vehicle", read=codes.vehicle, required=False),
        "agency_updated_at": column("Date Modified", read=dates.as_day, required=False),
        "incumbent_name": column("Incumbent Contractor", read=text.named, required=False),
        "award_type": column("Action/Award Type", read=text.known, required=False),
        "award": column("Anticipated Award Date", read=dates.any_window, required=False),
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
        "native_id": column("field_source_listing_id", "nid", read=listing_number, memo=False),
    }
    by_hand = (
        download(native_id=column("Listing ID", "Node_ID", read=listing_number, memo=False)),
        OWN_FILE,
    )
