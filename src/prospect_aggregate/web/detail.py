"""One prospect, whole: facts, every field beside what was published, what was promised when, what changed when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.text import as_text
from prospect_aggregate.prospects import joined, origins
from prospect_aggregate.prospects.models import Change, Pair, Prospect
from prospect_aggregate.web import present
from prospect_aggregate.web.shelf import promises_of

FIELDS = (
    # (what people call it, the draft's field, the columns that hold its value)
    ("Number", "native_id", ("native_id",)),
    ("Title", "title", ("title",)),
    ("Description", "description", ("description",)),
    ("Department", "agency", ("agency",)),
    ("Component", "component", ("component",)),
    ("Contracting office", "office", ("office",)),
    ("Program office", "program_office", ("program_office",)),
    ("NAICS", "naics_codes", ("naics_codes",)),
    ("PSC", "psc_codes", ("psc_codes",)),
    ("Set-aside", "set_aside", ("set_aside",)),
    ("Competition", "competition", ("competition",)),
    ("Contract type", "contract_type", ("contract_type",)),
    ("Contract vehicle", "contract_vehicle", ("contract_vehicle",)),
    ("Award type", "award_type", ("award_type",)),
    ("Requirement", "requirement_type", ("requirement_type",)),
    ("Phase", "phase", ("phase",)),
    ("Value", "value", ("value_min", "value_max")),
    ("Solicitation", "solicitation", ("solicitation_from", "solicitation_to")),
    ("Award", "award", ("award_from", "award_to")),
    ("Performance", "performance", ("performance_from", "performance_to")),
    ("Place of performance", "place", ("place_city", "place_state", "place_country")),
    ("Incumbent", "incumbent_name", ("incumbent_name",)),
    ("Current contract", "incumbent_contract", ("incumbent_contract",)),
    ("Current contract ends", "incumbent_ends", ("incumbent_ends_from", "incumbent_ends_to")),
    ("Contacts", "contacts", ("contacts",)),
    ("Clearance", "clearance", ("clearance",)),
    ("Solicitation number", "solicitation_number", ("solicitation_number",)),
    ("Solicitation address", "solicitation_url", ("solicitation_url",)),
    ("Agency's last edit", "agency_updated_at", ("agency_updated_at",)),
    ("Page at the agency", "url", ("url",)),
)
WORKED_OUT = [(field.replace("_", " ").capitalize(), said) for field, said in origins.WORKED_OUT.items()]
WINDOWS = ("solicitation", "award", "performance", "incumbent_ends")
NAMES = {field: label for label, field, _ in FIELDS}
BY_FACT = {label: field for label, field, _ in FIELDS} | {
    "Vehicle": "contract_vehicle", "Contract ends": "incumbent_ends",
}  # fmt: skip
ROLES = {"requirement": "Requirement contact", "contracting": "Contracting officer",
         "small_business": "Small-business specialist", "alternate": "Alternate contact"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """What we read, what they published, and the headings it stood under."""

    name: str
    label: str
    read: str
    published: list[tuple[str, str]]
    """Heading → cell."""
    lack: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the strip under the title: label, value, and a note such as the distance of a date."""

    label: str
    value: present.Shown
    note: str = ""
    passed: bool = False

    @property
    def field(self) -> str:
        """The draft's field, whose source can be asked for."""
        return BY_FACT[self.label]


@dataclass(frozen=True, slots=True)
class Edited:
    """Everything that one edition changed in this prospect."""

    at: datetime
    run: Run
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Names:
    """What a person called one with this prospect: earlier names, the latest first; copies; what it is shown with."""

    earlier: list[Prospect]
    copies: list[Prospect]
    pair: Pair | None


def fields_of(prospect: Prospect, *, day: date) -> list[Field]:
    """Every field that its list has, known or not, in one order for every prospect."""
    return [
        _field(prospect, label, field, columns, day)
        for label, field, columns in FIELDS
        if _has(prospect, field, columns)
    ]


def never_published(prospect: Prospect) -> list[str]:
    """Fields that this list has no heading for: not the same as an empty cell."""
    return [label for label, field, columns in FIELDS if not _has(prospect, field, columns)]


def _has(prospect: Prospect, field: str, columns: tuple[str, ...]) -> bool:
    return bool(headings_of(prospect, field)) or _known_at_all(prospect, columns)


def _known_at_all(prospect: Prospect, columns: tuple[str, ...]) -> bool:
    return any(getattr(prospect, column) not in (None, "", []) for column in columns)


def _field(prospect: Prospect, label: str, field: str, columns: tuple[str, ...], day: date) -> Field:
    published = [
        (heading, text) for heading in headings_of(prospect, field) if (text := _cell(prospect, heading))
    ]
    if _known_at_all(prospect, columns):
        return Field(field, label, _read(prospect, field, columns, day), published, "")
    kept = getattr(prospect, f"{field}_text", None)
    lack = present.lacking(kept or " ".join(text for _, text in published) or None)
    return Field(field, label, lack.text, published, lack.lack)


