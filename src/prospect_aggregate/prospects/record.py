"""A draft as the columns of a prospect: one order of values for inserting, updating and comparing."""

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
