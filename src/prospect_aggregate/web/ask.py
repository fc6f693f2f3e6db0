"""What a reader asked of the list of prospects: read from the address, and written back into it."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from prospect_aggregate.prospects.search import FITS, OUTLOOKS, Filters

SHELVES = {
    "upcoming": "Upcoming", "passed": "Passed", "dormant": "Gone quiet", "under_way": "Under way", "closed": "Closed",
    "undated": "No date", "left": "Left",
}  # fmt: skip
"""In the order of their keys 1 to 7; together they are the whole list."""
SORTS = ("next", "title", "source", "value", "moved")
PAGE = 50
_WORD = re.compile(r"(\w[\w-]*):(\S+)")
_NAMED = {"naics": "naics", "psc": "psc", "agency": "agency", "component": "component", "place": "place",
          "state": "place", "set": "set_aside", "set-aside": "set_aside"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A shelf of the list, narrowed down, in an order, at a page, as of a day."""

    shelf: str
    text: str
    source: str
    sort: str
    page: int
    day: date
    as_of: date | None
    fit: str = ""
    """`fits`, `possible` (or better), `no`; `any` is said where a bare address would ask for less."""
    competed: bool = False

    @property
    def filters(self) -> Filters:
        """`naics:5415` in the text asks for the code; everything else is words."""
        named = {_NAMED[name]: value for name, value in _WORD.findall(self.text) if name in _NAMED}
        words = _WORD.sub(lambda found: "" if found[1] in _NAMED else found[0], self.text).strip()
        fit = self.fit if self.fit in FITS else None
        return Filters(
            text=words or None, source=self.source or None, fit=fit, competed=self.competed, **named
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.source or self.fit in FITS or self.competed)

    @property
    def query(self) -> str:
        """The address of this view."""
        return self.but()

    def but(self, **other: object) -> str:
        """The address of this view with something else; another shelf, filter or order begins at page 1."""
        page = 1 if other.keys() - {"page"} else self.page
        asked = {"shelf": self.shelf, "q": self.text, "source": self.source, "sort": self.sort, "page": page,
                 "as_of": self.as_of or "", "fit": self.fit, "competed": self.competed and "1", **other}  # fmt: skip
        usual = {"shelf": "upcoming", "sort": usual_sort(str(asked["shelf"])), "page": 1}
        return urlencode({name: value for name, value in asked.items() if value and value != usual.get(name)})


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
        text=" ".join(given.get("q", "").replace("\x00", "").split())[:200],
        source=given.get("source", ""),
        sort=sort if sort.removeprefix("-") in SORTS else usual_sort(shelf),
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        day=as_of or today,
        as_of=as_of,
        fit=fit if (fit := given.get("fit", "")) in (*FITS, "any") else "",
        competed=given.get("competed") == "1",
    )


def number_of(text: str) -> int | None:
    """A row's number as an address gives it; None for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
