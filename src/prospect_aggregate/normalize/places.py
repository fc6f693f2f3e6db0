"""Places of performance as agencies write them."""

import re
from dataclasses import dataclass, replace

from prospect_aggregate.normalize.geography import (
    NOT_A_CITY,
    OTHER_STATE_NAMES,
    STATES,
    TERRITORIES,
    country_names,
)
from prospect_aggregate.normalize.memo import remembered
from prospect_aggregate.normalize.text import Cell, fold, is_placeholder, known, line


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is done. `state` is a USPS code, `country` an ISO 3166 alpha-3 code."""

    city: str | None = None
    state: str | None = None
    country: str | None = None
    text: str | None = None
    """As published, the cells joined by ", "."""


HOME = "USA"
_STATE_KEYS = {fold(code): code for code in STATES} | {fold(name): code for code, name in STATES.items()}
_STATE_KEYS |= OTHER_STATE_NAMES
_SEVERAL = re.compile(r"[;&/|]| and | or |United States *,")
_HOME_AT_END = re.compile(
    r"(?<=[^\s,])[ ,]+(?:United States(?: of America)?|USA|U\.S\.A?\.?|US)$", re.IGNORECASE
)
_ZIP_AT_END = re.compile(r" +\d{5}(?:-\d{4})?$", re.ASCII)


@remembered(4096)
def state(cell: Cell) -> str | None:
    """The USPS code of a whole cell that is a code or a name: `VA`, `MARYLAND`, `U.S. VIRGIN ISLANDS.`.

    Never from first letters. `NA` is "not applicable" at DHS; `Nationwide US` and `Colombia` are no states.
    """
    text = known(cell)
    return None if text is None else _STATE_KEYS.get(fold(text))


@remembered(4096)
def country(cell: Cell) -> str | None:
    """The alpha-3 code of a whole cell that is a country's name, or such a code in capitals.

    Two-letter codes are refused but for US and UK: `CA` and `GA` are states on these lists.
    """
    text = known(cell)
    if text is None:
        return None
    return text if text in country_names().values() else country_names().get(fold(text))


@remembered(16384)
def place(city: Cell = None, state: Cell = None, country: Cell = None) -> Place:
    """A place of up to three cells. A state that is read makes the country USA where none is read.

    A code beside another country is refused (WA with AUSTRALIA is not Washington), and so is a country that
    stands in the state's column too (State: `Georgia`, `Georgia`); a name is kept (Commerce: MARYLAND,
    UNITED KINGDOM). A city's cell that names its own state or country is read for them where the others say
    nothing (DHS: `Bayreuth, Germany` beside NA). `Multiple` is no city.
    """
    published = ", ".join(text for text in map(line, (city, state, country)) if text) or None
    country_code, state_code = _country(country), _state(state)
    if state_code and country_code and _is_elsewhere(state, state_code, country, country_code):
        state_code = None
    if not state_code and not country_code and "," in (line(city) or ""):
        return replace(one_cell(city), text=published)
    country_code = country_code or (HOME if state_code else None)
    return Place(_city(city, state_code), state_code, country_code, published)


def in_state(state: Cell, country: Cell = None) -> Place:
    """A place without a city's column."""
    return place(None, state, country)


@remembered(16384)
def one_cell(cell: Cell) -> Place:
    """A place in one cell: `Washington, DC`, `VA, United States`, `, Germany`, `ISABELLA , MN United States`.

    Text only: several places, `[Nationwide]`, `Region 02`, a lone name that no state or country follows, and
    `…, Georgia`, which is a state and a country.
    """
    published = line(cell)
    text = known(cell)
    if text is None or _SEVERAL.search(_HOME_AT_END.sub("", text)):
        return Place(text=published)
    parts, country_code = _country_at_end([part.strip() for part in text.split(",") if part.strip()])
    state_code = state(_ZIP_AT_END.sub("", parts[-1])) if parts and country_code in (None, HOME) else None
    if state_code:
        parts = parts[:-1]
    read = state_code or country_code
    if not read or len(parts) > 1 or (not country_code and fold(text).endswith("georgia")):
        return Place(text=published)
    city = _city(parts[0], state_code) if parts else None
    if parts and city is None:
        return Place(text=published)
    return Place(city, state_code, country_code or HOME, published)


def _country_at_end(parts: list[str]) -> tuple[list[str], str | None]:
    """The parts before a country, and its code: `MN United States` leaves MN. States go before countries."""
    if not parts:
        return parts, None
    if _HOME_AT_END.search(parts[-1]):
        return [*parts[:-1], _HOME_AT_END.sub("", parts[-1])], HOME
    code = None if state(parts[-1]) else country(parts[-1])
    return (parts[:-1], code) if code else (parts, None)


def _is_elsewhere(state: Cell, state_code: str, country: Cell, country_code: str) -> bool:
    """Whether what was read as a state cannot be one beside this country."""
    if country_code in (HOME, TERRITORIES.get(state_code)):
        return False
    said = fold(line(state) or "")
    return said == state_code.casefold() or said == fold(line(country) or "")


def _city(cell: Cell, state_code: str | None) -> str | None:
    """The city's name; `Springfield, VA` and `Washington D.C.` lose the state that stands beside them."""
    text = (known(cell) or "").strip(" ,;")
    if all(fold(part) in NOT_A_CITY or is_placeholder(part) for part in text.split(",")):
        return None
    before, comma, after = text.rpartition(",")
    if comma and state_code and state(after) == state_code:
        return before.strip(" ,") or None
    before, _, after = text.rpartition(" ")
    if state_code and len(fold(after)) == 2 and state(after) == state_code:
        return before.strip(" ,") or None
    return text


_state, _country = state, country
"""The same readings under names that the parameters of `place` do not hide."""
