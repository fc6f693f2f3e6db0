"""Where each value of a prospect comes from: the cells it stands in, or what it was worked out from, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from prospect_aggregate.normalize.text import fold
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.record import COLUMNS, FIELDS, POSITIONS
from prospect_aggregate.scrapers.cells import CellPlace, RowPlace

WINDOWS = ("solicitation", "award", "performance", "incumbent_ends")


class How(StrEnum):
    """What a value is to the published text."""

    PUBLISHED = "as_published"
    READ = "read"
    WORKED_OUT = "worked_out"
    KEPT = "kept"
    DECLARED = "declared"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Origin:
    """One field: what it is to the published text, in a sentence, and the cells that it was read from."""

    field: str
    how: How
    explanation: str
    cells: tuple[CellPlace, ...] = ()


READ = {
    "naics_codes": "The six-digit codes in the cell; the first one leads.",
    "psc_codes": "The product and service codes in the cell; the first one leads.",
    "set_aside": "SAM.gov's code for the published words.",
    "competition": "Our word for the published ones.",
    "contract_type": "The usual name of the published contract type.",
    "contract_vehicle": "The vehicle that the published words name.",
    "requirement_type": "New, recompete, or the agency's words.",
    "phase": "Our word for how far the agency says it is.",
    "value": "The lower and upper bound of the published amount or band.",
    "place": "Town, state and country found in the published words.",
    "contacts": "The people named in these cells, each in the role that its heading gives.",
    "agency_updated_at": "The day that the cell names.",
}
"""Values that are a reading of published words, whatever the source."""
DECLARED = {
    "agency": "The list names no department; it is the source's own.",
    "basis": "The same for the whole list: what this source publishes, forecasts or contracts that end.",
    "url": "The row has no page of its own; this is the list's page.",
}
WORKED_OUT = {
    "state": "From its presence on the list's editions: listed, missing from the latest, or gone from two in a row.",
    "outlook": "From phase, state, and the last day of the solicitation, else award, else current contract.",
    "next_date": "The last day of the solicitation, else of the award, else of the current contract.",
    "naics_code": "The first of the NAICS codes.",
    "psc_code": "The first of the product and service codes.",
    "first_seen_at": "When the first edition that had it was observed.",
    "last_seen_at": "When the last edition that had it was observed.",
    "solicitation_first_seen": "The first dated promise of the solicitation that an edition showed.",
    "solicitation_moves": "How often the solicitation moved between editions, later or earlier.",
    "solicitation_slip_days": "Days from the first dated promise of the solicitation to the last one.",
    "overdue_days": "Days since the last day of the solicitation, while nothing says that it is out.",
}
"""Values that stand in no file: they are counted from what editions showed."""


def columns_of(field: str) -> list[str]:
    """The columns that hold a field's value, the published text beside it left out."""
    return [COLUMNS[at] for at in sorted(POSITIONS[field]) if not COLUMNS[at].endswith("_text")]


def values_of(prospect: Prospect, field: str) -> dict[str, object]:
    return {column: getattr(prospect, column) for column in columns_of(field)}


def origins_of(prospect: Prospect, row: RowPlace | None) -> list[Origin]:
    """Every field that a row can have; without a `row`, its published cells are told without their places."""
    return [origin_of(prospect, field, row) for field in FIELDS]


def origin_of(prospect: Prospect, field: str, row: RowPlace | None) -> Origin:
    read_from = "description" if field == "title" and prospect.title_derived else field
    headings = prospect.last_run.layout.get(read_from, [])
    cells = tuple(_cell(prospect, heading, row) for heading in headings)
    has_value = any(value not in (None, "", []) for value in _told(prospect, field).values())
    if not headings:
        return _without_heading(prospect, field, has_value=has_value)
    if not has_value:
        return Origin(field, How.NONE, _lack(cells), cells)
    return _explained(prospect, field, cells)


def _told(prospect: Prospect, field: str) -> Mapping[str, object]:
    values = values_of(prospect, field)
    return {name: value for name, value in values.items() if name != "title_derived"}


def _cell(prospect: Prospect, heading: str, row: RowPlace | None) -> CellPlace:
    return (row and row.cells.get(heading)) or CellPlace(heading, prospect.raw.get(heading))


def _without_heading(prospect: Prospect, field: str, *, has_value: bool) -> Origin:
    if field in DECLARED and (field == "basis" or not has_value):
        return Origin(field, How.DECLARED, DECLARED[field])
    if not has_value:
        return Origin(field, How.NONE, "This list has no heading for it.")
    if not prospect.last_run.layout:
        return Origin(field, How.DECLARED, "A program gave it; it was read from no file.")
    kept = f"The file of run {prospect.last_run_id} has no heading for it; kept from an earlier edition."
    return Origin(field, How.KEPT, kept)


def _lack(cells: tuple[CellPlace, ...]) -> str:
    said = any(cell.text for cell in cells)
    return "What was published says nothing that could be read." if said else "The cell is empty."


def _explained(prospect: Prospect, field: str, cells: tuple[CellPlace, ...]) -> Origin:
    if field == "title" and prospect.title_derived:
        how = "No title is published; worked out from the description: its first sentence."
        return Origin(field, How.WORKED_OUT, how, cells)
    if field in WINDOWS:
        return Origin(field, How.READ, _window(prospect, field), cells)
    if field in READ and field not in ("requirement_type", "contract_type", "contract_vehicle"):
        return Origin(field, How.READ, READ[field], cells)
    return _text_of(prospect, field, cells)


def _window(prospect: Prospect, field: str) -> str:
    precision = getattr(prospect, f"{field}_precision", None)
    if precision in ("month", "quarter", "year"):
        return f"The first and last day of the {precision} that was published."
    return "The day that was published, or the first and last of those that were."


def _text_of(prospect: Prospect, field: str, cells: tuple[CellPlace, ...]) -> Origin:
    """A text is as published, a part of it, one of our words for it, or made from it."""
    value = fold(" ".join(str(it) for it in _told(prospect, field).values() if it))
    published = [fold(cell.text) for cell in cells if cell.text]
    if value in (*published, "".join(published)):
        return Origin(field, How.PUBLISHED, "As it was published.", cells)
    if any(value in each for each in (*published, "".join(published))):
        return Origin(field, How.READ, "A part of the published text.", cells)
    if field in READ:
        return Origin(field, How.READ, READ[field], cells)
    named = ", ".join(f"“{cell.heading.strip()}”" for cell in cells)
    return Origin(field, How.WORKED_OUT, f"Worked out from {named}; the list does not publish it so.", cells)
