"""What the company is and looks for: the one profile of an installation, checked as it is entered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from prospect_aggregate.normalize import places
from prospect_aggregate.normalize.codes import naics_titles
from prospect_aggregate.normalize.money import value_range

ELIGIBILITIES = {
    "SB": "Small business",
    "8A": "8(a)",
    "HUBZone": "HUBZone",
    "SDVOSB": "Service-disabled veteran-owned",
    "WOSB": "Women-owned",
    "EDWOSB": "Economically disadvantaged women-owned",
    "LARGE": "None of these: other than small",
}
CLEARANCES = {
    "none": "None",
    "confidential": "Confidential",
    "secret": "Secret",
    "top_secret": "Top Secret",
    "ts_sci": "Top Secret/SCI",
}
"""From the lowest to the highest."""
MOST, LONGEST = 200, 100  # entries of a list, characters of an entry
HIGHEST = Decimal(10) ** 15


class UnfitProfileError(ValueError):
    """A profile that cannot be; the message names the field and what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is left empty is not asked of any prospect."""

    naics: tuple[str, ...] = ()
    """Codes, or their beginnings of two to five digits."""
    small_under: tuple[str, ...] = ()
    """Under which codes the company says that it is small; empty means under all of its codes."""
    psc: tuple[str, ...] = ()
    """Codes or their beginnings."""
    keywords: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    eligibilities: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    states: tuple[str, ...] = ()
    anywhere: bool = False
    """Work that can be done remotely or lies nationwide is welcome too."""
    clearance: str | None = None
    own_names: tuple[str, ...] = ()
    """How agencies call the company where it holds the current contract."""
    exclusions: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    """Agencies that the company does not want to work for."""

    def __post_init__(self) -> None:
        low, high = self.value_min, self.value_max
        if low is not None and high is not None and low > high:
            raise UnfitProfileError("value: the lower end is above the upper end")

    @property
    def seeks(self) -> bool:
        """Whether it names anything to look for: without an interest nothing can fit."""
        return bool(self.naics or self.psc or self.keywords or self.agencies)


def profile_of(given: Mapping[str, Any]) -> Profile:
    """From JSON or a form, where a list may also be one text with commas. Raises UnfitProfileError."""
    unknown = sorted(given.keys() - _READERS.keys())
    if unknown:
        raise UnfitProfileError(f"no field named {unknown[0]!r}; a profile has {', '.join(_READERS)}")
    return Profile(**{name: _READERS[name](name, value) for name, value in given.items()})


def profile_object(profile: Profile) -> dict[str, Any]:
    """As JSON: lists, and dollars as text."""
    return {name: _plain(value) for name, value in asdict(profile).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _entries(name: str, given: Any) -> tuple[str, ...]:
    """In their order, each once, on one line."""
    parts = given.replace("\n", ",").split(",") if isinstance(given, str) else given or ()
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise UnfitProfileError(f"{name}: a list of texts")
    found = tuple(dict.fromkeys(text for part in parts if (text := " ".join(part.split()))))
    if len(found) > MOST:
        raise UnfitProfileError(f"{name}: {len(found)} entries, {MOST} at most")
    for text in found:
        if len(text) > LONGEST or not text.isprintable():
            raise UnfitProfileError(f"{name}: {text[:20]!r}… has more than {LONGEST} letters, or no letters")
    return found


def _each(read: Callable[[str], str | None], wanted: str) -> Callable[[str, Any], tuple[str, ...]]:
    """Every entry read by `read`, which knows no other values."""

    def entries(name: str, given: Any) -> tuple[str, ...]:
        found = [(text, read(text)) for text in _entries(name, given)]
        wrong = next((text for text, value in found if value is None), None)
        if wrong is not None:
            raise UnfitProfileError(f"{name}: {wrong!r} is {wanted}")
        return tuple(dict.fromkeys(value for _, value in found if value))

    return entries


def _naics(text: str) -> str | None:
    known = text.isascii() and text.isdigit() and 2 <= len(text) <= 6
    return text if known and any(code.startswith(text) for code in naics_titles()) else None


def _psc(text: str) -> str | None:
    return text.upper() if text.isascii() and text.isalnum() and len(text) <= 4 else None


def _named(names: Iterable[str]) -> Callable[[str], str | None]:
    folded = {name.casefold(): name for name in names}
    return lambda text: folded.get(text.casefold())


def _word(text: str) -> str | None:
    return text if any(map(str.isalnum, text)) else None


def _amount(name: str, given: Any) -> Decimal | None:
    """250000, 250K or 1.5M."""
    text = str(given).strip() if given is not None else ""
    if not text:
        return None
    try:
        amount: Decimal | None = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = value_range(text if text.startswith("$") else f"${text}").min
    if amount is None or not 0 <= amount < HIGHEST:
        raise UnfitProfileError(f"{name}: {text[:20]!r}: write 250000, 250K or 1.5M")
    return amount


def _choice(name: str, given: Any) -> str | None:
    if given in (None, ""):
        return None
    if given not in CLEARANCES:
        raise UnfitProfileError(f"{name} is one of {', '.join(CLEARANCES)}, or empty")
    return str(given)


def _flag(name: str, given: Any) -> bool:
    if given in (True, "true", "on"):
        return True
    if given in (False, None, "", "false"):
        return False
    raise UnfitProfileError(f"{name} is true or false")


_CODES = _each(_naics, "no NAICS code, nor the beginning of one")
_WORDS = _each(_word, "no word")
_READERS: dict[str, Callable[[str, Any], Any]] = {
    "naics": _CODES,
    "small_under": _CODES,
    "psc": _each(_psc, "no PSC, nor the beginning of one"),
    "keywords": _WORDS,
    "agencies": _WORDS,
    "eligibilities": _each(_named(ELIGIBILITIES), f"none of {', '.join(ELIGIBILITIES)}"),
    "vehicles": _WORDS,
    "value_min": _amount,
    "value_max": _amount,
    "states": _each(places.state, "no state, district or territory"),
    "anywhere": _flag,
    "clearance": _choice,
    "own_names": _WORDS,
    "exclusions": _WORDS,
    "avoided": _WORDS,
}
FIELDS = tuple(field.name for field in fields(Profile))
