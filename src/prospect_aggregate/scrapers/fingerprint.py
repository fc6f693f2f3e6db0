"""Whether the first bytes of a list show the headings that its newest edition had."""

import re
from collections.abc import Collection, Sequence
from itertools import islice

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.errors import LayoutChangedError, ScraperError
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import Kind, looks_wrong
from prospect_aggregate.scrapers.layout import Layout

NAMED_AT_ONCE = 5
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[\[\]{},]', re.DOTALL)


class HeadingsDifferError(LayoutChangedError):
    """The list is there, laid out otherwise than in its newest edition."""


def compare(scraper: Scraper, head: bytes, known: Sequence[str]) -> str:
    """What was compared, in a sentence: `known` are the newest edition's headings. Raises HeadingsDifferError."""
    layout = scraper.layouts()[0]
    if not known:
        return "headings not compared: no edition was read yet"
    if layout.kind is Kind.XLSX:
        return "headings not compared: a workbook shows them only as a whole"
    if looks_wrong(head, layout.kind) is not None:
        return "headings not compared: what is looked at is not the list itself"
    seen = _seen(layout, head, source=scraper.name)
    if seen is None:
        return f"headings not compared: they do not all stand in the first {len(head):,} bytes"
    gone, new = _gone(layout, known, seen), _new(known, seen)
    if gone or new:
        raise HeadingsDifferError(
            "the headings differ: " + "; ".join([*_said(gone, "gone"), *_said(new, "new")])
        )
    return f"{len(seen)} headings, as in the newest edition"


def _seen(layout: Layout, head: bytes, *, source: str) -> list[str] | None:
    """The headings of a record that is whole, as another one follows it; None when there is none so far."""
    try:
        table = layout.read(_closed(head, layout.kind), source=source)
        followed = len(list(islice(table.rows, 2))) == 2
    except ScraperError:
        return None
    return list(table.headings) if followed else None


def _closed(head: bytes, kind: Kind) -> bytes:
    """A beginning, made into a whole that a reader takes."""
    if kind is Kind.JSON:
        return _closed_json(head.decode("utf-8", errors="ignore")).encode()
    if kind is Kind.CSV:
        return head[: head.rfind(b"\n") + 1]
    return head + b"</table>"


def _closed_json(text: str) -> str:
    """Cut behind the last value that is whole, with whatever is open there closed."""
    open_now: list[str] = []
    end, open_there = 0, ""
    for token in _TOKEN.finditer(text):
        it = token[0]
        if it in "[{":
            open_now.append("]" if it == "[" else "}")
        elif it in "]}":
            open_now.pop()
            end, open_there = token.end(), "".join(reversed(open_now))
        elif it == ",":
            end, open_there = token.start(), "".join(reversed(open_now))
        if it in "]}" and not open_now:
            break
    return text[:end] + open_there


def _gone(layout: Layout, known: Sequence[str], seen: Collection[str]) -> list[str]:
    """Of JSON only what every record must have: others come and go from record to record."""
    here = set(map(fold, seen))
    if layout.kind is not Kind.JSON:
        return [heading for heading in known if fold(heading) not in here]
    had, named = set(map(fold, known)), layout.headings()
    return [
        name
        for name in named.required
        if had.intersection(spelled := list(map(fold, named.wanted[name])))
        and here.isdisjoint(spelled)
        and not any(_holds(heading, name) for heading in seen)
    ]


def _new(known: Sequence[str], seen: Sequence[str]) -> list[str]:
    had = set(map(fold, known))
    new = [heading for heading in seen if fold(heading) not in had]
    return [heading for heading in new if not any(_holds(heading, name) for name in known)]


def _holds(heading: str, name: str) -> bool:
    """An object that is null in a record stands there by itself, in place of what it holds in others."""
    return name.startswith(f"{heading}.")


def _said(headings: Collection[str], how: str) -> list[str]:
    if not headings:
        return []
    named = ", ".join(repr(heading.strip()) for heading in sorted(headings)[:NAMED_AT_ONCE])
    more = f" and {len(headings) - NAMED_AT_ONCE} more" if len(headings) > NAMED_AT_ONCE else ""
    return [f"{named}{more} {'is' if len(headings) == 1 else 'are'} {how}"]
