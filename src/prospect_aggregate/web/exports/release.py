"""One prospect as an OCDS 1.1 release: a planning process, never a tender that has begun."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from prospect_aggregate.prospects.models import Change, Prospect

Part = dict[str, Any]
METHODS = {
    "full_and_open": "open", "set_aside": "selective", "limited": "limited", "sole_source": "direct",
    "not_competed": "direct",
}  # fmt: skip
"""What is only called competed may be either of two; its published words say what is known."""
ENDED = {
    "cancelled": "cancelled", "no_longer_required": "cancelled", "withdrawn_by_agency": "withdrawn",
    "awarded": "complete",
}  # fmt: skip
LEFT = (Prospect.State.WITHDRAWN, Prospect.State.EXPIRED)
EXPIRING = (
    "Its agency lists the current contract as expiring. Value, codes and place are those of that contract, and it may "
    "not be competed again."
)


def release_of(prospect: Prospect, *, prefix: str) -> Part:
    """As it stands now. It must come from `with_versions`; the next change of it makes the next release."""
    version: Any = prospect
    ocid = f"{prefix}-{prospect.source.key}-{quote(prospect.native_id, safe='')}"
    first = version.version_kind in (None, Change.Kind.LISTED)
    made: Part = _kept({
        "ocid": ocid,
        "id": f"{ocid}-{version.version or 0}",
        "date": version.version_at or prospect.first_seen_at,
        "tag": ["planning" if first else "planningUpdate"],
        "initiationType": "tender",
        "language": "en",
        "parties": list(_parties(prospect)),
        "buyer": _named(_buyer(prospect)),
        "planning": _planning(prospect),
        "tender": _tender(prospect),
        "relatedProcesses": _prior(prospect),
    })  # fmt: skip
    return made


def _kept(value: Any) -> Any:
    """Without what is not known: OCDS wants a field left out rather than empty."""
    if isinstance(value, Mapping):
        kept = {name: _kept(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    return [_kept(part) for part in value] if isinstance(value, list) else value


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _money(amount: Decimal | None) -> Part | None:
    if amount is None:
        return None
    return {"amount": int(amount) if amount == int(amount) else float(amount), "currency": "USD"}


def _period(first: date | None, last: date | None) -> Part:
    return {"startDate": _moment(first), "endDate": _moment(last)}


def _buyer(prospect: Prospect) -> Part:
    return {"id": prospect.source.key, "name": prospect.agency or prospect.source.agency, "roles": ["buyer"]}


def _office(prospect: Prospect) -> Part | None:
    name = prospect.office or prospect.component
    return (
        {"id": f"{prospect.source.key}:{name}", "name": name, "roles": ["procuringEntity"]} if name else None
    )


def _parties(prospect: Prospect) -> Iterator[Part]:
    """The department, its office, and the first person to ask, with whoever is nearer."""
    buyer, office = _buyer(prospect), _office(prospect)
    contact = next((_contact(each) for each in prospect.contacts), None)
    yield buyer | ({} if office else {"contactPoint": contact})
    if office:
        yield office | {"contactPoint": contact}


def _contact(each: Mapping[str, str | None]) -> Part:
    return {"name": each.get("name"), "email": each.get("email"), "telephone": each.get("phone")}


def _named(party: Part | None) -> Part | None:
    """A reference to a party."""
    return {"id": party["id"], "name": party["name"]} if party else None


def _planning(prospect: Prospect) -> Part:
    return {
        "rationale": EXPIRING if _is_expiring(prospect) else None,
        "budget": {"description": prospect.value_text},
        "documents": list(_documents(prospect)),
        "milestones": list(_milestones(prospect)),
    }


def _documents(prospect: Prospect) -> Iterator[Part]:
    notice = {
        "id": "notice",
        "documentType": "plannedProcurementNotice",
        "title": "The forecast at its agency",
    }
    if prospect.url:
        yield notice | {
            "url": prospect.url,
            "dateModified": _moment(prospect.agency_updated_at),
            "language": "en",
        }
    plan = {"id": "list", "documentType": "procurementPlan", "title": "The list that it stands on"}
    yield plan | {"url": prospect.source.url, "language": "en"}


def _milestones(prospect: Prospect) -> Iterator[Part]:
    """A window that is no day: a period's start would invent one."""
    if prospect.solicitation_to and prospect.solicitation_precision != "day":
        yield {
            "id": "solicitation",
            "title": "Solicitation expected",
            "type": "preProcurement",
            "description": f"Between {prospect.solicitation_from} and {prospect.solicitation_to}; "
            f"published as {prospect.solicitation_text!r}",
            "dueDate": _moment(prospect.solicitation_to),
            "status": "scheduled",
        }


