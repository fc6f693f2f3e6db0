"""A held edition before a person: what it would do and why it is held, then the decision, and taking it back."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prospect_aggregate import review
from prospect_aggregate.collection import held
from prospect_aggregate.collection.held import CannotRuleError
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.prospects.difference import Difference, Share
from prospect_aggregate.review import UnreadableError
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.web import acts, evidence, holdings, present, sentences
from prospect_aggregate.web.evidence import Part
from prospect_aggregate.web.headings import headings_of
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.shelf import promises_of

OFFICES_SHOWN = 6  # the others are counted
Verdict = Ruling.Verdict


@needs(Permission.DECIDE_ON_EDITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the evidence, POST decides. What is decided already, by another hand or a second click, is shown."""
    run = _run(number)
    if request.method != "POST":
        return _page(request, run)
    if held.ruling_of(run):
        return redirect("review", run.pk)
    try:
        ruling = _decide(run, request.POST, by=request.user.get_username())
    except (CannotRuleError, UnknownNameError) as error:
        return _page(request, run, status=409, error=str(error), given=request.POST)
    if ruling.admitted is None:
        messages.success(request, f"The edition of run {run.pk} is kept out.")
        return redirect("review", run.pk)
    messages.success(
        request, f"Run {ruling.admitted.pk} was asked for; it lets the edition of run {run.pk} in."
    )
    return redirect("run", ruling.admitted.pk)


def _decide(run: Run, given: QueryDict, *, by: str) -> Ruling:
    """Raises CannotRuleError for what is missing as for what cannot be."""
    verdict, reason, note = (given.get(name, "") for name in ("verdict", "reason", "note"))
    if verdict == Verdict.OUT:
        return review.keep_out(run, note=note, by=by, now=timezone.now())
    if verdict == Verdict.PARTIAL:
        return acts.let_in(run, reason=Ruling.Reason.PARTIAL_LIST, note=note, by=by, partial=True)
    if verdict != Verdict.WHOLE:
        raise CannotRuleError("choose one of the three")
    if reason not in sentences.REASONS:
        raise CannotRuleError("choose the reason why all of it is right")
    return acts.let_in(run, reason=Ruling.Reason(reason), note=note, by=by)


@needs(Permission.DECIDE_ON_EDITIONS)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    run = _run(number)
    try:
        review.take_back(held.last_ruling(run), by=request.user.get_username(), now=timezone.now())
    except CannotRuleError as error:
        messages.error(request, _without_commands(str(error)))
    else:
        messages.success(request, "Taken back: this edition waits for a decision again.")
    return redirect("review", run.pk)


@needs(Permission.DECIDE_ON_EDITIONS)
@require_safe
def leaving(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody who would leave, in pages, narrowed down to a part."""
    run, day = _run(number), timezone.now().date()
    try:
        would = evidence.difference_of(run, day=day)
    except (CannotRuleError, UnreadableError):
        return redirect("review", run.pk)  # which says why
    part = Part(**{name: request.GET.get(name, "") for name in ("office", "year", "dated")})
    found = evidence.leaving(run, would, part, number=request.GET.get("page", ""), day=day)
    return render(request, "web/review_leaving.html", {
        "run": run, "would": would, "page": found.page, "part": part,
        "rows": [(it, present.next_date(promises_of(vars(it)), day=day)) for it in found.prospects],
        "query": urlencode({name: value for name, value in asdict(part).items() if value}),
    })  # fmt: skip


def _run(number: int) -> Run:
    return get_object_or_404(Run.objects.select_related("source__last_good", "artifact"), pk=number)


def _page(
    request: HttpRequest, run: Run, *, status: int = 200, error: str = "", given: Any = None
) -> HttpResponse:
    """A decision that stands is shown, with its undo; else the way to one, or why there is none."""
    ruling, why_not = held.ruling_of(run), held.why_not(run)
    facts = {
        "run": run,
        "ruling": ruling,
        "can_undo": ruling and holdings.can_undo(ruling),
        "taken_back": run.rulings.exclude(undone_at=None),
        "why_not": why_not and _without_commands(why_not),
        "elsewhere": holdings.elsewhere(run),
        "error": error,
        "given": given or {},
        "failed": [finding for finding in run.verdict if not finding["passed"]],
        **_headings(run),
    }
    if why_not is None:
        facts |= _waiting(run)
    return render(request, "web/review.html", facts, status=status)


def _without_commands(said: str) -> str:
    """Where the command line names a command, the page has a link."""
    return said.partition("; `prospects")[0]


def _waiting(run: Run) -> dict[str, Any]:
    """What only a decision needs."""
    now, good = timezone.now(), run.source.last_good_at
    facts: dict[str, Any] = {
        "age": now - good if good else None,
        "again": holdings.served_again(run),
        "seen_last": held.seen_last(run),
        "held_before": holdings.held_before(run),
        "reasons": sentences.REASONS,
    }
    try:
        would = evidence.difference_of(run, day=now.date())
    except UnreadableError as error:
        return {**facts, "unreadable": str(error)}
    return {**facts, "would": would, **_shares(would)}


def _shares(would: Difference) -> dict[str, Any]:
    """Parts of the list beside what each would lose: a clean-up takes what has passed, half a file takes from all."""
    listed = would.unchanged + would.changed - would.back + would.gone
    passed = Share("passed", would.passed.gone, would.passed.listed)
    others = Share("open", would.gone - passed.gone, listed - passed.listed)
    rest = would.by_office[OFFICES_SHOWN:]
    return {
        "listed": listed,
        "of_gone": present.share(passed.gone, would.gone),
        "dates": [share for share in (passed, others) if share.listed],
        "offices": would.by_office[:OFFICES_SHOWN],
        "other_offices": len(rest),
        "other_gone": sum(each.gone for each in rest),
        "years": sorted(would.by_year, key=lambda it: it.name),
    }


def _headings(run: Run) -> dict[str, Any]:
    """Beside those of the newest edition that was let in."""
    good = (
        Run.objects.filter(edition__source=run.source)
        .exclude(pk=run.pk)
        .order_by("-edition__observed_at")
        .first()
    )
    headings = headings_of(good.headings, run.headings) if good else []
    return {
        "good": good,
        "headings": headings,
        "kept": sum(it.before is not None and it.now is not None for it in headings),
        "new_headings": sum(it.before is None for it in headings),
    }