def headings_of(prospect: Prospect, field: str) -> list[str]:
    """Where the last reading of this row found the field; a function that made drafts had no headings."""
    return list(prospect.last_run.layout.get(field, []))


def _cell(prospect: Prospect, heading: str) -> str:
    return as_text(prospect.raw.get(heading)) or ""


def _read(prospect: Prospect, field: str, columns: tuple[str, ...], day: date) -> str:
    if field in WINDOWS:
        first, last = (getattr(prospect, column) for column in columns)
        return present.window_text(first, last, getattr(prospect, f"{field}_precision", None), day=day)
    if field == "value":
        shown = present.value(
            prospect.value_min, prospect.value_max, prospect.value_basis, prospect.value_text
        )
        return shown.text + (" per year" if shown.yearly else "")
    if field == "set_aside":
        return present.set_aside(prospect.set_aside, prospect.set_aside_text, prospect.basis).text
    if field == "contacts":
        return "; ".join(", ".join(filter(None, _contact(each))) for each in prospect.contacts)
    return ", ".join(
        _plain(getattr(prospect, column), day) for column in columns if getattr(prospect, column)
    )


def _contact(contact: Mapping[str, str | None]) -> tuple[str | None, ...]:
    return contact["name"], contact["email"], contact["phone"]


def _plain(value: object, day: date) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return present.day_text(value, day=day) if isinstance(value, date) else str(value).replace("_", " ")


def facts_of(prospect: Prospect, *, day: date) -> list[Fact]:
    """Can we bid, when, for how much: what is unknown keeps its place."""
    kept = vars(prospect)
    solicitation, award, ends = promises_of(kept)
    return [
        _promised("Solicitation", solicitation, day),
        _promised("Award", award, day),
        Fact(
            "Value",
            present.value(prospect.value_min, prospect.value_max, prospect.value_basis, prospect.value_text),
        ),
        Fact("Set-aside", present.set_aside(prospect.set_aside, prospect.set_aside_text, prospect.basis)),
        Fact("NAICS", _known(prospect.naics_code)),
        Fact("Vehicle", _known(prospect.contract_vehicle, prospect.contract_vehicle_text)),
        Fact("Requirement", _known(prospect.requirement_type)),
        *([_promised("Contract ends", ends, day)] if ends.last else []),
    ]


def _promised(label: str, promise: present.Promise, day: date) -> Fact:
    if promise.last is None:
        return Fact(label, present.lacking(promise.text, absent="none published"))
    shown = present.next_date([promise], day=day)
    return Fact(
        label, present.Shown(shown.window, hint=promise.text or ""), shown.distance, passed=shown.passed
    )


def _known(value: str | None, text: str | None = None) -> present.Shown:
    if value:
        return present.Shown(value, hint=text or "")
    return (
        present.Shown(text) if text and present.lacking(text).lack != "undecided" else present.lacking(text)
    )


def names_of(prospect: Prospect) -> Names:
    return Names(joined.earlier_names(prospect), joined.copies(prospect), joined.stands_under(prospect))


def changes_of(prospect: Prospect, earlier: list[Prospect]) -> list[Change]:
    """Newest first, with those under its earlier names, which did not leave when they became the next."""
    names = [prospect, *earlier]
    became = {name.pk: later.first_seen_at for later, name in pairwise(names)}
    every = Change.objects.filter(prospect__in=names).select_related("run", "prospect__source")
    return [
        change
        for change in every.order_by("-at", "-run", "field")
        if change.kind not in Change.LEFT
        or change.prospect_id == prospect.pk
        or change.at < became[change.prospect_id]
    ]


def history_of(changes: list[Change]) -> Iterator[Edited]:
    """Newest edition first, as `changes` are."""
    for _, group in groupby(changes, key=lambda change: change.run_id):
        together = list(group)
        yield Edited(together[0].at, together[0].run, together)


def people_of(prospect: Prospect) -> list[dict[str, Any]]:
    return [{**contact, "role": ROLES.get(contact["role"], contact["role"])} for contact in prospect.contacts]


def kept_text(change: Change, kept: str | None, *, day: date) -> str:
    """A value of the ledger as people write it: windows by their names, amounts by their units."""
    if kept is None:
        return "none published" if change.field in WINDOWS else "not published"
    if change.field in WINDOWS:
        return present.span_text(kept, day=day)
    if change.field == "value":
        return present.amount_text(kept)
    if change.field == "set_aside":
        return present.set_aside(*_coded(kept)).text
    return kept.replace("_", " ") if change.field in ("phase", "competition") else kept


def _coded(kept: str) -> tuple[str | None, str | None]:
    """The ledger keeps the code, or the published words where there is none."""
    return (kept, None) if kept in present.SHORT_NAMES else (None, kept)
