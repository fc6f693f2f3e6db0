"""How complete the picture is: the quality of one source field by field, and the coverage of the government."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.collection.coverage import GOVERNMENT_LIST, WORDS
from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects.quality import FieldQuality, quality_of, summary
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web import covered
from prospect_aggregate.web.detail import NAMES
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.states import states

LABELS = {**NAMES, "place_state": "State of performance"}


@needs(Permission.SEE)
@require_safe
def quality(request: HttpRequest, key: str) -> HttpResponse:
    """Fields of which something is not read stand first, then in the order of a prospect's page."""
    source = _source(key)
    fields = quality_of(source)
    published = [field for field in fields if field.published is not None]
    return render(request, "web/quality.html", {
        "source": source, "listed": fields[0].listed, "summary": summary(fields), "fields": _worst_first(published),
        "labels": LABELS, "unpublished": [LABELS[field.name] for field in fields if field.published is None],
        "troubled": [state for state in states(now=timezone.now()) if state.troubled and state.source.key == key],
    })  # fmt: skip


def _source(key: str) -> Source:
    """Registered sources that were never asked for have no row yet; looking at them makes none."""
    known = Source.objects.filter(key=key).first()
    if known is None and key not in scraper_registry:
        raise Http404(f"no source {key}")
    return known or Source(key=key, name=scraper_registry.get(key).name)


def _worst_first(fields: list[FieldQuality]) -> list[FieldQuality]:
    return sorted(fields, key=lambda field: -(field.unread or 0))


@needs(Permission.SEE)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    summary, rows = covered.rows(now=timezone.now())
    wanted, text = request.GET.get("status", ""), request.GET.get("q", "").strip()
    return render(request, "web/coverage.html", {
        "summary": summary, "rows": [row for row in rows if _matches(row, wanted, text)], "all": len(rows),
        "wanted": wanted, "text": text, "statuses": WORDS, "government_list": GOVERNMENT_LIST,
    })  # fmt: skip


def _matches(row: covered.Row, status: str, text: str) -> bool:
    """Words are found by their beginnings: `epa` is in no `department`."""
    words = f"{row.entry.agency} {row.entry.component} {row.entry.short}".casefold().split()
    found = all(any(word.startswith(part) for word in words) for part in text.casefold().split())
    return found and status in ("", row.entry.status)
