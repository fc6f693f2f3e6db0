"""What is done with several prospects chosen from the list: watched, tagged or decided at once, and taken back."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.ask import ask_of, number_of
from prospect_aggregate.web.decided import decide_on
from prospect_aggregate.web.models import Decision, Person, Tag, Watch
from prospect_aggregate.web.models.decisions import UnfitDecisionError
from prospect_aggregate.web.models.tags import UnfitTagError, tag_name
from prospect_aggregate.web.notebook import Undo
from prospect_aggregate.web.permissions import Permission, needs
from prospect_aggregate.web.selection import NAME, chosen, keys_of

KEPT_UNDO = "undo of selection"
NOTHING = "Choose rows first: the box at the beginning of each, or x."


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def watch(request: HttpRequest) -> HttpResponse:
    """Those not watched yet; `on=0` takes it back."""
    person, on = cast("Person", request.user), request.POST.get("on", "1") == "1"
    watched = set(Watch.objects.of(person).values_list("prospect", flat=True))
    moved = [it for it in chosen(keys_of(request.POST)) if (it.pk in watched) is not on]
    for prospect in moved:
        Watch.objects.set(person, prospect, on=on, now=timezone.now())
    words = f"You watch {_count(moved)} more." if on else f"You do not watch {_count(moved)} any more."
    return _done(request, moved, Undo(words, reverse("selection-watch"), {"on": "0" if on else "1"}))


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def tag(request: HttpRequest) -> HttpResponse:
    """Those that do not have it yet; `off=1` takes it back."""
    off = request.POST.get("off") == "1"
    try:
        name = tag_name(request.POST.get("name", ""))
    except UnfitTagError as error:
        messages.error(request, f"{str(error).capitalize()}.")
        return _back(request)
    tagged = set(Tag.objects.filter(name=name).values_list("prospect", flat=True))
    moved = [it for it in chosen(keys_of(request.POST)) if (it.pk in tagged) is off]
    for prospect in moved:
        _set_tag(request, prospect, name, off=off)
    words = f"“{name}” is taken off {_count(moved)}." if off else f"Tagged {_count(moved)} “{name}”."
    return _done(
        request, moved, Undo(words, reverse("selection-tag"), {"name": name, "off": "0" if off else "1"})
    )


def _set_tag(request: HttpRequest, prospect: Prospect, name: str, *, off: bool) -> None:
    if off:
        Tag.objects.take_off(prospect, name)
    else:
        Tag.objects.add(prospect, name, by=cast("Person", request.user), now=timezone.now())


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """The same of each, for one reason; `made` takes back decisions of one's own."""
    person, now = cast("Person", request.user), timezone.now()
    if made := request.POST.get("made"):
        back = [it for it in made.split() if (number := number_of(it)) and _is_back(number, person, now)]
        messages.success(request, f"{_many(len(back), 'decision')} taken back.")
        return _back(request)
    if not (prospects := chosen(keys_of(request.POST))):
        return _refused(request)
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    try:
        decisions = decide_on(prospects, verdict, reason, by=person, now=now)
    except UnfitDecisionError as error:
        messages.error(request, f"Nothing was decided: {error}.")
        return _back(request)
    numbers = " ".join(str(decision.pk) for decision in decisions)
    words = f"{Decision.Verdict(verdict).label} for {_count(prospects)}."
    return _done(request, prospects, Undo(words, reverse("selection-decide"), {"made": numbers}))


def _is_back(number: int, person: Person, now: datetime) -> bool:
    return Decision.objects.take_back(number, by=person, now=now)


def undo_of(request: HttpRequest) -> Undo | None:
    """Of what was just done, for the list that is shown after it; once."""
    kept = request.session.pop(KEPT_UNDO, None)
    return Undo(*kept) if kept else None


def _done(request: HttpRequest, moved: list[Prospect], undo: Undo) -> HttpResponse:
    if not keys_of(request.POST):
        return _refused(request)
    keys = "\n".join(prospect.key for prospect in moved)
    if moved:
        request.session[KEPT_UNDO] = [undo.words, undo.address, {**undo.fields, NAME: keys}]
    else:
        messages.info(request, "All of them were so already.")
    return _back(request)


def _refused(request: HttpRequest) -> HttpResponse:
    messages.error(request, NOTHING)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('prospects')}?{_view(request)}")


def _view(request: HttpRequest) -> str:
    """The list's address as we write it, whatever was sent."""
    return ask_of(QueryDict(request.POST.get("view", "")), today=timezone.now().date()).query


def _count(prospects: list[Prospect]) -> str:
    return _many(len(prospects), "prospect")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
