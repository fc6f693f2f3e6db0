"""How each field of a draft is read where its source does not say otherwise."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from prospect_aggregate.normalize import codes, dates, money, places, text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.draft import Contact, mailboxes, people

Read = Callable[..., Any]
"""Takes the cells under a column's headings, in their order."""


def words(*cells: Cell) -> str | None:
    """What says something, joined by blanks."""
    return " ".join(filter(None, map(text.known, cells))) or None


def promise(*cells: Cell) -> dates.Window:
    """Of one cell what it says: a day, month, quarter or year; of several the fiscal quarter that they make."""
    return dates.any_window(*cells) if len(cells) == 1 else dates.fiscal_quarter(*cells)


def performance(*cells: Cell) -> dates.Window:
    """A start and an end; one cell is a length in words."""
    return dates.in_words(*cells) if len(cells) == 1 else dates.period(*cells)


def place(*cells: Cell) -> places.Place:
    """All in one cell, or city, state and country."""
    return places.one_cell(*cells) if len(cells) == 1 else places.place(*cells)


def contacts(*cells: Cell) -> tuple[Contact, ...]:
    """Name and address of whoever knows the requirement, then of the small business specialist, or one address."""
    return _CONTACTS[len(cells)](*cells)


_CONTACTS = {
    1: mailboxes("requirement"),
    2: people(requirement="name reach"),
    4: people(requirement="name reach", small_business="name reach"),
}


def updated(*cells: Cell) -> date | None:
    """The first that is a day."""
    return next(filter(None, map(dates.as_day, cells)), None)


READ: Mapping[str, Read] = {
    "native_id": text.identifier,
    "title": text.line,
    "description": text.prose,
    "agency": words,
    "component": words,
    "office": words,
    "program_office": words,
    "naics_codes": codes.naics,
    "psc_codes": codes.psc,
    "set_aside": codes.set_aside,
    "competition": codes.competition,
    "contract_type": codes.contract_type,
    "contract_vehicle": codes.vehicle,
    "award_type": text.known,
    "requirement_type": codes.requirement_type,
    "phase": codes.phase,
    "value": money.value_range,
    "solicitation": promise,
    "award": promise,
    "performance": performance,
    "place": place,
    "incumbent_name": text.named,
    "incumbent_contract": codes.award_number,
    "incumbent_ends": promise,
    "contacts": contacts,
    "clearance": text.known,
    "solicitation_number": text.named,
    "solicitation_url": text.web_address,
    "agency_updated_at": updated,
    "url": text.web_address,
}
"""Every field that is read from a list. `basis` is the same for all of a source's rows, and declared by it."""
SELDOM_TWICE = frozenset({"native_id", "title", "description", "solicitation_url", "url"})
"""Fields whose cells are seldom the same, so that nothing is won by remembering what they were read as."""
