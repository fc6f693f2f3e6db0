"""The government's shared gateway of forecasts, page by page: for every source that is read there.

Its bytes were not seen (see `gateway_columns`). The endpoint and its traps are told by four independent programs:
the first page is asked for without a number, pages repeat, a page of 1,000 ends in HTTP 504, `listing.total` is a
text, `listing.data` a list or an object by number. Whether sign-in is wanted is told both ways; a sign-in page ends
as blocked, and then the button's download is read by hand.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlencode

from prospect_aggregate.normalize import text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers import markup
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.errors import AskLessError, BlockedError, LayoutChangedError
from prospect_aggregate.scrapers.fetch import Fetched, Fetcher, Kind, Probe, Validators
from prospect_aggregate.scrapers.gateway_columns import COLUMNS, KNOWN, OPTIONAL, SITE, SPELLINGS, download
from prospect_aggregate.scrapers.grid import BadRow
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.paging import Page, Record, gather, reader_of
from prospect_aggregate.scrapers.readers import pointer_to
from prospect_aggregate.scrapers.table import Table

EXPORT = "https://ag-dashboard.acquisitiongateway.gov/api/v3.0/export/forecast"
HEADERS = {"Accept": "application/json", "Referer": f"{SITE}/", "Origin": SITE}
RANGES = (500, 250, 100)
"""Records a page: 500 take about 27 s; 1,000 and more end in HTTP 504, and on a bad day so may 500."""
PROBED_RANGE = 25


def open_page(page: object) -> Page:
    """`listing.data` is a list of items, or an object of them by number; `listing.total` is a text."""
    listing = page.get("listing") if isinstance(page, dict) else None
    items = listing.get("data") if isinstance(listing, dict) else None
    if not isinstance(listing, dict) or not isinstance(items, list | dict):
        held = ", ".join(map(repr, page)) if isinstance(page, dict) else type(page).__name__
        raise LayoutChangedError(f"a page of the gateway has no listing.data; it holds {held[:200]}")
    numbered = items.items() if isinstance(items, dict) else ((None, item) for item in items)
    total = re.fullmatch("[0-9]{1,9}", str(listing.get("total", "")).replace(",", ""))
    names = list(items) if isinstance(items, dict) else range(len(items))
    return Page(
        [_record(number, item) for number, item in numbered],
        int(total[0]) if total else None,
        [pointer_to("listing", "data", name) for name in names],
    )


def _record(number: object, item: object) -> tuple[str | None, Record]:
    """What an item shows, its number and its stamps. Its `rank` moves by itself, its `values` are codes of texts."""
    rendered = item.get("render") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(rendered, dict):
        raise LayoutChangedError("an item of the gateway's list has no 'render', where its texts were")
    values = item.get("values")
    stamps = values if isinstance(values, dict) else {}
    nid = item.get("nid") or rendered.get("nid") or number
    stamped = {"created": stamps.get("created"), "changed": stamps.get("changed")}
    return None if nid is None else str(nid), {**stamped, **rendered, "nid": nid}


class GatewayList(Scraper):
    """A list, or one agency's slice of it. Pages carry no validators, and are always asked for whole."""

    kind = Kind.JSON
    url = f"{SITE}/forecast"
    address = EXPORT
    columns = COLUMNS
    optional = OPTIONAL
    known = KNOWN
    spellings = SPELLINGS
    reader = reader_of(open_page)
    by_hand: ClassVar[tuple[Layout, ...]] = (download(),)
    asked: ClassVar[Mapping[str, str | int]] = {}
    """What is asked for beside a page's size and number: the slice."""
    only: ClassVar[tuple[str, ...]] = ()
    """Agencies whose rows are this source's; none named: all of them."""
    leaves: ClassVar[tuple[str, ...]] = ()
    """Agencies whose rows are another source's, which reads them with their own numbers."""

    def fetch(self, fetcher: Fetcher, validators: Validators) -> Fetched:  # noqa: ARG002  # see the class
        """In smaller pages where the server gives up on larger ones."""
        for size in RANGES[:-1]:
            try:
                return self._gather(fetcher, size)
            except AskLessError:
                continue
        return self._gather(fetcher, RANGES[-1])

    def probe(self, fetcher: Fetcher) -> Probe:
        asked = urlencode({"range": PROBED_RANGE, **self.asked})
        return fetcher.probe(f"{self.address}?{asked}", expect=self.kind, headers=HEADERS)

    def read(self, body: bytes) -> tuple[Table, Layout]:
        """The rows of this source's agencies; how many others were left out is noted."""
        table, layout = super().read(body)
        if not table.headings or "agency" not in layout.columns:
            return table, layout
        agency = layout.plan(table, source=self.name).origins["agency"][0]
        return replace(table, rows=self._own(table, table.headings.index(agency))), layout

    def _gather(self, fetcher: Fetcher, size: int) -> Fetched:
        return gather(lambda number: self._page(fetcher, size, number), open_page)

    def _page(self, fetcher: Fetcher, size: int, number: int) -> Fetched:
        """The first page is asked for without a number: `page=1` is said to be a copy of the second."""
        asked = {"range": size, **self.asked, **({"page": number} if number else {})}
        page = fetcher.get(self.address, expect=self.kind, params=asked, headers=HEADERS)
        if page is None:
            raise BlockedError("the gateway answered HTTP 304 to an unconditional question")
        return page

    def _own(self, table: Table, agency: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        left: Counter[str] = Counter()
        for number, cells in table.rows:
            named = None if isinstance(cells, BadRow) else markup.words(cells[agency]) or "no agency"
            if named is None or self.takes(named):
                yield number, cells
            else:
                left[named] += 1
        table.notes.extend(f"left out: rows of {named}, {count:,}" for named, count in left.items())

    def takes(self, agency: str) -> bool:
        """Whether an agency's rows are this source's."""
        folded = text.fold(agency)
        return folded not in _folded(self.leaves) and (not self.only or folded in _folded(self.only))


def _folded(names: Iterable[str]) -> set[str]:
    return {text.fold(name) for name in names}
