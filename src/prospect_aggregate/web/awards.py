"""Where the public record of awards tells of a vendor or a contract: USAspending.gov's search by keyword."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from prospect_aggregate.normalize.text import named
from prospect_aggregate.prospects.models import Prospect

SEARCH = "https://www.usaspending.gov/keyword_search/"
"""What follows is sought: its own pages read the keyword from their address, and write it there."""
SHORTEST = 3  # letters; it seeks nothing shorter
UNFIT = re.compile(r"[/%\s]+")  # read there as parts of the address, also where they are escaped
BETWEEN = re.compile(r"(; | / )")


@dataclass(frozen=True, slots=True)
class Awarded:
    """A part of what was published, and where it is looked up; nowhere for a sign between or a word for no value."""

    text: str
    address: str = ""


def holder_of(prospect: Prospect) -> list[Awarded]:
    return list(_awarded([prospect.incumbent_name or ""]))


def contracts_of(prospect: Prospect) -> list[Awarded]:
    """Several numbers in one cell are several searches."""
    return list(_awarded(BETWEEN.split(prospect.incumbent_contract or "")))


def _awarded(parts: list[str]) -> Iterator[Awarded]:
    for text in filter(None, parts):
        yield Awarded(text, _address(text))


def _address(text: str) -> str:
    words = UNFIT.sub(" ", named(text) or "").strip()
    return SEARCH + quote(words, safe="") if len(words) >= SHORTEST else ""
