"""One page of the list of prospects: counts of every shelf, and the rows of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Case, F, IntegerField, OrderBy, Q, Subquery, Value, When
from django.urls import reverse

from prospect_aggregate.prospects import fit_query
from prospect_aggregate.prospects.entries import Entry, EntryQuerySet, rows_of
from prospect_aggregate.prospects.filters import OUTLOOKS, Filters
from prospect_aggregate.prospects.fit import Fit
from prospect_aggregate.prospects.found import Found, found
from prospect_aggregate.prospects.models import ListQuerySet, Prospect, ProspectQuerySet
from prospect_aggregate.prospects.search import entries, search
from prospect_aggregate.prospects.spots import Day
from prospect_aggregate.web import columns, present
from prospect_aggregate.web.ask import PAGE, SHELVES, Ask

Rows = TypeVar("Rows", bound=ListQuerySet[Any])
PROMISES = (("solicitation", "solicitation"), ("award", "award"), ("contract_end", "incumbent_ends"))
FIT = "fit"  # its rank, as it is worked out for each prospect
FITS = {rank: fit for fit, rank in fit_query.RANKS.items()}
CROWD = 20  # rows of a page's list that end on one day of a coarse window, from which on a line counts them
COLUMNS = (
    "native_id", "source__key", "source__name", "title", "component", "office", "naics_code", "requirement_type",
    "set_aside", "set_aside_text", "basis", "value_min", "value_max", "value_basis", "value_text", "place_state",
    "place_country", "place_city", "solicitation_number", "place_text", "state", "outlook", "anchor",
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
    key: str
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
    look: str
    """Where a solicitation whose date passed may be found; nothing for others."""
    added: list[tuple[str, str]]
    """Heading and text of the columns that the reader chose."""


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


def page_of(ask: Ask, *, added: Sequence[str] = ()) -> Page:
    """Two queries: what there is, and the rows of the page, looked for among those that may stand on it."""
    all_found = found(ask.filters, day=ask.day)
    counts, days = _every_shelf(all_found.shelves), all_found.days(ask.shelf)
    total = counts[ask.shelf]
    pages = max(1, -(-total // PAGE))
    start = (min(ask.page, pages) - 1) * PAGE
    rows = _rows(ask, all_found, start, columns.NEEDED if added else ()) if total else []
    crowds = _crowds(ask, days, rows)
    view = ask.query
    lines = [_line(row, ask, view, start + at, crowds, added) for at, row in enumerate(rows, start=1)]
    return Page(_shelves(ask, counts), lines, total, start + 1, pages)


def counts_of(ask: Ask) -> dict[str, int]:
    """How many match on each shelf."""
    return _every_shelf(found(ask.filters, day=ask.day).shelves)


def _every_shelf(counts: Mapping[str, int]) -> dict[str, int]:
    return dict.fromkeys(OUTLOOKS, 0) | dict(counts)


def whole_of(ask: Ask) -> int:
    """How many the shelf holds before narrowing down."""
    return counts_of(replace(ask, filters=Filters()))[ask.shelf]


def _rows(ask: Ask, all_found: Found, start: int, needed: Sequence[str]) -> list[dict[str, Any]]:
    """Those of one page, whole; which ones they are is found among the entries."""
    before, near = _near(ask, all_found, start)
    begin = start - before
    fit = fit_query.rank_of_ours()
    ranked = _in_order(near, ask.sort, fit, to="prospect__")
    page = ranked.values_list("pk", flat=True)[begin : begin + PAGE]
    among = Prospect.objects.on_shelves(ask.day).annotate(fit=fit)
    return rows_of(page, *COLUMNS, FIT, *needed, among=among)


def _near(ask: Ask, all_found: Found, start: int) -> tuple[int, EntryQuerySet]:
    """Entries among which a page is, and how many stand before them: by date, those of its days alone."""
    days = all_found.days(ask.shelf)
    before, near = _days_of_page(days, ask.sort, start) if ask.sort in ("next", "-next") else (0, set(days))
    wanted = all_found.shelvings(ask.shelf, near)
    numbers = all_found.numbers(wanted)
    if numbers is not None:
        return before, Entry.objects.numbered(numbers)
    shelf = entries(ask.on_shelf, day=ask.day)
    return before, shelf if len(near) == len(days) else shelf.filter(Q(shelving__in=wanted))


def _days_of_page(days: Mapping[Day, int], sort: str, start: int) -> tuple[int, set[Day]]:
    """How many end on days before those of the page, and which days are on it; without a day stands last."""
    dated = sorted((day for day in days if day), reverse=sort.startswith("-"))
    before, at, near = 0, 0, set()
    for day in [*dated, *(day for day in days if day is None)]:
        if at + days[day] <= start:
            before = at + days[day]
        elif at < start + PAGE:
            near.add(day)
        at += days[day]
    return before, near


def ordered(ask: Ask) -> EntryQuerySet:
    """The shelf in the order asked; ties by precision, then fit, then the larger value, then the key (UI §8)."""
    return _in_order(entries(ask.on_shelf, day=ask.day), ask.sort, fit_query.rank_of_ours(), to="prospect__")


def prospects_of(ask: Ask) -> ProspectQuerySet:
    """The same rows, whole, in the same order: for what takes all of them out."""
    return _in_order(search(ask.on_shelf, day=ask.day), ask.sort, fit_query.rank_of_ours())


def _in_order(rows: Rows, sort: str, fit: Subquery | Value, *, to: str = "") -> Rows:
    """`to` leads from an entry to the columns it lacks."""
    value = F("value_min").desc(nulls_last=True)
    ranked = rows.annotate(coarseness=_coarseness(), fit=fit)
    by_fit = [] if isinstance(fit, Value) else [F(FIT)]  # PostgreSQL refuses to sort by a NULL
    return ranked.order_by(
        _first(sort, to), F("anchor"), F("coarseness"), *by_fit, value, "source__key", "native_id"
    )


def _coarseness() -> Case:
    ranks = [When(solicitation_precision=None, award_precision=None, then=Value(4))]
    names = ("day", "month", "quarter", "year")
    ranks += [When(solicitation_precision=name, then=Value(rank)) for rank, name in enumerate(names)]
    ranks += [When(award_precision=name, then=Value(rank)) for rank, name in enumerate(names)]
    return Case(*ranks, default=Value(4), output_field=IntegerField())


def _first(sort: str, to: str) -> OrderBy:
    columns = {"next": "anchor", "title": f"{to}title", "source": "source__name", "value": "value_min",
               "moved": f"{to}solicitation_slip_days"}  # fmt: skip
    column = F(columns[sort.removeprefix("-")])
    return column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)


def _shelves(ask: Ask, counts: Mapping[str, int]) -> list[Shelf]:
    return [
        Shelf(number, name, words, counts[name], ask.but(shelf=name, sort=""), name == ask.shelf)
        for number, (name, words) in enumerate(SHELVES.items(), start=1)
    ]


def _crowds(ask: Ask, days: Mapping[Day, int], rows: list[dict[str, Any]]) -> dict[date, int]:
    """Days on which many rows end: where lists publish quarters, they all end on its last day."""
    if ask.sort.removeprefix("-") != "next":
        return {}
    coarse = {row["anchor"] for row in rows if (row["solicitation_precision"] or "day") != "day"}
    return {day: days[day] for day in coarse if day and days[day] >= CROWD}


def _line(
    row: dict[str, Any], ask: Ask, view: str, number: int, crowds: dict[date, int], added: Sequence[str]
) -> Line:
    ended = row["anchor"]
    count = crowds.pop(ended, 0) if ended else 0
    return Line(
        pk=row["pk"],
        key=f"{row['source__key']}:{row['native_id']}",
        address=address_of(row["source__key"], row["native_id"], view=view, number=number),
        title=row["title"] or "No title published",
        below=" · ".join(filter(None, (who_of(row), row["naics_code"], row["requirement_type"]))),
        next=present.next_date(promises_of(row), day=ask.day),
        set_aside=present.set_aside(row["set_aside"], row["set_aside_text"], row["basis"]),
        value=present.value(row["value_min"], row["value_max"], row["value_basis"], row["value_text"]),
        place=row["place_state"] or row["place_country"] or "",
        moved=moved_of(row),
        missing=row["state"] == "missing",
        crowd=f"By {present.day_text(ended, day=ask.day)}: {count:,}" if count else "",
        fit=None if row[FIT] is None else FITS[row[FIT]],
        look=look_at_sam(row["solicitation_number"] or row["native_id"])
        if row["outlook"] == "passed"
        else "",
        added=columns.cells(row, added),
    )


def look_at_sam(words: str) -> str:
    """A search of the government's notices; the reader judges what it finds."""
    asked = {
        "index": "opp",
        "sfm[simpleSearch][keywordRadio]": "ALL",
        "sfm[simpleSearch][keywordTags][0][value]": words,
    }
    return f"https://sam.gov/search/?{urlencode(asked)}"


def address_of(source: str, native_id: str, *, view: str, number: int) -> str:
    """The prospect's page, knowing the list it was opened from: back and next work without a script."""
    place = urlencode({"list": view, "n": number})
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


def moved_of(row: Mapping[str, Any]) -> str:
    first = present.Promise("solicitation", row["first_solicitation_from"], row["first_solicitation_to"],
                            row["first_solicitation_precision"])  # fmt: skip
    days, moves = row["solicitation_slip_days"], row["solicitation_moves"]
    return present.moved(first, promises_of(row)[0], days=days, moves=moves)


def who_of(row: Mapping[str, Any]) -> str:
    return " › ".join(filter(None, (row["source__name"], row["component"] or row["office"])))
