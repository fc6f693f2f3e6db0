"""One source: how it is, what came instead of its list, and a place for a file that a person downloaded."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from prospect_aggregate.collection import given
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.outcomes import OutOfOrderError
from prospect_aggregate.collection.schedules import slots_of
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.scrapers.kinds import NAMES
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web import acts, cadences, desk
from prospect_aggregate.web.permissions import Permission, needs


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    row = _row(key)
    return render(request, "web/source.html", {
        **_form(key), "row": row, "source": row.source, "click": lambda: str(uuid.uuid4()), "shut": _shut(row),
        "runs": row.runs[::-1], "planned": cadences.words(slots_of(row.schedule)) if row.schedule else "",
    })  # fmt: skip


def _row(key: str) -> desk.Row:
    found = desk.rows(now=timezone.now(), only=key)
    if not found:
        raise Http404(f"no source {key}")
    return found[0]


def _shut(row: desk.Row) -> Run | None:
    """The run that says what came instead of the list: that of the present trouble, else the last one blocked."""
    if row.state.troubled and row.telling and row.telling.evidence:
        return row.telling
    blocked = Run.objects.filter(source=row.source.pk, status=Run.Status.BLOCKED)
    return blocked.select_related("artifact").order_by("-finished_at").first()


def _form(key: str) -> dict[str, Any]:
    """What the source can read by hand; nothing for one that is collected by a function."""
    scraper = scraper_registry.get_scraper(key) if key in scraper_registry else None
    layouts = scraper.layouts() if isinstance(scraper, Scraper) else ()
    return {"kinds": list(dict.fromkeys(NAMES[layout.kind] for layout in layouts))}


@needs(Permission.RUN_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """GET asks for the file, POST keeps it and leads to the run that reads it."""
    if request.method != "POST":
        return _upload_page(request, key)
    try:
        run = acts.read_file(
            key,
            _file(request),
            observed_at=_moment(request.POST.get("observed_at", "")),
            click=request.POST.get("click", ""),
        )
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    except (given.UnfitFileError, OutOfOrderError) as error:
        return _upload_page(request, key, error=str(error), status=409)
    messages.success(request, _said(run))
    return redirect("run", run.pk)


def _upload_page(request: HttpRequest, key: str, *, error: str = "", status: int = 200) -> HttpResponse:
    asked = {"click": str(uuid.uuid4()), "error": error, "observed_at": request.POST.get("observed_at", "")}
    row = _row(key)
    return render(
        request, "web/upload.html", {**_form(key), **asked, "row": row, "source": row.source}, status=status
    )


def _file(request: HttpRequest) -> "UploadedFile[bytes]":
    file = request.FILES.get("file")
    if file is None:
        raise given.UnfitFileError("choose the file that you downloaded")
    return file


def _moment(text: str) -> datetime | None:
    """As a browser's field writes it, in UTC."""
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise given.UnfitFileError(f"{text!r}: write the time as 2026-05-13 06:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _said(run: Run) -> str:
    name = run.given.filename if run.given else ""
    before = given.same_before(run)
    if before is None or before.finished_at is None:
        return f"{name} is kept; run {run.pk} reads it."
    read = f"run {before.pk} read the same bytes on {before.finished_at:%Y-%m-%d}"
    return f"{name} is known: {read}. Run {run.pk} notes that the list still stood like this."
