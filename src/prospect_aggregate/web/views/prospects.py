"""The list of prospects, one prospect, and the files they were read from."""

from datetime import date
from pathlib import Path
from typing import Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Artifact, Run
from prospect_aggregate.prospects import company, joined, query, slip_ledger
from prospect_aggregate.prospects.landmarks import HORIZONS
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.prospects.objects import overdue_days
from prospect_aggregate.prospects.search import entries
from prospect_aggregate.web import (
    awards,
    columns,
    covered,
    detail,
    notebook,
    present,
    promise,
    standings,
    usual,
)
from prospect_aggregate.web.ask import SHELVES, Ask, ask_of
from prospect_aggregate.web.back import Back, back_of
from prospect_aggregate.web.context import frame_of
from prospect_aggregate.web.facet_words import TITLES
from prospect_aggregate.web.listed import WORDS, listed
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.shelf import address_of, counts_of, look_at_sam, ordered
from prospect_aggregate.web.views.fits import verdict_of
from prospect_aggregate.web.views.selection import undo_of


@needs(Permission.SEE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who looks after the engine begins there."""
    return redirect("sources" if cast("Person", request.user).may(Permission.SEE_ENGINE) else "overview")


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    profile = company.profile()
    asked = ask_of(request.GET, today=timezone.now().date())
    if opening := usual.opening(request, asked, profile):
        return redirect(f"{request.path}?{opening.query}")
    ask = usual.settled(asked, profile)
    added = columns.known(cast("Person", request.user).columns)
    page = listed(ask, added=added, with_fit=profile is not None, cut=frame_of(request).cut)
    return render(request, "web/prospects.html", {
        "ask": ask, "page": page, "words": WORDS[ask.shelf], "shelf": SHELVES[ask.shelf],
        "has_profile": profile is not None, "usual": usual.chips(ask) if profile else [],
        "missing": [] if page.table else covered.missing(_words_of(ask), now=timezone.now()),
        "freeing": [] if page.table else _freeing(ask), "added": added, "columns": columns.COLUMNS,
        "undo": undo_of(request), "later": ask.but(page=ask.page + 1), "earlier": ask.but(page=ask.page - 1),
    })  # fmt: skip


def _freeing(ask: Ask) -> list[dict[str, Any]]:
    """What taking one filter off would bring, the most first; nothing where there is one alone."""
    names = ask.filters.asked if len(ask.filters.asked) > 1 else []
    found = [
        {"title": TITLES[name], "query": ask.freed(name),
         "count": entries(ask.on_shelf.without(name), day=ask.day).count()}
        for name in names
    ]  # fmt: skip
    return sorted((it for it in found if it["count"]), key=lambda it: -int(str(it["count"])))[:3]


def _words_of(ask: Ask) -> str:
    """The words that may name an agency: not those of other filters, as in `place:VA`."""
    named = (*ask.filters.agency, *ask.filters.component)
    return " ".join([query.naming(ask.text), *(name.strip('"') for name in named)])


@needs(Permission.SEE)
@require_safe
def newer(request: HttpRequest) -> HttpResponse:
    """What arrived while the list was being read: announced above it, never pushed into it."""
    since = request.GET.get("since", "")
    known = int(since) if since.isdigit() and len(since) < 19 else 0
    arrived = Run.objects.filter(status=Run.Status.SUCCEEDED, pk__gt=known).select_related("source")
    told = [run for run in arrived if run.new or run.changed or run.gone]
    return render(
        request,
        "web/parts/newer.html",
        {"arrived": told, "newest": known, "view": request.GET.get("view", "")},
    )


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, source: str, native_id: str) -> HttpResponse:
    ask = ask_of(QueryDict(request.GET.get("list", "")), today=timezone.now().date())
    found = Prospect.objects.on_shelves(ask.day).select_related("source", "last_run__artifact", "first_run")
    prospect = get_object_or_404(found, source__key=source, native_id=native_id)
    names = detail.names_of(prospect)
    changes = detail.changes_of(prospect, names.earlier)
    return render(request, "web/prospect.html", {
        "prospect": prospect, "ask": ask, "day": ask.day, "around": _around(ask, request.GET.get("n", ""), prospect),
        "facts": detail.facts_of(prospect, day=ask.day), "fields": detail.fields_of(prospect, day=ask.day),
        "never_published": detail.never_published(prospect), "worked_out": detail.WORKED_OUT,
        **_promise(slip_ledger.ledger_of(prospect, names.earlier, changes), ask.day),
        "people": detail.people_of(prospect), "names": names,
        "holder": awards.holder_of(prospect), "contracts": awards.contracts_of(prospect),
        **_history(prospect, names.earlier, changes), "overdue": overdue_days(prospect, day=ask.day),
        "reliability": standings.sentence_for(prospect, day=ask.day, horizon=HORIZONS[0]),
        "look": look_at_sam(prospect.solicitation_number or prospect.native_id),
        "left": None if names.pair else _left(prospect), "back": back_of(request) or _listed_at(request, ask, prospect),
        "verdict": verdict_of(prospect), **notebook.context_of(request, prospect, day=ask.day),
    })  # fmt: skip


def _listed_at(request: HttpRequest, ask: Ask, prospect: Prospect) -> Back:
    """The list of prospects, as it was asked for where it was opened from one."""
    words = "back to the list" if "list" in request.GET else "all prospects"
    return Back(f"{reverse('prospects')}?{ask.query}#p{prospect.pk}", words)


def _promise(entries: list[slip_ledger.Entry], day: date) -> dict[str, Any]:
    """What was promised when, as a list and as a picture, and the slip in all."""
    slip = entries[-1].slip
    return {
        "promises": promise.promised(entries, day=day),
        "picture": promise.picture_of(entries, day=day),
        "slip": slip,
        "slip_words": present.shift(slip.days, at_least=slip_ledger.is_bound(entries)),
    }


def _history(prospect: Prospect, earlier: list[Prospect], changes: list[Change]) -> dict[str, Any]:
    """In two parts, where the number may have been given to another requirement."""
    cut = joined.since_cut([prospect, *earlier])[0][1]
    since = [change for change in changes if not cut or change.at >= cut.at]
    before = [change for change in changes if cut and change.at < cut.at]
    return {
        "reuse": cut,
        "history": list(detail.history_of(since)),
        "history_before": list(detail.history_of(before)),
    }


def _left(prospect: Prospect) -> dict[str, Any] | None:
    """Between which editions it went; None while it is listed."""
    if prospect.left_at is None or prospect.state == Prospect.State.LISTED:
        return None
    return {"after": prospect.gone_seen_at, "at": prospect.left_at, "state": prospect.state}


def _around(ask: Ask, number: str, prospect: Prospect) -> dict[str, Any]:
    """Its neighbours on the list it was opened from, as long as it still stands where it stood."""
    if not number.isdigit() or not 0 < int(number) < 10**6:
        return {}
    place = int(number)
    start = max(place - 2, 0)
    rows = list(ordered(ask).values_list("pk", "source__key", "native_id")[start : place + 1])
    here = place - 1 - start
    if here >= len(rows) or rows[here][0] != prospect.pk:
        return {}
    before, after = rows[:here], rows[here + 1 :]
    return {
        "number": place,
        "count": counts_of(ask)[ask.shelf],
        "previous": address_of(*before[-1][1:], view=ask.query, number=place - 1) if before else "",
        "next": address_of(*after[0][1:], view=ask.query, number=place + 1) if after else "",
    }


def _kept_at(artifact: Artifact) -> Path:
    """Raises Http404 when it is not there, or could not be."""
    try:
        path = archive.path_of(artifact.sha256)
    except ValueError as error:
        raise Http404(str(error)) from error
    if not path.is_file():
        raise Http404(f"the archive lost {artifact.sha256}")
    return path


@needs(Permission.SEE)
@require_safe
def download(request: HttpRequest, artifact: int) -> HttpResponseBase:  # noqa: ARG001
    """The bytes as they came, to keep, never to open here: they are the agency's, not ours."""
    kept = get_object_or_404(Artifact.objects.select_related("source"), pk=artifact)
    path = _kept_at(kept)
    name = kept.filename or f"{kept.source.key}-{kept.fetched_at:%Y-%m-%d}-{kept.sha256[:12]}"
    kind = "application/octet-stream"  # said out loud, or Django guesses it from the name
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)
