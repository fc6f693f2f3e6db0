"""Files whose address changes with the edition: found on the agency's page, each time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import unquote, urljoin

from lxml import etree

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.errors import (
    BlockedError,
    LayoutChangedError,
    ScraperError,
    TransientError,
)
from prospect_aggregate.scrapers.fetch import Fetched, Fetcher, Kind, Probe, Validators
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import seen_in

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FISCAL_YEAR = re.compile(r"\bFY[\s_-]?'?(?:20)?(\d{2})(?!\d)", re.IGNORECASE)
_UPLOADED = re.compile(r"/(20\d{2})[/-](0[1-9]|1[0-2])/")
"""The folder of a content management system: `/2026/04/` (State's WordPress), `/2026-06/` (Energy's Drupal)."""
_NUMBER = re.compile(r"[-_ ](\d{1,2})\.\w{3,4}$")
_FILE = re.compile(r"\.(?:xlsx?|xlsm|csv|pdf)\b", re.IGNORECASE)
_REFUSAL = re.compile(
    r"technical difficulties|access denied|request rejected|just a moment|pardon our interruption",
    re.IGNORECASE,
)
"""State answers so, with HTTP 200, to what it takes for a robot; the others are common firewalls' words."""
_NAMED_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page, under the headings of its section and of those around it."""

    address: str
    words: str
    headings: tuple[str, ...]


def find_link(page: bytes, *, base: str, matching: re.Pattern[str], near: str | None = None) -> str:
    """The newest link on the page at `base` whose address, unquoted, matches; `near` are words of its heading.

    Newest: the highest fiscal year in its words or address, then the folder of its upload, then the number at its
    name's end; of equals the first. A date in the name decides nothing: SSA's are wrong.
    """
    found = list(links_of(page, base))
    fitting = [link for link in found if matching.search(unquote(link.address)) and _is_near(link, near)]
    if not fitting:
        raise _nothing(page, base, found, matching, near)
    return max(fitting, key=_edition).address


def links_of(page: bytes, base: str) -> Iterator[Link]:
    """Every link of a page, in its order, absolute."""
    above: dict[str, str] = {}
    root = etree.fromstring(page or b"<p/>", etree.HTMLParser(encoding="utf-8"))
    for element in [] if root is None else root.iter(*_HEADINGS, "a"):
        said = " ".join("".join(map(str, element.itertext())).split())
        if element.tag == "a":
            href = (element.get("href") or "").strip()
            yield Link(urljoin(base, href), said, tuple(above.values()))
        else:
            above = {level: heading for level, heading in above.items() if level < str(element.tag)}
            above[str(element.tag)] = said


class Linked(Scraper):
    """A list whose `address` is a page that links to the file."""

    link: ClassVar[re.Pattern[str]]
    """What the file's address looks like."""
    near: ClassVar[str | None] = None
    """Words of the heading that the link stands under, where older files are linked elsewhere on the page."""

    def fetch(self, fetcher: Fetcher, validators: Validators) -> Fetched | None:
        """An older file's date is no validator of a newer one; its ETag is."""
        address = self.newest(fetcher)
        return fetcher.get(address, expect=self.kind_at(address), validators=Validators(etag=validators.etag))

    def probe(self, fetcher: Fetcher) -> Probe:
        address = self.newest(fetcher)
        return fetcher.probe(address, expect=self.kind_at(address))

    def newest(self, fetcher: Fetcher) -> str:
        """Where the newest file is. Raises LayoutChangedError when the page links to none."""
        page = fetcher.get(self.address, expect=Kind.HTML)
        if page is None:
            raise TransientError(f"{self.name}: HTTP 304 for a page that we do not keep")
        try:
            return find_link(page.body, base=page.final_url, matching=self.link, near=self.near)
        except ScraperError as error:
            error.evidence = {**page.facts, **seen_in(page.body)}
            raise

    def kind_at(self, address: str) -> Kind:  # noqa: ARG002  # for sources that change their file's kind
        return self.kind


def _is_near(link: Link, near: str | None) -> bool:
    return near is None or any(fold(near) in fold(heading) for heading in link.headings)


def _edition(link: Link) -> tuple[int, str, int]:
    address = unquote(link.address)
    years = [int(year) for year in _FISCAL_YEAR.findall(f"{link.words} {address}")]
    uploaded, number = _UPLOADED.search(address), _NUMBER.search(address)
    return (
        max(years, default=0),
        "".join(uploaded.groups()) if uploaded else "",
        int(number[1]) if number else 0,
    )


def _nothing(
    page: bytes, base: str, found: list[Link], matching: re.Pattern[str], near: str | None
) -> ScraperError:
    said = seen_in(page).get("text", "")
    if _REFUSAL.search(said) or not found:
        return BlockedError(f"{base} is a page without our link: {said[:100]!r}")
    files = [link.address.rpartition("/")[2] for link in found if _FILE.search(link.address)]
    section = f" under a heading {near!r}" if near else ""
    linked = ", ".join(files[:_NAMED_AT_ONCE]) or "none"
    return LayoutChangedError(f"{base}: no link like {matching.pattern!r}{section}; files linked: {linked}")
