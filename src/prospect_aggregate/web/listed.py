"""What the list shows to all who ask the same of it, worked out and written once for as long as nothing happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.template.loader import render_to_string

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.web import columns, usual
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.chips import Chip, chips_of
from prospect_aggregate.web.shelf import Page, Shelf, page_of, whole_of

WORDS = {
    "upcoming": "upcoming",
    "passed": "with a date passed within 180 days",
    "dormant": "gone quiet: passed by more than 180 days",
    "under_way": "under way",
    "closed": "closed by the agency",
    "undated": "without a date",
    "left": "that left the list",
}
HEADINGS = (
    # (what pressing it sorts by, its words, how its cells are set)
    ("next", "Next date", ""),
    ("title", "Title", ""),
    ("", "Set-aside", ""),
    ("value", "Value", "num"),
    ("", "Place", ""),
    ("moved", "Moved", "num"),
)
FIT_HEADING = ("", "Fit", "fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of the list, without anything that is of one reader alone."""

    total: int
    whole: int
    """How many the shelf holds before narrowing down."""
    pages: int
    first: int
    last: int
    """Which rows these are, the first being 1."""
    shelves: str
    """As HTML; so is the table, which is empty where nothing matches."""
    table: str
    chips: list[Chip]
    others: list[Shelf]
    """Shelves on which something matches."""
    newest: int
    """The newest run that changed the list; the page asks whether there is a newer one."""


def listed(ask: Ask, *, added: Sequence[str], with_fit: bool, cut: Cut) -> Listed:
    """What runs that are open at the cut are writing belongs to no page yet, and to another one when they end."""
    asked = f"page {ask} {added} {with_fit} {cut}"
    return memo.kept(asked, None, partial(_listed, ask, added, with_fit), room="pages")


def _listed(ask: Ask, added: Sequence[str], with_fit: bool) -> Listed:  # noqa: FBT001
    newest = _newest()
    page = page_of(ask, added=added)
    return Listed(
        total=page.total,
        whole=whole_of(ask) if ask.narrowed else page.total,
        pages=page.pages,
        first=page.first,
        last=page.last,
        shelves=render_to_string("web/parts/shelves.html", {"shelves": page.shelves}),
        table=_table(ask, page, added, with_fit=with_fit) if page.lines else "",
        chips=chips_of(ask, without=usual.CHIPS if with_fit else ()),
        others=[it for it in page.shelves if it.count and not it.here],
        newest=newest,
    )


def _newest() -> int:
    return Run.objects.filter(status=Run.Status.SUCCEEDED).values_list("pk", flat=True).first() or 0


def _table(ask: Ask, page: Page, added: Sequence[str], *, with_fit: bool) -> str:
    return render_to_string("web/parts/rows.html", {
        "ask": ask, "page": page, "words": WORDS[ask.shelf], "added": added, "with_fit": with_fit,
        "heads": _heads(ask, added, with_fit=with_fit),
    })  # fmt: skip


def _heads(ask: Ask, added: Sequence[str], *, with_fit: bool) -> list[dict[str, str]]:
    """The headings: each with what pressing it sorts by, and how it is sorted now."""
    others = [("", columns.COLUMNS[name][0], "") for name in added]
    return [_head(ask, *each) for each in (*HEADINGS, *([FIT_HEADING] if with_fit else []), *others)]


def _head(ask: Ask, name: str, words: str, kind: str) -> dict[str, str]:
    if not name:
        return {"words": words, "kind": kind}
    here = ask.sort.removeprefix("-") == name
    down = ask.sort.startswith("-")
    first = f"-{name}" if name in ("value", "moved") else name
    turned = name if down else f"-{name}"
    aria = ("descending" if down else "ascending") if here else "none"
    return {"words": words, "kind": kind, "aria": aria, "query": ask.but(sort=turned if here else first)}
