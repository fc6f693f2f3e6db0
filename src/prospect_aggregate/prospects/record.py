"""A draft as the columns of a prospect: one order of values for inserting, updating and comparing."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from prospect_aggregate.scrapers.draft import ProspectDraft

COLUMNS = (
    "native_id", "title", "title_derived", "description", "agency", "component", "office", "program_office",
    "naics_code", "naics_codes", "psc_code", "psc_codes", "set_aside", "set_aside_text",
    "competition", "competition_text", "contract_type", "contract_vehicle", "contract_vehicle_text",
    "award_type", "requirement_type", "phase", "phase_text", "basis",
    "value_min", "value_max", "value_basis", "value_text",
    "solicitation_from", "solicitation_to", "solicitation_precision", "solicitation_text",
    "award_from", "award_to", "award_precision", "award_text",
    "performance_from", "performance_to", "performance_precision", "performance_text",
    "place_city", "place_state", "place_country", "place_text",
    "incumbent_name", "incumbent_contract", "incumbent_ends_from", "incumbent_ends_to",
    "contacts", "clearance", "solicitation_number", "solicitation_url", "agency_updated_at", "url", "raw",
)  # fmt: skip
JSON_COLUMNS = frozenset({"naics_codes", "psc_codes", "contacts", "raw"})

Record = tuple[Any, ...]

_OTHERWISE = {
    "title": ("title", "title_derived"),
    "naics_codes": ("naics_code", "naics_codes"),
    "psc_codes": ("psc_code", "psc_codes"),
    "incumbent_ends": ("incumbent_ends_from", "incumbent_ends_to"),
}


_FIELDS = frozenset(each.name for each in fields(ProspectDraft)) - {"raw", "origins", "title_derived"}


def _columns_of(field: str) -> frozenset[int]:
    """Where the columns of a draft's field stand in a record: `award` is `award_from` …, and not `award_type`."""
    parts = [it for it in COLUMNS if it.startswith(f"{field}_") and it not in _FIELDS]
    named = _OTHERWISE.get(field) or (parts + [field] * (field in COLUMNS))
    return frozenset(COLUMNS.index(column) for column in named)


POSITIONS = {field: _columns_of(field) for field in _FIELDS}
"""Field of a draft → where its columns stand; together they are all columns but `raw`, each once."""
FIELDS = (
    "native_id", "title", "description", "agency", "component", "office", "program_office", "naics_codes",
    "psc_codes", "set_aside", "competition", "contract_type", "contract_vehicle", "award_type", "requirement_type",
    "phase", "basis", "value", "solicitation", "award", "performance", "place", "incumbent_name",
    "incumbent_contract", "incumbent_ends", "contacts", "clearance", "solicitation_number", "solicitation_url",
    "agency_updated_at", "url",
)  # fmt: skip
"""The draft's fields in the order of the bits of `Prospect.filled`; a new one goes to the end."""


def _read_columns(field: str) -> tuple[int, ...]:
    """Where the values of a field stand, the published texts beside them left out."""
    return tuple(at for at in sorted(POSITIONS[field]) if not COLUMNS[at].endswith("_text"))


_BITS = tuple((1 << bit, _read_columns(field)) for bit, field in enumerate(FIELDS))


def filled_of(record: Record) -> int:
    """The fields in which something was read, as bits."""
    mask = 0
    for bit, positions in _BITS:
        for at in positions:
            if record[at]:
                mask |= bit
                break
    return mask


def said(new: Record, old: Record, published: Collection[str]) -> Record:
    """The new record, with the old values of fields that this layout does not publish: it says nothing of them.

    `published` names the draft's fields that have a heading; none at all is a draft that was not read from a list.
    """
    silent = {at for field, positions in POSITIONS.items() if field not in published for at in positions}
    if not published:
        return new
    return tuple(old[at] if at in silent and not value else value for at, value in enumerate(new))


def record_of(draft: ProspectDraft) -> Record:
    """The draft's values, in the order of COLUMNS."""
    value, place = draft.value, draft.place
    solicitation, award, performance = draft.solicitation, draft.award, draft.performance
    return (
        draft.native_id, draft.title, draft.title_derived, draft.description,
        draft.agency, draft.component, draft.office, draft.program_office,
        draft.naics_codes[0] if draft.naics_codes else None, list(draft.naics_codes),
        draft.psc_codes[0] if draft.psc_codes else None, list(draft.psc_codes),
        draft.set_aside.code, draft.set_aside.text, draft.competition.code, draft.competition.text,
        draft.contract_type, draft.contract_vehicle.code, draft.contract_vehicle.text,
        draft.award_type, draft.requirement_type, draft.phase.code, draft.phase.text, draft.basis,
        value.min, value.max, value.basis, value.text,
        solicitation.first, solicitation.last, solicitation.precision, solicitation.text,
        award.first, award.last, award.precision, award.text,
        performance.first, performance.last, performance.precision, performance.text,
        place.city, place.state, place.country, place.text,
        draft.incumbent_name, draft.incumbent_contract, draft.incumbent_ends.first, draft.incumbent_ends.last,
        [_contact(contact) for contact in draft.contacts], draft.clearance,
        draft.solicitation_number, draft.solicitation_url, draft.agency_updated_at, draft.url, dict(draft.raw),
    )  # fmt: skip


def _contact(contact: Any) -> dict[str, str | None]:
    return {"role": contact.role, "name": contact.name, "email": contact.email, "phone": contact.phone}
