"""The sentences that stand as evidence beside each answer of a fit."""

from collections.abc import Callable
from decimal import Decimal

from prospect_aggregate.prospects.fit_conditions import Values, word_in

Evidence = Callable[[Values], str]
LEFT_EMPTY = "your profile leaves it empty"
QUESTIONS = {
    "closed": "Still open",
    "set_aside": "Set-aside",
    "vehicle": "Vehicle",
    "competition": "Competition",
    "value": "Value",
    "clearance": "Clearance",
    "place": "Place",
    "exclusions": "Exclusion words",
    "avoided": "Agencies avoided",
    "naics": "NAICS",
    "psc": "PSC",
    "keywords": "Keywords",
    "agency": "Agency",
}
SET_ASIDES = {
    "SBA": "small business", "SBP": "partly small business", "8A": "8(a)", "8AN": "8(a) sole source",
    "HZC": "HUBZone", "HZS": "HUBZone sole source", "SDVOSBC": "service-disabled veteran-owned",
    "SDVOSBS": "service-disabled veteran-owned, sole source", "WOSB": "women-owned",
    "WOSBSS": "women-owned, sole source", "EDWOSB": "economically disadvantaged women-owned",
    "EDWOSBSS": "economically disadvantaged women-owned, sole source",
}  # fmt: skip


def says(sentence: str) -> Evidence:
    """The sentence, with published values where it names columns."""
    return lambda values: sentence.format_map(values)


def _published(sentence: str, column: str, *more: str) -> Evidence:
    """With the first of the columns that has something, or that none has."""
    return lambda values: sentence.format(
        next((values[it] for it in (column, *more) if values[it]), "not published")
    )


def closed(values: Values) -> str:
    return f"the agency says: {values['phase_text'] or values['phase'].replace('_', ' ')}"


def set_aside(sentence: str) -> Evidence:
    def said(values: Values) -> str:
        code, text = values["set_aside"], values["set_aside_text"]
        name = SET_ASIDES.get(code) or text or code or "not published"
        return sentence.format(name)

    return said


def small(values: Values) -> str:
    return f"{SET_ASIDES[values['set_aside']]}, which you are under {', '.join(values['naics_codes'])}"


def not_small(values: Values) -> str:
    return f"{SET_ASIDES[values['set_aside']]}, which you are not under {', '.join(values['naics_codes'])}"


def vehicle(sentence: str) -> Evidence:
    return _published(sentence, "contract_vehicle_text", "contract_vehicle")


def competition(sentence: str) -> Evidence:
    return _published(sentence, "competition_text", "set_aside_text", "competition")


def place(sentence: str) -> Evidence:
    return _published(sentence, "place_text", "place_state", "place_country")


def clearance(*, enough: bool) -> Evidence:
    return says("{clearance}: what you hold is enough" if enough else "{clearance}: more than you hold")


def value(sentence: str) -> Evidence:
    def said(values: Values) -> str:
        low, high = values["value_min"], values["value_max"]
        shown = values["value_text"] or _band(low, high)
        return sentence.format(shown)

    return said


def _band(low: Decimal | None, high: Decimal | None) -> str:
    if low is None and high is None:
        return "not published"
    if low == high:
        return f"${low:,.0f}"
    return f"${low or 0:,.0f} to {'more' if high is None else f'${high:,.0f}'}"


def codes(column: str, sentence: str) -> Evidence:
    return lambda values: sentence.format(", ".join(values[column]))


def found(wanted: tuple[str, ...], columns: tuple[str, ...]) -> Evidence:
    """Which word stands in which text."""

    def said(values: Values) -> str:
        for column in columns:
            if word := word_in(wanted, [values[column]]):
                return f"“{word}” stands in its {'source' if '__' in column else column}"
        return ""

    return said
