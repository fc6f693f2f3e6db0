"""What can be asked of the list: one value for each field, or several, and for each whether unknown ones count too."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from prospect_aggregate.normalize import places
from prospect_aggregate.prospects.models import Prospect

OUTLOOKS = ("upcoming", "passed", "dormant", "undated", "under_way", "closed", "left")
FITS = ("fits", "possible", "no")
"""By the company profile; possible is that or better."""
BANDS = ("-250K", "250K-1M", "1M-5M", "5M-10M", "10M-50M", "50M-", "yearly")
"""Where the value's lower end lies, or its upper end where that alone is known; a yearly amount is no total (R8)."""
SEVERAL = (
    "source", "agency", "component", "office", "naics", "psc", "set_aside", "competition", "vehicle", "incumbent",
    "requirement_type", "phase", "state", "outlook", "place", "band", "quarter",
)  # fmt: skip
"""Filters that take more than one value; one of them has to fit."""


class UnknownFilterError(ValueError):
    """A filter's value that can match nothing; the message names what is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What was asked; nothing asks nothing. All filters must fit, and of one filter's values any.

    Windows and bands match when they overlap what is asked (fields.md R17). A name in quotes is the whole name.
    """

    text: str | None = None
    source: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    component: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    naics: tuple[str, ...] = ()
    psc: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    competition: tuple[str, ...] = ()
    vehicle: tuple[str, ...] = ()
    incumbent: tuple[str, ...] = ()
    requirement_type: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    outlook: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    band: tuple[str, ...] = ()
    quarter: tuple[str, ...] = ()
    min_value: Decimal | None = None
    max_value: Decimal | None = None
    solicitation_from: date | None = None
    solicitation_to: date | None = None
    changed_since: datetime | None = None
    overdue: bool = False
    fit: str | None = None
    competed: bool = False
    """No sole source, unless the company holds the current contract."""
    include_unknown: bool = False
    unknown: tuple[str, ...] = ()
    """Filters that let pass what they cannot tell; `include_unknown` is all of them."""

    def __post_init__(self) -> None:
        for name in SEVERAL:
            object.__setattr__(self, name, _several(getattr(self, name)))
        for value in set(self.state) - set(Prospect.State.values):
            raise UnknownFilterError(_not_a_state(value))
        _refuse("outlook", self.outlook, OUTLOOKS)
        _refuse("fit", filter(None, (self.fit,)), FITS)
        _refuse("band", self.band, BANDS)
        _refuse("unknown", self.unknown, UNKNOWABLE)

    def asks(self, name: str) -> bool:
        return getattr(self, name) not in (None, (), False, "")

    @property
    def asked(self) -> list[str]:
        """Names of the filters that narrow the list down."""
        return [each.name for each in fields(self) if each.name not in _HOW and self.asks(each.name)]

    def without(self, *names: str) -> "Filters":
        """The same without these filters."""
        plain: dict[str, Any] = {each.name: each.default for each in fields(self) if each.name in names}
        return replace(self, **plain | {"unknown": tuple(it for it in self.unknown if it not in names)})

    def takes_unknown(self, name: str) -> bool:
        return self.include_unknown or name in self.unknown


UNKNOWABLE = (
    "component", "office", "naics", "psc", "set_aside", "competition", "vehicle", "incumbent",
    "requirement_type", "phase", "place", "band", "quarter", "min_value", "max_value", "solicitation_from",
    "solicitation_to",
)  # fmt: skip
"""Filters on what may be unknown."""
_HOW = frozenset({"include_unknown", "unknown"})


def _several(given: str | Iterable[str] | None) -> tuple[str, ...]:
    """One value alone is a choice of one."""
    return tuple(dict.fromkeys(filter(None, (given,) if isinstance(given, str) else given or ())))


def _refuse(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    if set(given) - set(known):
        raise UnknownFilterError(f"{name} is one of {', '.join(known)}")


def _not_a_state(asked: str) -> str:
    states = "state is listed, missing, expired or withdrawn"
    place = places.state(asked)
    return f"{states}; for the place of performance use --place {place}" if place else states
