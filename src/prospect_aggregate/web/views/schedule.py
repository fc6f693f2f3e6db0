"""The schedule: read, paused, resumed, edited, fired now."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import clock, schedules
from prospect_aggregate.collection.models import Run, Schedule, Source, Stop
from prospect_aggregate.collection.schedules import ScheduleChangedError
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.schedule import slots_in_code
from prospect_aggregate.web import acts, cadences
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.process import process

COMING = 10  # firings
STOP_SHOWN_FOR = timedelta(days=7)


@needs(Permission.SEE_ENGINE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **open_row: Any) -> HttpResponse:
    """The table, with one row's form open where somebody edits or pauses it."""
    now = clock.now()
    names = {each.key: each.name for each in scraper_registry} | dict(
        Source.objects.values_list("key", "name")
    )  # a source that was never asked for has no row yet
    rows, coming = _rows(names, now), _coming(names, now)
    asleep = sum(row["asleep"] for row in rows)
    return render(request, "web/schedule.html", {
        "rows": rows, "awake": len(rows) - asleep, "asleep": asleep, "coming": coming,
        "last": coming[-1]["at"] if coming else None,
        "stop": Stop.objects.filter(ended_at__gt=now - STOP_SHOWN_FOR).first(),
        "process": process(now=now), "click": lambda: str(uuid.uuid4()), "now": now, **open_row,
    }, status=status)  # fmt: skip


def _coming(names: dict[str, str], now: datetime) -> list[dict[str, Any]]:
    """The next firings of all rows together."""
    firings = schedules.next_firings(COMING, now=now, known=task_registry.knows)
    return [{"at": firing.at, "row": firing.row, "name": _name(firing.row, names)} for firing in firings]


def _name(row: Schedule, names: dict[str, str]) -> str:
    """Of its source; an entry that somebody added to the code has only its own."""
    return names.get(row.source_key, row.source_key) or row.name


def _rows(names: dict[str, str], now: datetime) -> list[dict[str, Any]]:
    """What fires next stands first; what is paused, last."""
    ours = Run.objects.filter(source__key=OuterRef("source_key"), trigger=Run.Trigger.SCHEDULE).order_by(
        "-pk"
    )
    found = Schedule.objects.annotate(last_run=Subquery(ours.values("pk")[:1])).order_by("next_at")
    runs = Run.objects.in_bulk([getattr(row, "last_run", None) for row in found if row.kind == "collect"])
    rows = [_row(row, runs, names, now) for row in found]
    return sorted(rows, key=lambda row: row["asleep"])


def _row(row: Schedule, runs: dict[int, Run], names: dict[str, str], now: datetime) -> dict[str, Any]:
    return {
        "it": row,
        "source": _name(row, names),
        "words": cadences.words(schedules.slots_of(row)),
        "asleep": row.asleep(now),
        "known": task_registry.knows(row.task),
        "run": runs.get(getattr(row, "last_run", None) or 0) if row.kind == "collect" else None,
    }


@needs(Permission.EDIT_SCHEDULE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the choices and the next firings they give; POST saves them."""
    row = get_object_or_404(Schedule, pk=number)
    shown = row if request.method == "GET" else _as_shown(row, request.POST)
    given = request.POST if request.method == "POST" else request.GET
    try:
        choice = _choice(given, row)
        if request.method == "POST":
            schedules.edit(shown, choice.slots, by=request.user.get_username(), now=clock.now())
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
        "firings": choice.slots.after(clock.now()),
        "form_error": error,
    }


@needs(Permission.EDIT_SCHEDULE)
@require_POST
def follow_code(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the slots that the code gives."""
    row = get_object_or_404(Schedule, pk=number)

    def act() -> None:
        schedules.follow_code(row, slots_in_code(app.conf.beat_schedule, row.name), now=clock.now())

    return _done(request, act, f"{row.name} follows the code again.")


@needs(Permission.EDIT_SCHEDULE)
@require_POST
def at(request: HttpRequest, number: int) -> HttpResponse:
    """The next firing at a moment of somebody's choice."""
    row = get_object_or_404(Schedule, pk=number)
    given = request.POST
    try:
        row.next_at = _moment(given.get("was_next", ""))  # as the form saw it
        moment = _moment(given.get("at", ""))
        schedules.run_at(row, moment, by=request.user.get_username(), now=clock.now())
    except (ValueError, ScheduleChangedError) as error:
        return _page(
            request, status=409, **_form(row, cadences.nearest_choice(schedules.slots_of(row)), str(error))
        )
    messages.success(
        request, f"{row.name} fires next at {moment:%Y-%m-%d %H:%M} UTC, then by its slots as before."
    )
    return redirect("schedule")


def _moment(text: str) -> datetime:
    """Without a zone it is UTC. Raises ValueError, saying what to write."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r}: write the time as 2026-06-01T05:30 (UTC)") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@needs(Permission.EDIT_SCHEDULE)
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, number: int) -> HttpResponse:
    """GET asks until when and why, POST does it."""
    row = get_object_or_404(Schedule, pk=number)
    if request.method != "POST":
        return _page(request, pausing=row)
    given, now = request.POST, clock.now()
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


@needs(Permission.EDIT_SCHEDULE)
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Schedule, pk=number)
    return _done(request, lambda: schedules.resume(row, now=clock.now()), f"{row.name} fires again.")


@needs(Permission.RUN_SOURCES)
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


def _done(request: HttpRequest, act: Callable[[], None], said: str) -> HttpResponse:
    """Do it and say so, or say why not; then the table again."""
    try:
        act()
    except (ScheduleChangedError, UnknownNameError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("schedule")
