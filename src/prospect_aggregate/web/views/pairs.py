"""Likely pairs: the list of those that wait, and two prospects side by side with the question whether they are one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import pairs
from prospect_aggregate.prospects.models import Pair, PairQuerySet
from prospect_aggregate.prospects.pair_words import KINDS, evidence_words, is_contradicted
from prospect_aggregate.web import detail
from prospect_aggregate.web.permissions import Permission, needs

PAGE = 50
MARKS = {"=": "agree", "≈": "are alike or overlap", "≠": "differ"}
FACTS = {"naics_codes": "naics", "incumbent_name": "incumbent", "incumbent_contract": "incumbent"}
"""Field of a prospect → the fact of a pair's evidence, where they are called differently."""
ABSENT = detail.Field("", "", "no such heading", [], "unpublished")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of the two; `mark` is empty where one of them does not tell."""

    label: str
    older: str
    newer: str
    mark: str

    @property
    def word(self) -> str:
        return MARKS[self.mark]


@needs(Permission.SEE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asked = {"source": request.GET.get("source", ""), "show": request.GET.get("show", "")}
    page = Paginator(_found(**asked).with_both(), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/pairs.html", {
        "page": page, "asked": asked, "told": [(pair, evidence_words(pair)) for pair in page.object_list],
        "waiting": Pair.objects.waiting().count(), "decided": Pair.objects.exclude(verdict=None).count(),
        "sources": Source.objects.order_by("name"),
    })  # fmt: skip


def _found(source: str, show: str) -> PairQuerySet:
    pairs = Pair.objects.exclude(verdict=None) if show == "decided" else Pair.objects.waiting()
    return pairs.filter(newer__source__key=source) if source else pairs


@needs(Permission.SEE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    pair = get_object_or_404(Pair.objects.with_both(), pk=number)
    day = timezone.now().date()
    under = pairs.will_stand_under(pair)
    return render(request, "web/pair.html", {
        "pair": pair, "told": evidence_words(pair), "how": KINDS[Pair.Kind(pair.kind)], "under": under,
        "above": pair.newer if under == pair.older else pair.older, "contradicted": is_contradicted(pair),
        "fields": compared(pair, day=day), **_around(pair),
    })  # fmt: skip


def compared(pair: Pair, *, day: date) -> list[Compared]:
    """Every field that one of them has, in the order of a prospect's page; numbers differ anyhow."""
    older, newer = (
        {field.label: field for field in detail.fields_of(prospect, day=day)}
        for prospect in (pair.older, pair.newer)
    )
    alike = {"title", *pair.evidence["agree"]}
    rows = []
    for label, field, _ in detail.FIELDS[1:]:
        if label in older or label in newer:
            one, other = older.get(label, ABSENT), newer.get(label, ABSENT)
            mark = _mark(one, other, is_alike=FACTS.get(field, field) in alike)
            rows.append(Compared(label, one.read, other.read, mark))
    return rows


def _mark(one: detail.Field, other: detail.Field, *, is_alike: bool) -> str:
    if one.lack or other.lack:
        return ""
    if one.read == other.read:
        return "="
    return "≈" if is_alike else "≠"


def _around(pair: Pair) -> dict[str, Any]:
    """The waiting ones before and after it, the newest first as on the list."""
    waiting = list(Pair.objects.waiting().values_list("pk", flat=True))
    later = [number for number in waiting if number > pair.pk]
    earlier = [number for number in waiting if number < pair.pk]
    return {
        "previous": later[-1] if later else None,
        "following": earlier[0] if earlier else None,
        "waiting": len(waiting),
    }


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Then the next one that waits."""
    pair = get_object_or_404(Pair.objects.with_both(), pk=number)
    verdict, note = request.POST.get("verdict", ""), request.POST.get("note", "")
    if verdict not in Pair.Verdict.values:
        return redirect("pair", pair.pk)
    try:
        decided = pairs.decide(pair, Pair.Verdict(verdict), by=request.user.get_username(), note=note,
                               now=timezone.now())  # fmt: skip
    except pairs.CannotPairError as error:
        messages.error(request, str(error).capitalize() + ".")
        return redirect("pair", pair.pk)
    messages.success(request, _said(decided))
    following = Pair.objects.waiting().first()
    return redirect("pair", following.pk) if following else redirect("pairs")


def _said(pair: Pair) -> str:
    title = pair.newer.title
    if pair.verdict == Pair.Verdict.SAME:
        return f"Pair {pair.pk}, “{title}”: one purchase. Decide it again to take that back."
    return f"Pair {pair.pk}, “{title}”: two purchases. They are not suggested again."
