"""One run while it waits or goes: what it says, and an end by a person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from prospect_aggregate.collection import runlog
from prospect_aggregate.collection.models import Run, Schedule
from prospect_aggregate.collection.outcomes import AlreadyEndedError
from prospect_aggregate.web import acts
from prospect_aggregate.web.ask import number_of
from prospect_aggregate.web.permissions import Permission, needs

LONGEST_REASON = 200  # characters; it is a line of the run's record


@needs(Permission.SEE)
@require_safe
def log(request: HttpRequest, number: int) -> HttpResponse:
    """The lines after the last one shown, and what asks for the next ones; nothing (204) when none has come."""
    shown = log_of(_run(number), after=number_of(request.GET.get("after", "")) or 0)
    if not shown["lines"] and shown["more_lines"]:
        return HttpResponse(status=204)
    return render(request, "web/parts/run_lines.html", shown)


def log_of(run: Run, *, after: int = 0) -> dict[str, Any]:
    lines = runlog.lines_of(run, after=after)
    return {
        "run": run,
        "lines": lines,
        "last_line": lines[-1].pk if lines else after,
        "more_lines": not runlog.is_written(run, now=timezone.now()),
    }


@needs(Permission.RUN_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """GET says what cancelling does, POST does it; a run that has ended meanwhile is shown instead."""
    run = _run(number)
    if request.method == "POST":
        _cancel(request, run)
    elif not run.ended:
        return render(request, "web/cancel.html", _consequence(run))
    return redirect("run", run.pk)


def _cancel(request: HttpRequest, run: Run) -> None:
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        acts.cancel_now(run, reason=reason, by=request.user.get_username())
    except AlreadyEndedError as error:
        messages.error(request, f"Nothing was cancelled: {error}.")
    else:
        messages.success(request, f"Run {run.pk} of {run.source.name} is cancelled.")


def _run(number: int) -> Run:
    return get_object_or_404(Run.objects.select_related("source", "artifact"), pk=number)


def _consequence(run: Run) -> dict[str, Any]:
    asleep = Schedule.objects.asleep(timezone.now())
    planned = Schedule.objects.filter(source_key=run.source.key, kind="collect").exclude(pk__in=asleep)
    return {
        "run": run,
        "listed": run.source.prospects.listed().count(),
        "planned": planned.first(),
        "longest_reason": LONGEST_REASON,
    }
