"""What a reader asked of the list of prospects: read from the address, and written back into it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from prospect_aggregate.normalize.money import value_range
from prospect_aggregate.prospects.filters import BANDS, FITS, OUTLOOKS, SEVERAL, UNKNOWABLE, Filters
from prospect_aggregate.prospects.models import Prospect

SHELVES = {
    "upcoming": "Upcoming", "passed": "Passed", "dormant": "Gone quiet", "under_way": "Under way", "closed": "Closed",
    "undated": "No date", "left": "Left",
}  # fmt: skip
"""In the order of their keys 1 to 7; together they are the whole list."""
SORTS = ("next", "title", "source", "value", "moved")
PAGE = 50
LONGEST = 400  # letters of one value; names of offices are that long
MOST = 40  # values of one filter
_KNOWN = {"state": Prospect.State.values, "band": BANDS, "unknown": UNKNOWABLE}
_PLAIN = {"fit": "any"}  # what taking a filter off leaves in the address
_NO_FILTER = ("text", "outlook", "include_unknown", "changed_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A shelf of the list, narrowed down, in an order, at a page, as of a day."""

    shelf: str
    filters: Filters
    """Without the shelf, which is not narrowing down: every one is counted."""
    sort: str
    page: int
    day: date
    as_of: date | None
    any_fit: bool = False
    """`fit=any` stands in the address, where a bare one would ask for less."""

    @property
    def text(self) -> str:
        return self.filters.text or ""

    @property
    def on_shelf(self) -> Filters:
        return replace(self.filters, outlook=(self.shelf,))

    @property
    def narrowed(self) -> bool:
        return bool(self.filters.asked)

    @property
    def query(self) -> str:
        """The address of this view."""
        return self.but()

    def but(self, **other: object) -> str:
        """The address of this view with something else; another shelf, filter or order begins at page 1."""
        page = 1 if other.keys() - {"page"} else self.page
        asked = {
            "shelf": self.shelf,
            **self.filtered,
            "sort": self.sort,
            "page": page,
            "as_of": self.as_of or "",
        }
        asked |= other
        usual = {"shelf": "upcoming", "sort": usual_sort(str(asked["shelf"])), "page": 1}
        given = {name: value for name, value in asked.items() if value and value != usual.get(name)}
        return urlencode(given, doseq=True)

    @property
    def filtered(self) -> dict[str, Any]:
        """The filters as an address gives them."""
        names = [each.name for each in fields(Filters) if each.name not in _NO_FILTER]
        given = {name: getattr(self.filters, name) for name in names if self.filters.asks(name)}
        plain = {"fit": "any"} if self.any_fit else {}
        return {"q": self.text, **plain} | {name: "1" if it is True else it for name, it in given.items()}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form has to carry along besides what its own fields ask."""
        shelf = "" if self.shelf == "upcoming" else self.shelf
        asked = {"shelf": shelf, "as_of": self.as_of or "", **self.filtered, "q": ""}
        several = ((name, value if isinstance(value, tuple) else (value,)) for name, value in asked.items())
        return [(name, str(value)) for name, values in several for value in values if value]

    def turned(self, name: str, value: str) -> str:
        """The address with this value of a filter taken off, where it is chosen, or else added."""
        chosen: tuple[str, ...] = getattr(self.filters, name)
        left = tuple(each for each in chosen if each != value)
        if value in chosen and not left:
            return self.freed(name)
        return self.but(**{name: left if value in chosen else (*chosen, value)})

    def freed(self, name: str) -> str:
        """The address without this filter."""
        unknown = tuple(each for each in self.filters.unknown if each != name)
        return self.but(**{"unknown": unknown, "q" if name == "text" else name: _PLAIN.get(name, "")})

    def cleared(self) -> str:
        """The same shelf, not narrowed down."""
        return self.but(**{name: _PLAIN.get(name, "") for name in self.filtered})


def usual_sort(shelf: str) -> str:
    """What comes next stands first; what has passed, the latest first."""
    return "next" if shelf in ("upcoming", "under_way") else "title" if shelf == "undated" else "-next"


def ask_of(given: QueryDict, *, today: date) -> Ask:
    """Whatever makes no sense is as if not given: an old bookmark still opens the list."""
    shelf = given.get("shelf", "")
    shelf = shelf if shelf in OUTLOOKS else "upcoming"
    sort, page = given.get("sort", ""), given.get("page", "")
    as_of = _day(given.get("as_of", ""))
    return Ask(
        shelf=shelf,
        filters=Filters(text=_cleaned(given.get("q", "")) or None, **dict(_filters(given))),
        sort=sort if sort.removeprefix("-") in SORTS else usual_sort(shelf),
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        day=as_of or today,
        as_of=as_of,
        any_fit=given.get("fit") == "any",
    )


def _filters(given: QueryDict) -> Iterator[tuple[str, Any]]:
    for name in (*SEVERAL, "unknown"):
        values = [each.replace("\x00", "")[:LONGEST] for each in given.getlist(name)[:MOST]]
        if name != "outlook":
            yield name, tuple(each for each in values if each in _KNOWN.get(name, (each,)))
    for name, read in _ALONE.items():
        yield name, read(given.get(name, ""))


def _cleaned(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:200]


def number_of(text: str) -> int | None:
    """A row's number as an address gives it; None for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _dollars(text: str) -> Decimal | None:
    """250000, 250K or 1.5M."""
    return value_range(f"${text}" if text[:1].isdigit() else text).min


_ALONE: dict[str, Callable[[str], Any]] = {
    "min_value": _dollars, "max_value": _dollars, "solicitation_from": _day, "solicitation_to": _day,
    "overdue": lambda text: text == "1", "competed": lambda text: text == "1",
    "fit": lambda text: text if text in FITS else None,
}  # fmt: skip
