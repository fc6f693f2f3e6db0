"""Taking a view away as a file: the page that asks how, and the file."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.prospects.search import UnknownFilterError
from prospect_aggregate.web.ask import SHELVES, ask_of
from prospect_aggregate.web.exports import progress
from prospect_aggregate.web.exports.asked import of_view
from prospect_aggregate.web.exports.columns import COLUMNS, MAIN
from prospect_aggregate.web.exports.export import Export
from prospect_aggregate.web.exports.formats import FORMATS, Format, format_named
from prospect_aggregate.web.exports.workbook import MOST_ROWS, TooManyRowsError
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.selection import keys_of, with_keys
from prospect_aggregate.web.shelf import counts_of, prospects_of
from prospect_aggregate.web.view_words import narrowed


@needs(Permission.SEE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How many rows the view has, and in which format and columns they are wanted; of chosen rows, only those."""
    asked = QueryDict(request.GET["view"]) if "view" in request.GET else request.GET
    ask = ask_of(asked, today=timezone.now().date())
    keys = keys_of(request.GET)
    total = with_keys(prospects_of(ask), keys).count() if keys else counts_of(ask)[ask.shelf]
    return render(request, "web/export.html", {
        "ask": ask, "total": total, "shelf": SHELVES[ask.shelf], "formats": FORMATS.values(), "columns": COLUMNS,
        "ticket": progress.ticket(),
        "main": MAIN, "too_many": total > MOST_ROWS, "most": MOST_ROWS, "keys": keys, "words": narrowed(ask.filters),
        "usual": "csv" if total > MOST_ROWS else "xlsx",
    })  # fmt: skip


@needs(Permission.SEE)
@require_safe
def file(request: HttpRequest) -> HttpResponseBase:
    """The rows of `view`, which is the query of a list's address."""
    asked = request.GET
    ask = ask_of(QueryDict(asked.get("view", "")), today=timezone.now().date())
    try:
        wanted = format_named(asked.get("format", ""))
        export = of_view(ask, columns=_columns(asked), keys=keys_of(asked))
        person = cast("Person", request.user)
        return answer(wanted, export, progress.taken_of(person, asked.get("ticket", "")))
    except (TooManyRowsError, UnknownFilterError) as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")


@needs(Permission.SEE)
@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """How far the file is that was asked for with a page's ticket."""
    ticket = request.GET.get("ticket", "")
    taking = progress.of(cast("Person", request.user), ticket)
    return render(request, "web/parts/taking.html", {"ticket": ticket, "taking": taking, "watching": True})


def _columns(asked: QueryDict) -> list[str]:
    """None is all of them."""
    named = {"main": list(MAIN), "all": []}
    return named.get(asked.get("which", "all"), asked.getlist("column"))


def answer(wanted: Format, export: Export, taken: progress.Taken | None = None) -> StreamingHttpResponse:
    """The file as it is being written; whoever goes away ends it."""
    pieces = progress.told(wanted.write, export, taken)
    response = StreamingHttpResponse(pieces, content_type=wanted.media_type)
    response["Content-Disposition"] = f'attachment; filename="{export.name(wanted.suffix)}"'
    if export.sample:
        response["X-Sample-Data"] = "yes"
    return response
