"""Which columns an export has, and what stands in the cells of a row; every format of cells is written from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from prospect_aggregate.prospects.ledger import CONTACT
from prospect_aggregate.prospects.search import UnknownFilterError
from prospect_aggregate.scrapers.catalog import nearest

Cell = str | int | Decimal | date | datetime | bool | None


class Kind(StrEnum):
    """What the cells of a column are. Codes are text: a NAICS code or a number that begins with 0 is no amount."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a prospect, named as in the API."""

    name: str
    kind: Kind = Kind.TEXT
    heading: str = ""
    """Words for people, where the name's own words are none."""
    width: int = 16
    """In a workbook, in characters."""

    @property
    def words(self) -> str:
        return self.heading or self.name.replace("_", " ").capitalize()

    def cell(self, prospect: Mapping[str, Any]) -> Cell:
        """What stands in this column of a prospect as programs get it; None for what is not known."""
        value: Cell | list[Any] = prospect[self.name]
        return "; ".join(map(_piece, value)) or None if isinstance(value, list) else value


def _window(name: str, *, heading: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_from", Kind.DATE, f"{heading} from", 12),
        Column(f"{name}_to", Kind.DATE, f"{heading} to", 12),
        Column(f"{name}_precision", width=10),
        Column(f"{name}_text", heading=f"{heading}, as published"),
    )


COLUMNS = (
    Column("key", width=24), Column("source"), Column("native_id", heading="Agency's number", width=20),
    Column("title", width=48), Column("title_derived", Kind.FLAG, "Title from the description", 8),
    Column("description", width=60), Column("agency", width=28), Column("component"), Column("office", width=24),
    Column("program_office"), Column("naics_code", heading="NAICS", width=9),
    Column("naics_codes", Kind.LIST, "NAICS, all"), Column("psc_code", heading="PSC", width=8),
    Column("psc_codes", Kind.LIST, "PSC, all"), Column("set_aside", heading="Set-aside", width=12),
    Column("set_aside_text", heading="Set-aside, as published", width=24), Column("competition"),
    Column("competition_text", heading="Competition, as published"), Column("contract_type"),
    Column("contract_vehicle", width=20), Column("contract_vehicle_text", heading="Vehicle, as published"),
    Column("award_type"), Column("requirement_type"), Column("phase"),
    Column("phase_text", heading="Phase, as published"), Column("basis", heading="Listed as"),
    Column("value_min", Kind.MONEY, "Value from, $", 18), Column("value_max", Kind.MONEY, "Value to, $", 18),
    Column("value_basis", heading="Value is a", width=9), Column("value_text", heading="Value, as published", width=20),
    *_window("solicitation", heading="Solicitation"), *_window("award", heading="Award"),
    *_window("performance", heading="Performance"),
    Column("place_city"), Column("place_state", width=8), Column("place_country", width=8),
    Column("place_text", heading="Place, as published", width=24), Column("incumbent_name", width=28),
    Column("incumbent_contract", width=22), Column("incumbent_ends_from", Kind.DATE, width=12),
    Column("incumbent_ends_to", Kind.DATE, width=12), Column("contacts", Kind.LIST, width=48), Column("clearance"),
    Column("solicitation_number", width=20), Column("solicitation_url", heading="Solicitation link", width=32),
    Column("agency_updated_at", Kind.DATE, "Agency's last edit", 12),
    Column("state", heading="On the list", width=10), Column("outlook", heading="Shelf", width=10),
    Column("next_date", Kind.DATE, width=12), Column("next_date_kind", heading="Next date is of"),
    Column("first_seen_at", Kind.MOMENT, "First seen (UTC)", 18),
    Column("last_seen_at", Kind.MOMENT, "Last seen (UTC)", 18),
    Column("solicitation_first_seen", heading="Solicitation, when first seen", width=22),
    Column("solicitation_moves", Kind.NUMBER, width=8),
    Column("solicitation_slip_days", Kind.NUMBER, "Solicitation slip, days", 8),
    Column("overdue_days", Kind.NUMBER, "Overdue, days", 8), Column("url", heading="Agency's page", width=32),
)  # fmt: skip
MAIN = (
    "key", "title", "agency", "component", "office", "naics_code", "psc_code", "set_aside", "competition",
    "contract_vehicle", "requirement_type", "basis", "value_min", "value_max", "value_basis", "value_text",
    "solicitation_from", "solicitation_to", "solicitation_precision", "award_from", "award_to", "place_city",
    "place_state", "incumbent_name", "incumbent_ends_to", "contacts", "next_date", "next_date_kind",
    "solicitation_moves", "solicitation_slip_days", "state", "outlook", "url",
)  # fmt: skip
"""What most people want of it: also whom to call, and what a value or set-aside must not be taken for."""
NAMED = {column.name: column for column in COLUMNS}


def chosen(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these names in their order, each once; all for none. Raises UnknownFilterError."""
    return tuple(_named(name) for name in dict.fromkeys(names)) or COLUMNS


def _named(name: str) -> Column:
    if name not in NAMED:
        raise UnknownFilterError(f"no column named {name!r}; {nearest(name, list(NAMED))}")
    return NAMED[name]


def cells(prospect: Mapping[str, Any], columns: Iterable[Column]) -> list[Cell]:
    return [column.cell(prospect) for column in columns]


def _piece(value: Any) -> str:
    """A code, or a contact's parts in one order: a database may give the names of JSON back in another."""
    return (
        ", ".join(value[part] for part in CONTACT if value.get(part))
        if isinstance(value, dict)
        else str(value)
    )
