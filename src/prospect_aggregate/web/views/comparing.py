"""Two to four prospects side by side: every field, and in words where they differ."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web import detail
from prospect_aggregate.web.ask import ask_of
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.selection import chosen, keys_of

MOST_BESIDE = 4
ABSENT = detail.Field("", "", "not on its list", [], "unpublished")


@dataclass(frozen=True, slots=True)
class Row:
    """One field of each, in their order; `word` says whether they differ."""

    label: str
    fields: list[detail.Field]
    word: str


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest) -> HttpResponse:
    day = timezone.now().date()
    prospects = chosen(keys_of(request.GET))
    shown = prospects[:MOST_BESIDE]
    rows = compared(shown, day=day)
    return render(request, "web/compare.html", {
        "prospects": shown, "rows": rows, "left_out": len(prospects) - len(shown),
        "differing": sum(row.word == "differs" for row in rows),
        "ask": ask_of(QueryDict(request.GET.get("view", "")), today=day),
    })  # fmt: skip


def compared(prospects: list[Prospect], *, day: date) -> list[Row]:
    """Every field that one of them has, in the order of a prospect's page."""
    by_name = [{field.name: field for field in detail.fields_of(each, day=day)} for each in prospects]
    names = [(label, name) for label, name, _ in detail.FIELDS if any(name in fields for fields in by_name)]
    return [_row(label, [fields.get(name, ABSENT) for fields in by_name]) for label, name in names]


def _row(label: str, fields: list[detail.Field]) -> Row:
    """What is not known of one differs from nothing."""
    if any(field.lack for field in fields):
        known = {field.read for field in fields if not field.lack}
        return Row(label, fields, "differs" if len(known) > 1 else "not known of all")
    return Row(label, fields, "differs" if len({field.read for field in fields}) > 1 else "the same")
