"""Runs: what was collected, what failed and why, and one run while it goes."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.collection import held
from prospect_aggregate.collection.batches import Standing, standings
from prospect_aggregate.collection.models import Batch, Run, RunQuerySet, Source
from prospect_aggregate.web import sentences
from prospect_aggregate.web.ask import number_of
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.views.running import log_of
from prospect_aggregate.web.way import way_of

PAGE = 50
BAD = {"failed": "failed", "lost": "lost", "blocked": "blocked", "quarantined": "held for review"}
REJECTED_SHOWN = 50


@needs(Permission.SEE_ENGINE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("status", "source", "trigger", "batch")}
    found = _found(asked)
    page = Paginator(_folded(found, asked), PAGE).get_page(request.GET.get("page"))
    rows = _rows(page.object_list, request.GET, asked)
    return render(request, "web/runs.html", {
        "page": page, "rows": rows, "count": found.count(), "asked": asked,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "waiting": waiting_of(_shown(rows)), "bad": _bad(timezone.now() - timedelta(hours=24)),
        "going": Run.objects.filter(status=Run.Status.STARTED).count(),
        "sources": Source.objects.order_by("name"), "triggers": Run.Trigger.values,
        "statuses": {status: word for status, (_, word) in sentences.STATES.items()},
    })  # fmt: skip


def _found(asked: dict[str, str]) -> RunQuerySet:
    columns = {"status": "status", "source": "source__key", "trigger": "trigger"}
    wanted: dict[str, Any] = {columns[name]: asked[name] for name in columns if asked[name]}
    if asked["batch"]:
        wanted["batch__in"] = [number_of(asked["batch"]) or 0]
    runs = Run.objects.filter(**wanted).select_related("source").prefetch_related("rulings")
    return runs.defer("layout", "notes", "verdict", "evidence")


def waiting_of(shown: Iterable[Run]) -> set[int]:
    """Which of them a person has to decide about."""
    if not any(run.status == Run.Status.QUARANTINED for run in shown):
        return set()
    return {run.pk for run in held.waiting()}


def _folds(asked: dict[str, str]) -> bool:
    """Whether a batch is one row: not where somebody looks for single runs."""
    return not (asked["status"] or asked["source"] or asked["batch"])


def _folded(runs: RunQuerySet, asked: dict[str, str]) -> RunQuerySet:
    """Of each batch its first run, which stays where it is while later attempts come."""
    if not _folds(asked):
        return runs
    earlier = Run.objects.filter(batch=OuterRef("batch"), pk__lt=OuterRef("pk"))
    return runs.filter(Q(batch=None) | ~Exists(earlier))


def _rows(shown: Iterable[Run], given: QueryDict, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Runs, and batches in the place of their first run."""
    folded = {run.batch_id for run in shown if run.batch_id and _folds(asked)}
    found = {it.batch.pk: it for it in standings(Batch.objects.filter(pk__in=folded))}
    return [
        _batch_row(found[run.batch_id], given) if run.batch_id in found else {"run": run} for run in shown
    ]


def _shown(rows: Iterable[dict[str, Any]]) -> Iterator[Run]:
    for row in rows:
        if "run" in row:
            yield row["run"]
        elif row["open"]:
            yield from row["standing"].runs


def _batch_row(standing: Standing, given: QueryDict) -> dict[str, Any]:
    """`toggle` is the same view with this batch open, or shut again."""
    number, other = str(standing.batch.pk), given.copy()
    is_open = given.get("open") == number
    other.pop("open", None)
    if not is_open:
        other["open"] = number
    return {"standing": standing, "open": is_open, "toggle": f"?{other.urlencode()}"}


def _bad(since: datetime) -> list[tuple[str, str, int]]:
    """How many of the last day ended badly: status, word, count."""
    counts = Run.objects.filter(finished_at__gte=since, status__in=BAD).order_by().values_list("status")
    found = dict(counts.annotate(count=Count("pk")))
    return [(status, word, found[status]) for status, word in BAD.items() if status in found]


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    run = _run(number)
    facts = {**_live(run), **log_of(run), "rejected_rows": run.rejected_rows.all()[:REJECTED_SHOWN]}
    return render(request, "web/run.html", facts)


@needs(Permission.SEE)
@require_safe
def live(request: HttpRequest, number: int) -> HttpResponse:
    """What moves on the page: the sentence, the way, what comes next. A run that came to an end brings all of it.

    Only a lost one has nothing more to show than its recovery, which is watched here.
    """
    run = _run(number)
    response = render(request, "web/parts/run_moves.html", _live(run))
    watched = request.GET.get("was") in (Run.Status.QUEUED, Run.Status.STARTED)
    if watched and run.ended and run.status != Run.Status.LOST:
        response["HX-Refresh"] = "true"
    return response


def _run(number: int) -> Run:
    return get_object_or_404(Run.objects.select_related("source", "artifact"), pk=number)


def _live(run: Run) -> dict[str, Any]:
    now = timezone.now()
    return {
        **_attempts(run),
        "run": run,
        "steps": way_of(run),
        "ruling": sentences.ruling_behind(run),
        "open": run.status == Run.Status.QUARANTINED and held.why_not(run) is None,
        "silent": _silence(run, now),
        "lost_after": settings.LOST_AFTER,
        "took": (run.finished_at or now) - run.started_at if run.started_at else None,
        "step_took": now - run.stage_at if run.status == Run.Status.STARTED and run.stage_at else None,
        "changes": run.changes.count() if run.status == Run.Status.SUCCEEDED else 0,
        "click": str(uuid.uuid4()),
        "now": now,
    }


def _attempts(run: Run) -> dict[str, Any]:
    """The other attempts at the same request, and whether anything is left to watch."""
    attempts = {each.attempt: each for each in Run.objects.filter(source=run.source, request=run.request)}
    following, newest = attempts.get(run.attempt + 1), attempts[max(attempts)]
    return {
        "before": attempts.get(run.attempt - 1),
        "following": following,
        "newest": newest,
        "watching": not run.ended or (following is not None and not newest.ended),
    }


def _silence(run: Run, now: datetime) -> timedelta | None:
    """How long nothing was heard of a run in progress, once that is longer than two heartbeats."""
    if run.status != Run.Status.STARTED or run.heartbeat_at is None:
        return None
    silent = now - run.heartbeat_at
    return silent if silent > 2 * settings.HEARTBEAT_EVERY else None
