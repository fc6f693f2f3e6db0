"""Lists that an API serves page by page: asked for, kept as one artifact, read back as one list."""

import codecs
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.fetch import Fetched
from prospect_aggregate.scrapers.readers import parse_json, pointer_to, table_of
from prospect_aggregate.scrapers.table import Table

IDLE_PAGES = 3
"""Pages in a row without a new record that end a list: a gateway repeats its second page as its first."""
MOST_PAGES = 500

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """One page opened: its records by their numbers, and how many the whole list is said to have."""

    records: Sequence[tuple[str | None, Record]]
    total: int | None
    pointers: Sequence[str] = ()
    """Where each record stands on its page, as a JSON Pointer."""


Open = Callable[[object], Page]
"""From a page's JSON; raises LayoutChangedError when it is no such page."""


def gather(ask: Callable[[int], Fetched], open_page: Open) -> Fetched:
    """All pages as one artifact. `ask(0)` is the first page; past the last one nothing new comes.

    When the total agrees with what came, one page without news ends the list; else it takes several, for totals
    are not always right, nor pages in order. Whether anything is missing is told by `reader_of`.
    """
    pages: list[Fetched] = []
    seen: set[str | None] = set()
    idle = 0
    while idle < IDLE_PAGES:
        if len(pages) == MOST_PAGES:
            raise LayoutChangedError(f"{pages[0].url}: the list does not end within {MOST_PAGES} pages")
        pages.append(ask(len(pages)))
        page = open_page(parse_json(pages[-1].body, pages[-1].url))
        fresh = {number for number, _ in page.records} - seen
        seen |= fresh
        idle = 0 if fresh else idle + 1
        if idle and len(seen) == page.total:
            break
    return join(pages)


def join(pages: Sequence[Fetched]) -> Fetched:
    """One artifact: a JSON array of the pages' bytes as they came."""
    bodies = (page.body.removeprefix(codecs.BOM_UTF8) for page in pages)
    whole = b"[" + b",\n".join(bodies) + b"]"
    came = pages[-1].fetched_at
    return replace(pages[0], body=whole, etag=None, last_modified=None, filename=None, fetched_at=came)


def reader_of(open_page: Open) -> Callable[..., Table]:
    """The reader of what `gather` keeps, and of a single page that a person saved.

    Each record is read once, however often pages repeat it; whether these are all is told by the pages' total.
    """

    def read_pages(
        body: bytes,
        *,
        wanted: Collection[str] = (),  # noqa: ARG001  # JSON names its fields in every record
        source: str = "",
    ) -> Table:
        came = parse_json(body, source)
        pages = [open_page(page) for page in (came if isinstance(came, list) else [came])]
        records, places, repeated = _once(pages)
        notes = [f"{repeated:,} records came on more than one page; each is read once"] if repeated else []
        partial = _shortfall(len(records), pages)

        def pointer(number: int) -> str:
            page, at = places[number - 1]
            return (pointer_to(page) if isinstance(came, list) else "") + pages[page].pointers[at]

        return replace(table_of(records, pointer, source=source), notes=notes, partial=partial)

    return read_pages


def _once(pages: Iterable[Page]) -> tuple[list[Record], list[tuple[int, int]], int]:
    """Records in the order in which they first came, each as it came last; where that was; how many came again.

    A record without a number cannot be known again: all of them stay, for the reading to reject.
    """
    records: dict[object, Record] = {}
    places: dict[object, tuple[int, int]] = {}
    came = 0
    for turn, page in enumerate(pages):
        for at, (number, record) in enumerate(page.records):
            known = came if number is None else number
            records[known], places[known] = record, (turn, at)
            came += 1
    return list(records.values()), list(places.values()), came - len(records)


def _shortfall(count: int, pages: Sequence[Page]) -> list[str]:
    """Why these are not all records, when they are not; a list that grew while it was read lacks none."""
    total = pages[-1].total if pages else None
    if total is None:
        return ["the list does not say how many records it has: whether these are all is not known"]
    return [f"{count:,} of {total:,} records came; the others were not served"] if count < total else []
