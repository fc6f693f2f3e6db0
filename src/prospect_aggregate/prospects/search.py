"""The one list of prospects, narrowed down."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from prospect_aggregate.normalize import places
from prospect_aggregate.prospects import fit_query
from prospect_aggregate.prospects.models import Change, Pair, Prospect, ProspectQuerySet

OUTLOOKS = ("upcoming", "passed", "dormant", "undated", "under_way", "closed", "left")
FITS = tuple(fit_query.ASKED)
SHOWN_WORDS = (
    "title",
    "description",
    "native_id",
    "incumbent_name",
    "office",
    "component",
    "solicitation_number",
)


class UnknownFilterError(ValueError):
    """A filter's value that can match nothing; the message names what is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What was asked; None asks nothing. Windows and bands match when they overlap what is asked (fields.md R17)."""

    text: str | None = None
    source: str | None = None
    agency: str | None = None
    component: str | None = None
    naics: str | None = None
    psc: str | None = None
    set_aside: str | None = None
    competition: str | None = None
    vehicle: str | None = None
    phase: str | None = None
    state: str | None = None
    outlook: str | None = None
    place: str | None = None
    min_value: Decimal | None = None
    max_value: Decimal | None = None
    solicitation_from: date | None = None
    solicitation_to: date | None = None
    changed_since: datetime | None = None
    overdue: bool = False
    include_unknown: bool = False
    fit: str | None = None
    competed: bool = False

    def __post_init__(self) -> None:
        if self.state and self.state not in Prospect.State.values:
            raise UnknownFilterError(_not_a_state(self.state))
        if self.outlook and self.outlook not in OUTLOOKS:
            raise UnknownFilterError(f"outlook is one of {', '.join(OUTLOOKS)}")
        if self.fit and self.fit not in FITS:
            raise UnknownFilterError(f"fit is one of {', '.join(FITS)}")


def _not_a_state(asked: str) -> str:
    states = "state is listed, missing, expired or withdrawn"
    place = places.state(asked)
    return f"{states}; for the place of performance use --place {place}" if place else states


def search(filters: Filters, *, day: date) -> ProspectQuerySet:
    """Prospects that match every filter, on their shelves as of `day`, the soonest to end first."""
    found = Prospect.objects.once().on_shelves(day).select_related("source")
    if filters.overdue:
        found = found.overdue(day)
    for condition in _conditions(filters):
        found = found.filter(condition)
    return found.order_by(F("anchor").asc(nulls_last=True), "source__key", "native_id")


def _conditions(asked: Filters) -> list[Q]:
    made = [_CONDITIONS[field.name](asked) for field in fields(asked) if _is_asked(asked, field.name)]
    return [condition for condition in made if condition]


def _is_asked(asked: Filters, name: str) -> bool:
    return name in _CONDITIONS and getattr(asked, name) is not None


def _or_unknown(condition: Q, column: str, asked: Filters) -> Q:
    return condition | Q(**{f"{column}__isnull": True}) if asked.include_unknown else condition


def _text(asked: Filters) -> Q:
    """Every word must stand somewhere in the shown texts."""
    every = Q()
    for word in (asked.text or "").split():
        somewhere = Q()
        for column in SHOWN_WORDS:
            somewhere |= Q(**{f"{column}__icontains": word})
        every &= somewhere
    return every


def _at_least(asked: Filters) -> Q:
    """A yearly amount may meet it too: a total is at least one year (R8)."""
    reaches = Q(value_max__gte=asked.min_value) | Q(value_max=None, value_min__isnull=False)
    return reaches | Q(value_min=None, value_max=None) if asked.include_unknown else reaches


def _at_most(asked: Filters) -> Q:
    """A yearly amount cannot meet it: its total is unknown (R8)."""
    total = ~Q(value_basis="year")
    begins = total & (Q(value_min__lte=asked.max_value) | Q(value_min=None, value_max__isnull=False))
    return (
        begins | Q(value_min=None, value_max=None) | Q(value_basis="year")
        if asked.include_unknown
        else begins
    )


_CONDITIONS: dict[str, Callable[[Filters], Q]] = {
    "text": _text,
    "source": lambda it: Q(source__key=it.source),
    "agency": lambda it: Q(agency__icontains=it.agency) | Q(agency=None, source__agency__icontains=it.agency),
    "component": lambda it: Q(component__icontains=it.component),
    "naics": lambda it: _or_unknown(Q(naics_code__startswith=it.naics), "naics_code", it),
    "psc": lambda it: _or_unknown(Q(psc_code__istartswith=it.psc), "psc_code", it),
    "set_aside": lambda it: _or_unknown(Q(set_aside__iexact=it.set_aside), "set_aside", it),
    "competition": lambda it: _or_unknown(Q(competition=it.competition), "competition", it),
    "vehicle": lambda it: (
        Q(contract_vehicle__icontains=it.vehicle) | Q(contract_vehicle_text__icontains=it.vehicle)
    ),
    "phase": lambda it: Q(phase=it.phase),
    "state": lambda it: Q(state=it.state),
    "outlook": lambda it: Q(outlook=it.outlook),
    "place": lambda it: _or_unknown(Q(place_state=places.state(it.place) or "??"), "place_state", it),
    "min_value": _at_least,
    "max_value": _at_most,
    "solicitation_from": lambda it: _or_unknown(
        Q(solicitation_to__gte=it.solicitation_from), "solicitation_to", it
    ),
    "solicitation_to": lambda it: _or_unknown(
        Q(solicitation_from__lte=it.solicitation_to), "solicitation_from", it
    ),
    "changed_since": lambda it: Q(
        Exists(Change.objects.filter(prospect=OuterRef("pk"), at__gte=it.changed_since))
    ),
    "fit": lambda it: fit_query.asked(it.fit),
    "competed": lambda it: fit_query.competed() if it.competed else Q(),
}


def by_key(key: str, *, day: date) -> Prospect:
    """By `source:number`, or by the number alone where one source only has it. Raises LookupError otherwise."""
    source, colon, number = key.partition(":")
    named = Q(source__key=source, native_id=number) if colon else Q(native_id=key)
    everything = Prospect.objects.on_shelves(day).select_related("source")
    found = list(everything.filter(named)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupError(
            f"more than one source has {key!r}; say which: {' or '.join(each.key for each in found)}"
        )
    raise LookupError(f"no prospect {key!r}; `prospects search` lists keys")


def changes_of(
    *, source: str | None, key: str | None, kind: str | None, field: str | None, since: datetime | None
) -> QuerySet[Change]:
    """Changes, newest first, narrowed down by whatever was asked; an earlier name did not leave, it became another."""
    asked = {"prospect__source__key": source, "kind": kind, "field": field, "at__gte": since}
    if key:
        asked |= {"prospect__native_id": key.partition(":")[2] or key}
    wanted = {name: value for name, value in asked.items() if value is not None}
    renamed = Pair.objects.standing().filter(kind=Pair.Kind.RENAMED, older=OuterRef("prospect"))
    became = Exists(renamed.filter(newer__first_seen_at__lte=OuterRef("at")))
    told = Change.objects.exclude(Q(kind__in=Change.LEFT) & became)
    return told.filter(**wanted).select_related("prospect__source")
