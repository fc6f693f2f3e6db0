"""Facets as a reader sees them: titles, the words of each value, and the address that choosing it leads to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.codes import naics_titles
from prospect_aggregate.normalize.geography import STATES, TERRITORIES
from prospect_aggregate.normalize.sectors import NAICS_SECTORS, PSC_CATEGORIES
from prospect_aggregate.prospects.facets import LADDER, Facet, facets
from prospect_aggregate.prospects.filters import BANDS, UNKNOWABLE
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.present import SHORT_NAMES

TITLES = {
    "source": "Source", "agency": "Agency", "component": "Component", "office": "Office", "naics": "NAICS",
    "psc": "PSC", "set_aside": "Set-aside", "place": "State", "band": "Value", "quarter": "Quarter",
    "requirement_type": "Type", "competition": "Competition", "state": "On the list", "vehicle": "Vehicle",
    "incumbent": "Incumbent", "phase": "Phase", "min_value": "Value at least", "max_value": "Value at most",
    "solicitation_from": "Solicitation from", "solicitation_to": "Solicitation until", "overdue": "Overdue",
    "text": "Words", "fit": "Fit", "competed": "Not sole source", "changed_since": "Changed since",
}  # fmt: skip
FIT_WORDS = {"fits": "fits", "possible": "fits or possible", "no": "does not fit"}
OPEN = ("set_aside", "naics", "place", "band", "quarter")
"""Those that nobody has to open first."""
QUOTED = ("agency", "component", "office", "requirement_type")
"""Filters that take a part of a name; a facet means the whole of it."""
SHOWN = 12
BAND_WORDS = {"-250K": "under $250K", "250K-1M": "$250K–1M", "1M-5M": "$1M–5M", "5M-10M": "$5M–10M",
              "10M-50M": "$10M–50M", "50M-": "$50M or more", "yearly": "told per year"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: how many it shows, and where pressing it leads."""

    key: str
    words: str
    count: int
    query: str
    chosen: bool
    step: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One facet on the page."""

    name: str
    title: str
    choices: list[Choice]
    hidden: int
    """How many more values there are."""
    open: bool


def groups_of(ask: Ask, *, whole: str = "") -> list[Group]:
    """Every facet that tells anything apart; `whole` is the one to be shown to its last value."""
    say = words_for()
    found = facets(ask.on_shelf, day=ask.day)
    groups = (_group(ask, facet, say, whole=facet.name == whole) for facet in found)
    return [group for group in groups if len(group.choices) > 1 or any(it.chosen for it in group.choices)]


def _group(ask: Ask, facet: Facet, say: Callable[[str, str], str], *, whole: bool) -> Group:
    chosen: tuple[str, ...] = getattr(ask.filters, facet.name)
    values = [value for value in _ordered(facet) if _stands_open(facet.name, value, chosen)]
    shown = [
        each for at, each in enumerate(values) if whole or at < SHOWN or address(facet.name, each) in chosen
    ]
    choices = [_choice(ask, facet, value, say(facet.name, value)) for value in shown]
    choices += list(_unknown(ask, facet))
    is_open = whole or facet.name in OPEN or bool(chosen)
    return Group(facet.name, TITLES[facet.name], choices, len(values) - len(shown), is_open)


def _choice(ask: Ask, facet: Facet, value: str, words: str) -> Choice:
    given = address(facet.name, value)
    step = LADDER[facet.name].index(len(value)) if facet.name in LADDER else 0
    is_chosen = given in getattr(ask.filters, facet.name)
    return Choice(
        f"{facet.name}-{value}", words, facet.counts[value], ask.turned(facet.name, given), is_chosen, step
    )


def _unknown(ask: Ask, facet: Facet) -> Iterator[Choice]:
    """Of how many it cannot be told; they can be let pass where the facet is filtered by."""
    if facet.name in UNKNOWABLE and facet.unknown and ask.filters.asks(facet.name):
        is_chosen = facet.name in ask.filters.unknown
        query = ask.turned("unknown", facet.name)
        yield Choice(f"{facet.name}-", "unknown", facet.unknown, query, is_chosen)


def address(name: str, value: str) -> str:
    return f'"{value}"' if name in QUOTED else value


def _ordered(facet: Facet) -> list[str]:
    if facet.name == "band":
        return [band for band in BANDS if band in facet.counts]
    if facet.name == "quarter" or facet.name in LADDER:
        return sorted(facet.counts)
    return sorted(facet.counts, key=lambda value: (-facet.counts[value], value))


def _stands_open(name: str, value: str, chosen: tuple[str, ...]) -> bool:
    """The first step of a ladder, and what lies under a chosen one or leads to it."""
    if name not in LADDER or len(value) == LADDER[name][0]:
        return True
    steps = LADDER[name]
    if len(value) not in steps:
        return False
    above = value[: steps[steps.index(len(value)) - 1]]
    return any(each.startswith(above) for each in chosen)


def words_for() -> Callable[[str, str], str]:
    """What a value is called, by the name of its filter."""
    names: dict[str, dict[str, str]] = {
        "source": dict(Source.objects.values_list("key", "name")), "place": STATES | TERRITORIES,
        "set_aside": SHORT_NAMES, "band": BAND_WORDS, "naics": NAICS_SECTORS, "psc": PSC_CATEGORIES,
    }  # fmt: skip
    return lambda name, value: _words(names.get(name, {}), name, value)


def _words(names: dict[str, str], name: str, value: str) -> str:
    if name in LADDER:
        title = naics_titles().get(value, ("", ""))[1] or names.get(value, "")
        return f"{value} {title}".rstrip()
    if name == "quarter":
        return f"{value[4:]} {value[:4]}"
    return names.get(value) or (
        value.replace("_", " ") if name in ("state", "competition", "phase") else value
    )


def plain(value: Any) -> str:
    """A filter's value without the quotes that mean the whole name."""
    text = str(value)
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
