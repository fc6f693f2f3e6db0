"""Where a page that was opened from a row leads back to: the list and the row stand in its address."""

from typing import NamedTuple
from urllib.parse import urldefrag, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

NAME = "from"
LONGEST = 1000  # letters; a list that was opened from a list that was opened from a month needs some 300
WORDS = {
    "agencies": "all agencies",
    "agency": "back to the agency",
    "calendar": "back to the calendar",
    "changes": "back to changes",
    "compare": "back to the comparison",
    "counted": "back to the list",
    "overview": "back to the overview",
    "prospect": "back to the prospect",
}
"""Pages that have rows, and how a link back to each is called. A prospect's rows are its fields."""


class Back(NamedTuple):
    address: str
    words: str


def came_from(request: HttpRequest, row: str) -> str:
    """For the query of what is opened from that row of this page."""
    htmx = getattr(request, "htmx", None)
    page = (htmx and htmx.current_url_abs_path) or request.get_full_path()  # of a part, the page it stands on
    here = urldefrag(page).url
    return urlencode({NAME: f"{here}#{row}" if row else here}, safe="/")


def back_of(request: HttpRequest) -> Back | None:
    """None where the address names no list of ours: it may come from anywhere."""
    given = request.GET.get(NAME, "")
    try:
        asked = urlsplit(given)
        page = resolve(asked.path).url_name
    except (ValueError, Resolver404):
        return None
    if asked.scheme or asked.netloc or page not in WORDS or len(given) > LONGEST:
        return None
    return Back(urlunsplit(asked), WORDS[page])
