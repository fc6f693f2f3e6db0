"""The questions that a company profile asks of a prospect, each as rules of which the first that holds answers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from prospect_aggregate.normalize.places import HOME
from prospect_aggregate.normalize.vocabularies import CLOSED_PHASES, SOLE_SOURCE_CODES
from prospect_aggregate.prospects import fit_words as words
from prospect_aggregate.prospects.fit_conditions import (
    Absent,
    Always,
    Amount,
    Condition,
    Empty,
    Is,
    Lists,
    Present,
    Reads,
    Values,
    every,
    reads_any,
    some,
)
from prospect_aggregate.prospects.profile import CLEARANCES, Profile

Evidence = Callable[[Values], str]
TEXTS = ("title", "description")
AGENCY = ("agency", "component", "office", "source__name", "source__agency", "source__key")
EXPIRING = Is("basis", ("expiring_contract",))
"""A list of current contracts says how those were bought, not how the next one will be (fields.md R7)."""
HELD_BY = {
    "SBA": ("SB",), "8A": ("8A",), "8AN": ("8A",), "HZC": ("HUBZone",), "HZS": ("HUBZone",),
    "SDVOSBC": ("SDVOSB",), "SDVOSBS": ("SDVOSB",), "VSA": ("SDVOSB",), "VSS": ("SDVOSB",),
    "WOSB": ("WOSB", "EDWOSB"), "WOSBSS": ("WOSB", "EDWOSB"), "EDWOSB": ("EDWOSB",), "EDWOSBSS": ("EDWOSB",),
}  # fmt: skip
"""Set-aside → the eligibilities of which one is enough; who is economically disadvantaged is women-owned too."""
VETERAN = ("VSA", "VSS")
"""Every service-disabled veteran-owned firm is veteran-owned; a profile cannot say that it is that alone."""
NO_VEHICLE = ("open market", "definitive contract", "standalone contract", "purchase order", "PO")
ANYWHERE = ("remote", "nationwide", "virtual", "telework", "national", "anywhere", "work from home", "conus")
CLEARANCE_WORDS = {
    "ts_sci": ("SCI", "sensitive compartmented information"),
    "top_secret": ("top secret", "TS"),
    "secret": ("secret",),
    "confidential": ("confidential",),
    "none": ("none", "unclassified", "no", "not required", "public trust"),
}
"""From the highest to the lowest: a text that names two asks for the higher one."""


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Rule:
    when: Condition
    answer: Answer
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Question:
    """A gate, which must not be a no, or an interest, of which one must be a yes."""

    name: str
    words: str
    gate: bool
    rules: tuple[Rule, ...]
    """The last one always holds."""


def questions_of(profile: Profile) -> tuple[Question, ...]:
    """Gates first, then interests; all of them, also those that the profile does not ask."""
    gates = (_closed, _set_aside, _vehicle, _competition, _value, _clearance, _place, _exclusions, _avoided)
    interests = (_naics, _psc, _keywords, _agency)
    return tuple(
        Question(make.__name__[1:], words.QUESTIONS[make.__name__[1:]], make in gates, tuple(make(profile)))
        for make in (*gates, *interests)
    )


def sole_source() -> Condition:
    """Published as a sole source, in the column of competition or by the kind of set-aside."""
    return some(Is("competition", ("sole_source",)), Is("set_aside", tuple(sorted(SOLE_SOURCE_CODES))))


def _yes(when: Condition, evidence: Evidence) -> Rule:
    return Rule(when, Answer.YES, evidence)


def _no(when: Condition, evidence: Evidence) -> Rule:
    return Rule(when, Answer.NO, evidence)


def _unknown(when: Condition, evidence: Evidence) -> Rule:
    return Rule(when, Answer.UNKNOWN, evidence)


def _not_asked(when: Condition, evidence: Evidence) -> Rule:
    return Rule(when, Answer.NOT_ASKED, evidence)


def _unless(asked: object, *rules: Rule) -> list[Rule]:
    """What the profile leaves empty is asked of nobody."""
    return list(rules) if asked else [_not_asked(Always(), words.says(words.LEFT_EMPTY))]


def _closed(profile: Profile) -> list[Rule]:  # noqa: ARG001  # asked of every profile
    return [
        _no(Is("phase", tuple(sorted(CLOSED_PHASES))), words.closed),
        _no(Is("state", ("expired", "withdrawn")), words.says("left the list")),
        _yes(Always(), words.says("the agency has not closed it")),
    ]


def _set_aside(profile: Profile) -> list[Rule]:
    held = set(profile.eligibilities)
    kinds = tuple(kind for kind, enough in HELD_BY.items() if held & set(enough) and kind != "SBA")
    others = tuple(kind for kind in HELD_BY if kind not in (*kinds, *VETERAN, "SBA"))
    open_to_all = every(
        some(Absent("set_aside"), Is("set_aside", ("TBD",))), Is("competition", ("full_and_open",))
    )
    return _unless(
        held,
        _unknown(EXPIRING, words.set_aside("that of the current contract ({}); the next one is not known")),
        _yes(Is("set_aside", ("NONE",)), words.set_aside("not set aside ({})")),
        _yes(open_to_all, words.says("full and open competition")),
        _yes(Is("set_aside", kinds), words.set_aside("{}, which you are")),
        *_small(profile),
        _no(Is("set_aside", others), words.set_aside("{}, which you are not")),
        _unknown(Always(), words.set_aside("set-aside {}")),
    )  # fmt: skip


def _small(profile: Profile) -> list[Rule]:
    """Size standards are not computed: the company says under which of its codes it is small."""
    whole, part = Is("set_aside", ("SBA",)), Is("set_aside", ("SBP",))
    if "SB" not in profile.eligibilities:
        return [_no(whole, words.set_aside("{}, which you are not"))]
    if not profile.small_under:
        return [_yes(some(whole, part), words.set_aside("{}, which you are"))]
    return [
        _yes(every(some(whole, part), Lists("naics_codes", profile.small_under)), words.small),
        _no(every(whole, Lists("naics_codes", profile.naics)), words.not_small),
    ]


def _vehicle(profile: Profile) -> list[Rule]:
    columns = ("contract_vehicle", "contract_vehicle_text")
    return _unless(
        profile.vehicles,
        _yes(reads_any(columns, profile.vehicles), words.vehicle("{}, which you hold")),
        _no(Present("contract_vehicle"), words.vehicle("{}, not held")),
        _yes(Reads("contract_vehicle_text", NO_VEHICLE), words.vehicle("{}: none is needed")),
        _unknown(Always(), words.vehicle("vehicle {}")),
    )


def _competition(profile: Profile) -> list[Rule]:
    ours = every(sole_source(), Reads("incumbent_name", profile.own_names))
    mine = [_yes(ours, words.says("sole source, and you hold the current contract"))] * bool(
        profile.own_names
    )
    return [
        _not_asked(EXPIRING, words.says("how the next one is competed is not published")),
        *mine,
        _no(sole_source(), words.competition("sole source ({})")),
        _unknown(Is("competition", ("limited", "not_competed")), words.competition("{}: open to whom is not said")),
        _yes(Present("competition"), words.competition("{}")),
        _not_asked(Always(), words.says("the list does not say how it is competed")),
    ]  # fmt: skip


def _value(profile: Profile) -> list[Rule]:
    """Bands match when they overlap; a yearly amount is the least that a total can be (fields.md R8, R17)."""
    low, high = profile.value_min, profile.value_max
    yearly = Is("value_basis", ("year",))
    rules = [_unknown(every(Absent("value_min"), Absent("value_max")), words.value("value {}"))]
    if high is not None:
        rules.append(_no(Amount("value_min", "gt", high), words.value("{}, above what you perform")))
    elif low is not None:
        enough = every(yearly, Amount("value_min", "gte", low))
        rules.append(_yes(enough, words.value("{} a year is in your band")))
    rules.append(_unknown(yearly, words.value("{} a year; the whole is not published")))
    if low is not None:
        rules.append(_no(Amount("value_max", "lt", low), words.value("{}, below what you perform")))
    asked = low is not None or high is not None
    return _unless(asked, *rules, _yes(Always(), words.value("{} is in your band")))


def _clearance(profile: Profile) -> list[Rule]:
    """Nine rows in ten say nothing of it; that is not held against them."""
    ranks = list(CLEARANCES)
    held = ranks.index(profile.clearance or "none")
    rules = [
        (_yes if ranks.index(name) <= held else _no)(
            Reads("clearance", spelled), words.clearance(enough=ranks.index(name) <= held)
        )
        for name, spelled in CLEARANCE_WORDS.items()
    ]
    return _unless(
        profile.clearance is not None,
        _not_asked(Absent("clearance"), words.says("the list says nothing of a clearance")),
        *rules,
        _unknown(Always(), words.says("clearance {clearance}")),
    )


def _place(profile: Profile) -> list[Rule]:
    anywhere = reads_any(("place_text", "place_city"), ANYWHERE)
    return _unless(
        profile.states or profile.anywhere,
        *([_yes(Is("place_state", profile.states), words.place("{} is on your list"))] if profile.states else []),
        _no(Present("place_state"), words.place("{}, not on your list")),
        (_yes if profile.anywhere else _unknown)(anywhere, words.place("{}")),
        _unknown(some(Absent("place_country"), Is("place_country", (HOME,))), words.place("place {}")),
        _no(Always(), words.place("{}, abroad")),
    )  # fmt: skip


def _exclusions(profile: Profile) -> list[Rule]:
    return _unless(
        profile.exclusions,
        _no(reads_any(TEXTS, profile.exclusions), words.found(profile.exclusions, TEXTS)),
        _yes(Always(), words.says("none of your exclusion words stands in it")),
    )


def _avoided(profile: Profile) -> list[Rule]:
    return _unless(
        profile.avoided,
        _no(reads_any(AGENCY, profile.avoided), words.found(profile.avoided, AGENCY)),
        _yes(Always(), words.says("no agency that you avoid")),
    )


def _naics(profile: Profile) -> list[Rule]:
    return _unless(
        profile.naics,
        _yes(Lists("naics_codes", profile.naics), words.codes("naics_codes", "{} is on your list")),
        _unknown(Empty("naics_codes"), words.says("no NAICS code is published, or none that we could read")),
        _no(Always(), words.codes("naics_codes", "{} is not on your list")),
    )


def _psc(profile: Profile) -> list[Rule]:
    """A published group (`R`) may hold the code that is asked for (`R425`)."""
    groups = tuple(sorted({code[:length] for code in profile.psc for length in range(1, len(code))}))
    maybe = [
        _unknown(Lists("psc_codes", groups, whole=True), words.codes("psc_codes", "{} is a whole group"))
    ]
    return _unless(
        profile.psc,
        _yes(Lists("psc_codes", profile.psc), words.codes("psc_codes", "{} is on your list")),
        *(maybe if groups else []),
        _unknown(Empty("psc_codes"), words.says("no product or service code is published")),
        _no(Always(), words.codes("psc_codes", "{} is not on your list")),
    )


def _keywords(profile: Profile) -> list[Rule]:
    return _unless(
        profile.keywords,
        _yes(reads_any(TEXTS, profile.keywords), words.found(profile.keywords, TEXTS)),
        _unknown(Absent("description"), words.says("not in the title, and no description is published")),
        _no(Always(), words.says("none of your words stands in it")),
    )


def _agency(profile: Profile) -> list[Rule]:
    return _unless(
        profile.agencies,
        _yes(reads_any(AGENCY, profile.agencies), words.found(profile.agencies, AGENCY)),
        _no(Always(), words.says("no agency on your list")),
    )
