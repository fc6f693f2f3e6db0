"""How reliable forecasts are: every agency by name, one source part by part, and how it is counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import figure_words
from prospect_aggregate.prospects.cohorts import Outcome
from prospect_aggregate.prospects.groups import WHOLE, Group
from prospect_aggregate.prospects.landmarks import HORIZONS
from prospect_aggregate.web import standings
from prospect_aggregate.web.ask import ask_of
from prospect_aggregate.web.back import Back, back_of
from prospect_aggregate.web.permissions import Permission, needs

LEVELS = {"agency": "Agencies", "component": "Bureaus", "office": "Offices"}
LARGEST = 30
"""Rows of each level on the page of an agency: with three levels it stays under 100 KB, however many there are."""
PAGE = 100
"""Rows of a level that is read by itself."""
AGENCIES = 60
"""Rows of the table of agencies: each is a link that knows the way back, so that fewer stay under 100 KB."""
OUTCOMES = {
    Outcome.LATER: "first moved later",
    Outcome.EARLIER: "first moved earlier",
    Outcome.REMOVED: "date taken away, or made vaguer",
    Outcome.CLOSED: "closed by the agency",
    Outcome.UNDER_WAY: "marked solicitation or evaluation",
    Outcome.LEFT_EARLY: "left before the last day promised",
    Outcome.LEFT_DUE: "left after the last day promised",
    Outcome.RESET: "left when the list was replaced",
    Outcome.STANDS_PASSED: "unmoved, its date passed",
    Outcome.STANDS_AHEAD: "unmoved, its date ahead",
}


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    day, days = _day(request), _days(request)
    every = standings.agencies(day=day, horizon=days)
    sort = request.GET.get("sort", "name")
    page = Paginator(standings.in_order(every, sort), AGENCIES).get_page(request.GET.get("page"))
    return render(request, "web/agencies.html", {
        "page": page, "lines": page.object_list, "sort": sort if sort in standings.SORTS else "name",
        "day": day, "days": days, "horizons": HORIZONS, "sorts": standings.SORTS, "as_of": request.GET.get("as_of", ""),
        "based_on": standings.based_on(every), "followed_on": standings.followed_on(every),
        "resets": _resets(page.object_list), "young": len(_resets(every)),
    })  # fmt: skip


def _day(request: HttpRequest) -> date:
    return ask_of(request.GET, today=timezone.now().date()).day


def _days(request: HttpRequest) -> int:
    """What makes no sense is as if not given."""
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, HORIZONS) else HORIZONS[0]


def _resets(lines: Iterable[standings.Line]) -> list[str]:
    return [f"{line.name}: {line.history}" for line in lines if line.figures is None and line.history]


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    day, days = _day(request), _days(request)
    source = get_object_or_404(Source, key=key)
    standing = standings.standing_of(source, day=day, horizon=days)
    agency = request.GET.get("agency") or None
    if (level := request.GET.get("level", "")) in LEVELS:
        return _parts(request, standing, level, agency)
    group = Group("agency", agency) if agency else WHOLE
    listed = standing.stocks.of(group)
    return render(request, "web/agency.html", {
        "source": source, "agency": agency, "day": day, "days": days, "back": back_of(request) or _every(request),
        "name": group.name or source.agency or source.name,
        "horizons": HORIZONS, "as_of": request.GET.get("as_of", ""), "standing": standing,
        "line": standings.line_of(standing, group) if listed else None, "tables": _tables(standing, agency),
        **(_told(standing, group) if listed else {}),
    })  # fmt: skip


def _every(request: HttpRequest) -> Back:
    """The table of agencies, on the same day."""
    as_of = request.GET.get("as_of")
    return Back(reverse("agencies") + (f"?{urlencode({'as_of': as_of})}" if as_of else ""), "all agencies")


def _parts(
    request: HttpRequest, standing: standings.Standing, level: str, agency: str | None
) -> HttpResponse:
    """One level by itself, page after page."""
    groups = standings.parts_of(standing, level, agency)
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/agency_parts.html", {
        "source": standing.source, "agency": agency, "day": standing.stocks.day, "days": _days(request),
        "name": agency or standing.source.agency or standing.source.name, "page": page, "title": LEVELS[level],
        "lines": [standings.line_of(standing, group) for group in page.object_list],
    })  # fmt: skip


class Table(NamedTuple):
    """One level: its largest rows, and how many there are."""

    level: str
    title: str
    lines: list[standings.Line]
    total: int


def _tables(standing: standings.Standing, agency: str | None) -> list[Table]:
    """Agencies, bureaus and offices, each level where it says more than the one above."""
    levels = [level for level in LEVELS if agency is None or level != "agency"]
    found = {level: standings.parts_of(standing, level, agency) for level in levels}
    return [_table(standing, level, groups) for level, groups in found.items() if len(groups) > 1]


def _table(standing: standings.Standing, level: str, groups: list[Group]) -> Table:
    shown = standings.largest_of(standing, groups, LARGEST)
    return Table(level, LEVELS[level], [standings.line_of(standing, it) for it in shown], len(groups))


def _told(standing: standings.Standing, group: Group) -> dict[str, Any]:
    """The sentences of one group."""
    counts = standing.stocks.groups[group].counts
    told: dict[str, Any] = {
        "stock": figure_words.stock_sentence(counts),
        "passed_days": standing.stocks.passed_days if group is WHOLE else None,
        "based_on": standings.based_on([standings.line_of(standing, group)]),
    }
    reliability = standing.reliability
    figures = reliability.of(group) if reliability else None
    if reliability is None or figures is None:
        return told
    return told | {
        "moved": figure_words.moved_sentence(figures, reliability.followed),
        "span": figure_words.span(reliability.followed),
        "size": figures.size,
        "outcomes": [(words, figures.outcomes[outcome]) for outcome, words in OUTCOMES.items()],
        "followed_n": figures.n,
        "followed_on": figure_words.based_on(figures.n, figures.listed, figures.excluded),
        "bulk": figure_words.bulk_sentence(figures.bulk) if figures.bulk else "",
        "resets": [figure_words.reset_sentence(at, *counts) for at, counts in reliability.resets.items()],
    }


@needs(Permission.SEE)
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    return render(request, "web/how_counted.html")
