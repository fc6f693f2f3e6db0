"""One page of the list of prospects: counts of every shelf, and the rows of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, OrderBy, Q, Value, When
from django.urls import reverse

from prospect_aggregate.prospects import fit_query
from prospect_aggregate.prospects.fit import Fit
from prospect_aggregate.prospects.models import ProspectQuerySet
from prospect_aggregate.prospects.search import OUTLOOKS, search
from prospect_aggregate.web import present
from prospect_aggregate.web.ask import PAGE, SHELVES, Ask

PROMISES = (("solicitation", "solicitation"), ("award", "award"), ("contract_end", "incumbent_ends"))
FIT, FITS = "fit_rank", list(Fit)
OUTLOOK, ANCHOR = "outlook", "anchor"  # what `search` works out for each prospect
CROWD = 20  # rows of a page's list that end on one day of a coarse window, from which on a line counts them
COLUMNS = (
    "pk", "native_id", "source__key", "source__name", "title", "component", "office", "naics_code", "requirement_type",
    "set_aside", "set_aside_text", "basis", "value_min", "value_max", "value_basis", "value_text", "place_state",
    "place_country", "place_city", "place_text", "state", "outlook", "anchor",
    "solicitation_from", "solicitation_to", "solicitation_precision", "solicitation_text",
    "award_from", "award_to", "award_precision", "award_text", "incumbent_ends_from", "incumbent_ends_to",
    "first_solicitation_from", "first_solicitation_to", "first_solicitation_precision",
    "solicitation_moves", "solicitation_slip_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """A tab: its key on the keyboard, its words, how many match there."""

    number: int
    name: str
    words: str
    count: int
    query: str
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A prospect as one row; what a reader needs to decide whether to open it."""

    pk: int
    address: str
    title: str
    below: str
    next: present.NextDate
    set_aside: present.Shown
    value: present.Shown
    place: str
    moved: str
    missing: bool
    crowd: str
    """Stands above this row: how many end on the same day."""
    fit: Fit | None
    """None where the company has no profile."""


@dataclass(frozen=True, slots=True)
class Page:
    shelves: list[Shelf]
    lines: list[Line]
    total: int
    first: int
    pages: int

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


def page_of(ask: Ask) -> Page:
    """Four queries at most: shelves, rows, crowded days."""
    counts = counts_of(ask)
    total = counts[ask.shelf]
    pages = max(1, -(-total // PAGE))
    start = (min(ask.page, pages) - 1) * PAGE
    rows = list(ordered(ask).values(*COLUMNS, FIT)[start : start + PAGE]) if total else []
    crowds = _crowds(ask, rows)
    lines = [_line(row, ask, start + number, crowds) for number, row in enumerate(rows, start=1)]
    return Page(_shelves(ask, counts), lines, total, start + 1, pages)


def counts_of(ask: Ask) -> dict[str, int]:
    """How many match on each shelf, in one grouped query."""
    found = search(ask.filters, day=ask.day).order_by().values_list(OUTLOOK).annotate(count=Count("pk"))
    return dict.fromkeys(OUTLOOKS, 0) | dict(found)


def ordered(ask: Ask) -> ProspectQuerySet:
    """The shelf in the order asked; ties by precision, then fit, then the larger value, then the key (UI §8)."""
    ranked = search(ask.filters, day=ask.day).filter(Q(outlook=ask.shelf)).annotate(coarseness=_coarseness())
    ranked = ranked.annotate(fit_rank=fit_query.rank_of_ours())
    value = F("value_min").desc(nulls_last=True)
    return ranked.order_by(
        _first(ask.sort), F("anchor"), F("coarseness"), F(FIT), value, "source__key", "native_id"
    )


def _coarseness() -> Case:
    ranks = [When(solicitation_precision=None, award_precision=None, then=Value(4))]
    names = ("day", "month", "quarter", "year")
    ranks += [When(solicitation_precision=name, then=Value(rank)) for rank, name in enumerate(names)]
    ranks += [When(award_precision=name, then=Value(rank)) for rank, name in enumerate(names)]
    return Case(*ranks, default=Value(4), output_field=IntegerField())


def _first(sort: str) -> OrderBy:
    columns = {"next": "anchor", "title": "title", "source": "source__name", "value": "value_min",
               "moved": "solicitation_slip_days"}  # fmt: skip
    column = F(columns[sort.removeprefix("-")])
    return column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)


def _shelves(ask: Ask, counts: Mapping[str, int]) -> list[Shelf]:
    return [
        Shelf(number, name, words, counts[name], ask.but(shelf=name, sort=""), name == ask.shelf)
        for number, (name, words) in enumerate(SHELVES.items(), start=1)
    ]


def _crowds(ask: Ask, rows: list[dict[str, Any]]) -> dict[date, int]:
    """Days on which many rows end: where lists publish quarters, they all end on its last day."""
    if ask.sort.removeprefix("-") != "next":
        return {}
    days = {
        row["anchor"] for row in rows if row["anchor"] and (row["solicitation_precision"] or "day") != "day"
    }
    shelf = search(ask.filters, day=ask.day).filter(Q(outlook=ask.shelf, anchor__in=days))
    counted = shelf.order_by().values_list(ANCHOR).annotate(count=Count("pk")) if days else []
    return {day: count for day, count in counted if count >= CROWD}


def _line(row: dict[str, Any], ask: Ask, number: int, crowds: dict[date, int]) -> Line:
    ended = row["anchor"]
    count = crowds.pop(ended, 0) if ended else 0
    return Line(
        pk=row["pk"],
        address=address_of(row["source__key"], row["native_id"], ask=ask, number=number),
        title=row["title"] or "No title published",
        below=" · ".join(filter(None, (_who(row), row["naics_code"], row["requirement_type"]))),
        next=present.next_date(promises_of(row), day=ask.day),
        set_aside=present.set_aside(row["set_aside"], row["set_aside_text"], row["basis"]),
        value=present.value(row["value_min"], row["value_max"], row["value_basis"], row["value_text"]),
        place=row["place_state"] or row["place_country"] or "",
        moved=_moved(row),
        missing=row["state"] == "missing",
        crowd=f"By {present.day_text(ended, day=ask.day)}: {count:,}" if count else "",
        fit=None if row[FIT] is None else FITS[row[FIT]],
    )


def address_of(source: str, native_id: str, *, ask: Ask, number: int) -> str:
    """The prospect's page, knowing the list it was opened from: back and next work without a script."""
    place = urlencode({"list": ask.query, "n": number})
    return f"{reverse('prospect', args=[source, native_id])}?{place}"


def promises_of(row: Mapping[str, Any]) -> list[present.Promise]:
    """In the order in which they decide."""
    return [
        present.Promise(
            kind,
            row[f"{column}_from"],
            row[f"{column}_to"],
            row.get(f"{column}_precision"),
            row.get(f"{column}_text"),
        )
        for kind, column in PROMISES
    ]


def _moved(row: Mapping[str, Any]) -> str:
    first = present.Promise("solicitation", row["first_solicitation_from"], row["first_solicitation_to"],
                            row["first_solicitation_precision"])  # fmt: skip
    days, moves = row["solicitation_slip_days"], row["solicitation_moves"]
    return present.moved(first, promises_of(row)[0], days=days, moves=moves)


def _who(row: Mapping[str, Any]) -> str:
    return " › ".join(filter(None, (row["source__name"], row["component"] or row["office"])))
