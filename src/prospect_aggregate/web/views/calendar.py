"""The calendar of coming solicitations, and the lists that numbers of a page open."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.prospects import counted
from prospect_aggregate.prospects.entries import entries_of, rows_of
from prospect_aggregate.prospects.models import ANCHOR
from prospect_aggregate.web.ask import PAGE, ask_of
from prospect_aggregate.web.back import back_of
from prospect_aggregate.web.calendar import month_in, month_of
from prospect_aggregate.web.counted_lines import COLUMNS, line_of
from prospect_aggregate.web.permissions import Permission, needs

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@needs(Permission.SEE)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    ask = ask_of(request.GET, today=timezone.now().date())
    shown = month_of(month_in(request.GET.get("month", ""), today=ask.day), day=ask.day)
    return render(request, "web/calendar.html", {"month": shown, "ask": ask, "weekdays": WEEKDAYS})


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest, figure: str) -> HttpResponse:
    """The prospects that a number of the overview or of the calendar counts."""
    ask = ask_of(request.GET, today=timezone.now().date())
    try:
        found = counted.counted(figure, day=ask.day)
    except LookupError as error:
        raise Http404(str(error)) from error
    ordered = entries_of(found.prospects).order_by(ANCHOR, "source__key", "native_id")
    pages = Paginator(ordered.values_list("pk", flat=True), PAGE)
    pages.count = found.prospects.order_by().count()  # as the number counts it, from an index
    page = pages.get_page(request.GET.get("page"))
    return render(request, "web/counted.html", {
        "words": found.words, "page": page, "ask": ask, "back": back_of(request),
        "lines": [line_of(row, day=ask.day) for row in rows_of(page.object_list, *COLUMNS)],
    })  # fmt: skip
