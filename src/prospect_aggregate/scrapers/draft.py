"""A row made sense of: what every source is read into."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from prospect_aggregate.normalize import codes, text
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.money import ValueRange
from prospect_aggregate.normalize.places import Place
from prospect_aggregate.normalize.text import Cell


@dataclass(frozen=True, slots=True)
class Contact:
    """A person the agency names. `role`: requirement, contracting, small_business or alternate."""

    role: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProspectDraft:
    """One planned purchase, read. Only `native_id` is needed; what is None was not published or not readable."""

    native_id: str
    """The agency's own number, without decoration; unique within one edition."""
    title: str | None = None
    title_derived: bool = False
    """True when the agency publishes no title and ours is the description's first sentence."""
    description: str | None = None
    agency: str | None = None
    """The department; None means the source's own."""
    component: str | None = None
    office: str | None = None
    """The contracting office."""
    program_office: str | None = None
    naics_codes: tuple[str, ...] = ()
    """Six digits each, the first one leading."""
    psc_codes: tuple[str, ...] = ()
    set_aside: Coded = Coded()
    """A SAM.gov code, NONE, TBD or OTHER."""
    competition: Coded = Coded()
    contract_type: str | None = None
    contract_vehicle: Coded = Coded()
    award_type: str | None = None
    requirement_type: str | None = None
    """`new`, `recompete`, or the agency's words."""
    phase: Coded = Coded()
    basis: str = "forecast"
    """`forecast` or `expiring_contract`."""
    value: ValueRange = ValueRange()
    solicitation: Window = Window()
    award: Window = Window()
    performance: Window = Window()
    place: Place = Place()
    incumbent_name: str | None = None
    incumbent_contract: str | None = None
    incumbent_ends: Window = Window()
    contacts: tuple[Contact, ...] = ()
    clearance: str | None = None
    solicitation_number: str | None = None
    solicitation_url: str | None = None
    agency_updated_at: date | None = None
    url: str | None = None
    """The record's own page at the agency."""
    raw: Mapping[str, Cell] = field(default_factory=dict, repr=False)
    """The row as published: heading → cell."""
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Field → the headings it was read from; one mapping shared by all drafts of an edition."""


def contacts_of(*published: tuple[str, str | None, Cell, Cell]) -> tuple[Contact, ...]:
    """The contacts among (role, name, email cell, phone cell) of whom anything is known."""
    read = (Contact(role, name, text.email(mail), text.phone(phone)) for role, name, mail, phone in published)
    return tuple(contact for contact in read if contact.name or contact.email or contact.phone)


def people(**roles: str) -> Callable[..., tuple[Contact, ...]]:
    """A reader of what each of them has a cell for, in order: `people(requirement="first last mail phone")`.

    `first`, `last` and `name` make the name; `reach` is a mail address or a telephone number.
    """
    wanted = [(role, part) for role, parts in roles.items() for part in parts.split()]

    def read(*cells: Cell) -> tuple[Contact, ...]:
        found: dict[str, dict[str, Cell]] = {role: {} for role in roles}
        for (role, part), cell in zip(wanted, cells, strict=True):
            found[role][part] = cell
        return contacts_of(*(_person(role, parts) for role, parts in found.items()))

    return read


def _person(role: str, parts: Mapping[str, Cell]) -> tuple[str, str | None, Cell, Cell]:
    name = text.person(*(parts.get(part) for part in ("name", "first", "last")))
    reach = parts.get("reach")
    return role, name, parts.get("mail", reach), parts.get("phone", reach)


def mailboxes(role: str) -> Callable[[Cell], tuple[Contact, ...]]:
    """A reader of one cell that holds mail addresses, or a name where an address should be."""

    def read(cell: Cell) -> tuple[Contact, ...]:
        addresses = text.emails(cell) or (None,)
        return contacts_of(*((role, text.person(cell), address, None) for address in addresses))

    return read


def awarded(question: str) -> Callable[[Cell], Coded]:
    """A reader of the answers to it: a Yes or a contract's number is an award, no other word tells anything."""

    def read(cell: Cell) -> Coded:
        said = text.line(cell)
        is_awarded = said is not None and (text.fold(said) == "yes" or codes.award_number(said) is not None)
        return Coded("awarded", f"{question} {said}") if is_awarded else Coded()

    return read
