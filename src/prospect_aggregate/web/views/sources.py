"""The operator's first page: which source is in trouble and why, and the buttons that do something about it."""

import json
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.collection.models import Alert
from prospect_aggregate.prospects.models import Pair
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.web import acts, desk, states
from prospect_aggregate.web.context import frame_of
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.process import process as look

WATCH_CHECK_FOR = 60  # seconds that a row looks out for the check that somebody asked for


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request)
    rows = desk.rows(now=frame.now, read=frame.states)
    wanted, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    shown = [row for row in rows if _matches(row, wanted, text)]
    return render(request, "web/sources.html", {
        "rows": shown, "all": len(rows), "fresh": sum(row.state.health.state == "fresh" for row in rows),
        "troubled": sum(row.state.troubled for row in rows),
        "never": sum(row.state.health.state == "never" for row in rows),
        "alerts": Alert.objects.open().count(),
        "process": look(now=frame.now), "states": states.WORDS, "wanted": wanted, "text": text, "click": _click,
        "pairs": Pair.objects.waiting().count(),
    })  # fmt: skip


def _matches(row: desk.Row, state: str, text: str) -> bool:
    words = f"{row.source.name} {row.source.key} {row.source.agency}".casefold()
    return (not state or row.state.health.state == state) and text.casefold() in words


def _click() -> str:
    """A number for one press of one button."""
    return str(uuid.uuid4())


@needs(Permission.SEE)
@require_safe
def process(request: HttpRequest) -> HttpResponse:
    """The line of life, every few seconds; it tells the rows which of them have something to watch."""
    now = timezone.now()
    response = render(request, "web/parts/process.html", {"process": look(now=now)})
    response["HX-Trigger-After-Settle"] = json.dumps(
        {f"collecting-{key}": {} for key in desk.collecting(now=now)}
    )
    return response


@needs(Permission.SEE)
@require_safe
def row(request: HttpRequest, key: str) -> HttpResponse:
    return _row(request, key, since=request.GET.get("since", ""), until=request.GET.get("until", ""))


def _row(request: HttpRequest, key: str, *, since: str = "", until: str = "", said: str = "") -> HttpResponse:
    now = timezone.now()
    found = desk.rows(now=now, only=key)
    if not found:
        raise Http404(f"no source {key}")
    awaited = _awaits(found[0], since, until)
    context = {
        "row": found[0],
        "click": _click,
        "said": said,
        "since": since,
        "until": until if awaited else "",
    }
    return render(request, "web/parts/source_row.html", context)


def _awaits(found: desk.Row, since: str, until: str) -> bool:
    """Whether a check that was asked for has still not come."""
    newest = found.check.pk if found.check else 0
    return until.isdigit() and int(until) > found.now.timestamp() and str(newest) == since


@needs(Permission.RUN_SOURCES)
@require_POST
def collect(request: HttpRequest, key: str) -> HttpResponse:
    try:
        run = acts.collect_now(key, click=request.POST.get("click", ""))
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    if request.htmx:  # type: ignore[attr-defined]
        return _row(request, key, said=f"{run.source.name}: run {run.pk} asked for.")
    messages.success(request, f"Run {run.pk} of {run.source.name} was asked for.")
    return redirect("run", run.pk) if "follow" in request.POST else redirect("sources")


@needs(Permission.RUN_SOURCES)
@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """A check leaves its result in the row, when a worker has done it."""
    newest = next((it.check.pk for it in desk.rows(now=timezone.now(), only=key) if it.check), 0)
    try:
        acts.check_now(key)
        said = "A check was asked for; its result appears in the row."
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    except acts.NobodyThereError as error:
        newest, said = -1, str(error)
    if request.htmx:  # type: ignore[attr-defined]
        until = int(timezone.now().timestamp()) + WATCH_CHECK_FOR
        return _row(request, key, since=str(newest), until=str(until), said=said)
    messages.info(request, said)
    return redirect("source", key) if "follow" in request.POST else redirect("sources")