def _tender(prospect: Prospect) -> Part:
    return {
        "id": prospect.key,
        "title": prospect.title,
        "description": prospect.description,
        "status": status_of(prospect),
        "procuringEntity": _named(_office(prospect)),
        "items": _items(prospect),
        "procurementMethod": METHODS.get(prospect.competition or ""),
        "procurementMethodDetails": _method(prospect),
        "mainProcurementCategory": category_of(prospect.psc_code),
        "eligibilityCriteria": _eligible(prospect),
        "contractPeriod": _period(prospect.performance_from, prospect.performance_to),
        "awardPeriod": _period(prospect.award_from, prospect.award_to),
        **_values(prospect),
        **_opens(prospect),
    }


def _values(prospect: Prospect) -> Part:
    """A yearly amount is no total; it stands in the budget's words only."""
    if prospect.value_basis == "year":
        return {}
    return {"minValue": _money(prospect.value_min), "value": _money(prospect.value_max)}


def _opens(prospect: Prospect) -> Part:
    day = prospect.solicitation_from if prospect.solicitation_precision == "day" else None
    return {"tenderPeriod": {"startDate": _moment(day)}}


def status_of(prospect: Prospect) -> str:
    """What the agency says goes first; then whether it is on its list; then how exactly its date is known."""
    if prospect.phase in ENDED:
        return ENDED[prospect.phase]
    if prospect.state in LEFT:
        return "withdrawn"
    return "planned" if prospect.solicitation_precision == "day" else "planning"


def category_of(psc: str | None) -> str | None:
    """By the first sign of the PSC: Y and Z build, other letters serve, digits are goods."""
    if not psc:
        return None
    return "goods" if psc[0].isdigit() else "works" if psc[0] in "YZ" else "services"


def _method(prospect: Prospect) -> str:
    return "; ".join(
        filter(None, (prospect.competition_text, prospect.contract_vehicle_text, prospect.award_type))
    )


def _eligible(prospect: Prospect) -> str | None:
    """Of an expiring contract it is the current one's: what the next is set aside for, nobody knows (R7)."""
    code, words = prospect.set_aside, prospect.set_aside_text
    if not (code or words):
        return None
    of = "Set-aside of the current contract" if _is_expiring(prospect) else "Set-aside"
    said = f"{words} ({code})" if words and code and words.upper() != code else words or code
    return f"{of}: {said}"


def _is_expiring(prospect: Prospect) -> bool:
    return prospect.basis == "expiring_contract"


def _items(prospect: Prospect) -> list[Part]:
    """One item; its codes say what is bought and from which industry."""
    first, *others = [*_codes("NAICS", prospect.naics_codes), *_codes("PSC", prospect.psc_codes)] or [None]
    place = {
        "locality": prospect.place_city,
        "region": prospect.place_state,
        "countryName": prospect.place_country,
    }
    item = {"classification": first, "additionalClassifications": others, "deliveryAddress": place}
    return [{"id": "1", "description": prospect.title, **item}] if first or any(place.values()) else []


def _codes(scheme: str, codes: list[str]) -> list[Part | None]:
    return [{"scheme": scheme, "id": code} for code in codes]


def _prior(prospect: Prospect) -> list[Part]:
    """The contract that this one follows."""
    number, holder = prospect.incumbent_contract, prospect.incumbent_name
    if not (number or holder):
        return []
    ends = prospect.incumbent_ends_to
    title = (
        "Current contract" + (f", held by {holder}" if holder else "") + (f", ends by {ends}" if ends else "")
    )
    said = {"id": "prior", "relationship": ["prior"], "title": title}
    return [said | ({"scheme": "PIID", "identifier": number} if number else {})]
