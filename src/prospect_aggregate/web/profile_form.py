"""The company profile as a form: what stands in each field, what is wrong there, and what it would find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict

from prospect_aggregate.prospects import fit_conditions as it
from prospect_aggregate.prospects import fit_query, fit_rules
from prospect_aggregate.prospects.fit import Fit
from prospect_aggregate.prospects.models import Prospect, ProspectQuerySet
from prospect_aggregate.prospects.profile import (
    CLEARANCES,
    ELIGIBILITIES,
    FIELDS,
    Profile,
    UnfitProfileError,
    profile_object,
    profile_of,
)

LISTS = {
    "naics": ("NAICS codes", "541519, 541512; or a beginning such as 5415"),
    "small_under": ("Small under", "only these of your codes; empty: all of them"),
    "psc": ("Product and service codes", "D399, R4"),
    "keywords": ("Keywords", "whole words or phrases in title or description"),
    "agencies": ("Agencies wanted", "words of a department's, component's or office's name"),
    "vehicles": ("Vehicles held", "GSA Schedule, NASA SEWP, OASIS+"),
    "states": ("States", "VA, MD, DC: where you can perform"),
    "own_names": ("Your own names", "as agencies write the incumbent; a short form finds more"),
    "exclusions": ("Exclusion words", "whole words that end it: janitorial, construction"),
    "avoided": ("Agencies avoided", "never shown as fitting"),
}
INTERESTS = ("naics", "psc", "keywords", "agencies")


@dataclass(frozen=True, slots=True)
class Input:
    """One field: what was typed, or what is kept."""

    name: str
    label: str
    hint: str
    text: str
    error: str = ""
    counts: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as somebody left it: a profile as far as it can be read, and what cannot."""

    profile: Profile
    errors: dict[str, str]
    typed: dict[str, Any]

    @property
    def interests(self) -> list[Input]:
        return [self._input(name) for name in INTERESTS]

    @property
    def lists(self) -> dict[str, Input]:
        return {name: self._input(name) for name in LISTS}

    @property
    def band(self) -> dict[str, str]:
        ends = {name: getattr(self.profile, name) for name in ("value_min", "value_max")}
        kept = {name: "" if end is None else f"{end:.2f}" for name, end in ends.items()}
        return {name: self.typed.get(name, text) for name, text in kept.items()}

    def _input(self, name: str) -> Input:
        given = self.typed.get(name, getattr(self.profile, name))
        text = given if isinstance(given, str) else ", ".join(given)
        return Input(name, *LISTS[name], text, self.errors.get(name, ""))


def filled(given: QueryDict) -> Filled:
    """Each field by itself, so that one mistake does not hide what the others find."""
    typed: dict[str, Any] = {name: given.get(name, "") for name in FIELDS}
    typed["eligibilities"] = given.getlist("eligibilities")
    facts, errors = {}, {}
    for name, value in typed.items():
        try:
            facts[name] = profile_object(profile_of({name: value}))[name]
        except UnfitProfileError as error:
            errors[name] = str(error).partition(": ")[2] or str(error)
    try:
        return Filled(profile_of(facts), errors, typed)
    except UnfitProfileError as error:
        errors["value_min"] = str(error).partition(": ")[2]
        return Filled(profile_of(facts | {"value_min": None}), errors, typed)


def kept(profile: Profile) -> Filled:
    return Filled(profile, {}, {})


def counts_of(profile: Profile, *, day: date) -> dict[str, list[tuple[str, int]]]:
    """For each entry of each field, how many upcoming prospects it is about; one query for all of them."""
    asked = {(name, entry): condition for name, entry, condition in _conditions(profile)}
    if not asked:
        return {}
    numbered = {f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(asked.values())}
    found = _upcoming(day).aggregate(**numbered)
    counted: dict[str, list[tuple[str, int]]] = {}
    for place, (name, entry) in enumerate(asked):
        counted.setdefault(name, []).append((entry, found[f"n{place}"]))
    return counted


def totals_of(profile: Profile, *, day: date) -> Mapping[str, int]:
    """How many upcoming prospects there are, fit, possibly fit."""
    fits = {fit.value: Count("pk", filter=fit_query.of_fit(profile, fit)) for fit in (Fit.FITS, Fit.POSSIBLE)}
    return dict(_upcoming(day).aggregate(upcoming=Count("pk"), **fits))


def choices(profile: Profile) -> dict[str, Any]:
    return {
        "eligibilities": [
            (name, words, name in profile.eligibilities) for name, words in ELIGIBILITIES.items()
        ],
        "clearances": [(name, words, name == profile.clearance) for name, words in CLEARANCES.items()],
    }


def _upcoming(day: date) -> ProspectQuerySet:
    return Prospect.objects.once().on_shelves(day).filter(Q(outlook="upcoming")).order_by()


def _conditions(profile: Profile) -> list[tuple[str, str, Q]]:
    """What one entry of one field is about, whatever the others say."""
    columns = {"keywords": fit_rules.TEXTS, "exclusions": fit_rules.TEXTS, "agencies": fit_rules.AGENCY,
               "avoided": fit_rules.AGENCY, "own_names": ("incumbent_name",),
               "vehicles": ("contract_vehicle", "contract_vehicle_text")}  # fmt: skip
    made: list[tuple[str, str, it.Condition]] = []
    for name in ("naics", "small_under"):
        made += [(name, code, it.Lists("naics_codes", (code,))) for code in getattr(profile, name)]
    made += [("psc", code, it.Lists("psc_codes", (code,))) for code in profile.psc]
    made += [("states", state, it.Is("place_state", (state,))) for state in profile.states]
    for name, read in columns.items():
        made += [(name, word, it.reads_any(read, (word,))) for word in getattr(profile, name)]
    for held in profile.eligibilities:
        kinds = tuple(kind for kind, enough in fit_rules.HELD_BY.items() if held in enough)
        made += [("eligibilities", ELIGIBILITIES[held], it.Is("set_aside", kinds))] * bool(kinds)
    found = [(name, entry, fit_query.where(condition)) for name, entry, condition in made]
    return [*found, *_band(profile)]


def _band(profile: Profile) -> list[tuple[str, str, Q]]:
    if profile.value_min is None and profile.value_max is None:
        return []
    return [("value", "in your band", fit_query.answered(profile, "value", fit_rules.Answer.YES)),
            ("value", "not known", fit_query.answered(profile, "value", fit_rules.Answer.UNKNOWN))]  # fmt: skip
