"""The schedule: read, paused, resumed, edited, fired now."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import schedules
from prospect_aggregate.collection.models import Run, Schedule, Source
from prospect_aggregate.collection.schedules import ScheduleChangedError, Slots
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.tasks.schedule import slots_of
from prospect_aggregate.web import acts, cadences
from prospect_aggregate.web.process import process


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **open_row: Any) -> HttpResponse:
    """The table, with one row's form open where somebody edits or pauses it."""
    now = timezone.now()
    rows = _rows(now)
    awake = [row for row in rows if not row["asleep"]]
    return render(request, "web/schedule.html", {
        "rows": rows, "awake": len(awake), "asleep": len(rows) - len(awake), "first": awake[0] if awake else None,
        "process": process(now=now), "click": lambda: str(uuid.uuid4()), "now": now, **open_row,
    }, status=status)  # fmt: skip


def _rows(now: datetime) -> list[dict[str, Any]]:
    """What fires next stands first; what is paused, last."""
    ours = Run.objects.filter(source__key=OuterRef("source_key"), trigger=Run.Trigger.SCHEDULE).order_by(
        "-pk"
    )
    found = Schedule.objects.annotate(last_run=Subquery(ours.values("pk")[:1])).order_by("next_at")
    runs = Run.objects.in_bulk([getattr(row, "last_run", None) for row in found if row.kind == "collect"])
    names = dict(Source.objects.values_list("key", "name"))
    rows = [_row(row, runs, names, now) for row in found]
    return sorted(rows, key=lambda row: row["asleep"])


def _row(row: Schedule, runs: dict[int, Run], names: dict[str, str], now: datetime) -> dict[str, Any]:
    return {
        "it": row,
        "source": names.get(row.source_key, row.source_key),
        "words": cadences.words(schedules.slots_of(row)),
        "asleep": row.asleep(now),
        "run": runs.get(getattr(row, "last_run", None) or 0) if row.kind == "collect" else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the choices and the next firings they give; POST saves them."""
    row = get_object_or_404(Schedule, pk=number)
    shown = row if request.method == "GET" else _as_shown(row, request.POST)
    given = request.POST if request.method == "POST" else request.GET
    try:
        choice = _choice(given, row)
        if request.method == "POST":
            schedules.edit(shown, choice.slots, by=request.user.get_username(), now=timezone.now())
            messages.success(
                request, f"Saved: {row.name} fires {cadences.words(choice.slots)} UTC, in effect within 10 s."
            )
            return redirect("schedule")
    except (ValueError, ScheduleChangedError) as error:
        return _page(
            request, status=409, **_form(row, cadences.nearest_choice(schedules.slots_of(row)), str(error))
        )
    return _page(request, **_form(row, choice, ""))


def _as_shown(row: Schedule, given: QueryDict) -> Schedule:
    """The row as the form saw it, so that an edit over somebody else's edit is refused."""
    try:
        was = float(given.get("was_cadence", "")), float(given.get("was_offset", ""))
    except ValueError:
        return row
    row.cadence_minutes, row.offset_minutes = was
    return row


def _choice(given: QueryDict, row: Schedule) -> cadences.Choice:
    if "every" not in given:
        return cadences.nearest_choice(schedules.slots_of(row))
    return cadences.choice_of(given.get("every", ""), given.get("time", ""), given.get("weekday", "0"))


def _form(row: Schedule, choice: cadences.Choice, error: str) -> dict[str, Any]:
    """What the open form shows: the choices, and what they come to."""
    row.refresh_from_db()
    return {
        "editing": row,
        "choice": choice,
        "choices": cadences.CHOICES,
        "weekdays": list(enumerate(cadences.WEEKDAYS)),
        "choice_words": cadences.words(choice.slots),
        "firings": choice.slots.after(timezone.now()),
        "form_error": error,
    }


@require_POST
def follow_code(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the slots that the code gives."""
    row = get_object_or_404(Schedule, pk=number)
    entry = app.conf.beat_schedule.get(row.name)
    if entry is None:
        messages.error(request, f"The code knows no slots for {row.name}.")
        return redirect("schedule")
    return _done(request, lambda: schedules.follow_code(row, Slots(*slots_of(entry["schedule"])), now=timezone.now()),
                 f"{row.name} follows the code again.")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, number: int) -> HttpResponse:
    """GET asks until when and why, POST does it."""
    row = get_object_or_404(Schedule, pk=number)
    if request.method != "POST":
        return _page(request, pausing=row)
    given, now = request.POST, timezone.now()
    try:
        until = _until(given.get("until", ""))
        schedules.pause(
            row, until=until, reason=given.get("reason", ""), by=request.user.get_username(), now=now
        )
    except (ValueError, ScheduleChangedError) as error:
        return _page(request, status=409, pausing=row, form_error=str(error), given=given)
    messages.success(request, f"{row.name} is paused{f' until {until:%Y-%m-%d}' if until else ''}.")
    return redirect("schedule")


def _until(text: str) -> datetime | None:
    """The morning of a day, UTC; nothing for "until somebody resumes"."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"{text!r}: write the day as 2026-06-01") from error


@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Schedule, pk=number)
    return _done(request, lambda: schedules.resume(row, now=timezone.now()), f"{row.name} fires again.")


@require_POST
def run_now(request: HttpRequest, number: int) -> HttpResponse:
    """What the row would do at its next slot, which stays where it is."""
    row = get_object_or_404(Schedule, pk=number)
    try:
        run = acts.fire_now(row, click=request.POST.get("click", ""))
    except (UnknownNameError, acts.NobodyThereError) as error:
        messages.error(request, str(error))
        return redirect("schedule")
    messages.success(request, f"{row.name} was asked for.")
    return redirect("run", run.pk) if run else redirect("sources")


def _done(request: HttpRequest, act: Any, said: str) -> HttpResponse:
    """Do it and say so, or say why not; then the table again."""
    try:
        act()
    except ScheduleChangedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("schedule")
