"""What a reader does with one prospect: watch it, tag it, note something, decide; done at once, with an undo."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web import notebook
from prospect_aggregate.web.decided import decide as decide_on
from prospect_aggregate.web.models import Decision, Note, Person, Tag, Watch
from prospect_aggregate.web.models.decisions import UnfitDecisionError
from prospect_aggregate.web.models.notes import NotYoursError, UnfitNoteError
from prospect_aggregate.web.models.tags import UnfitTagError
from prospect_aggregate.web.notebook import Undo
from prospect_aggregate.web.permissions import Permission, needs

REFUSALS = (NotYoursError, UnfitDecisionError, UnfitNoteError, UnfitTagError)
TOO_LATE = "that cannot be done: it is gone already, or not yours"
Act = Callable[[HttpRequest, Prospect], Undo | None]


@needs(Permission.KEEP_ONES_OWN)
@require_POST
def watch(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, _prospect(number), _watch)


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def tag(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, _prospect(number), _untag if "off" in request.POST else _tag)


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, _prospect(number), _note)


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, _prospect(number), _decide)


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def edit_note(request: HttpRequest, number: int) -> HttpResponse:
    """One's own."""
    found = _note_numbered(number)
    return _done(request, found.prospect, lambda request, _: _edit(request, found))


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def undo_note(request: HttpRequest, number: int) -> HttpResponse:
    """One's own: gone again, back again, or back to what it said before."""
    found = _note_numbered(number)
    return _done(request, found.prospect, lambda request, _: _take_back(request, found))


@needs(Permission.DECIDE_ON_PROSPECTS)
@require_POST
def undo_decision(request: HttpRequest, number: int) -> HttpResponse:
    """One's own; the one before it holds again."""
    decision = get_object_or_404(Decision.objects.select_related("prospect__source"), pk=number)
    return _done(request, decision.prospect, lambda request, _: _undecide(request, decision))


def _prospect(number: int) -> Prospect:
    return get_object_or_404(Prospect.objects.select_related("source"), pk=number)


def _note_numbered(number: int) -> Note:
    return get_object_or_404(Note.objects.select_related("prospect__source"), pk=number)


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _done(request: HttpRequest, prospect: Prospect, act: Act) -> HttpResponse:
    """The part anew for a page with script, the whole page for one without."""
    try:
        undo, refusal = act(request, prospect), ""
    except REFUSALS as error:
        undo, refusal = None, f"{str(error).capitalize()}."
    if getattr(request, "htmx", False):
        shown = notebook.context_of(request, prospect, day=timezone.now().date())
        return render(request, "web/parts/notebook_anew.html", {**shown, "undo": undo, "refusal": refusal})
    if refusal:
        messages.error(request, refusal)
    elif undo:
        notebook.keep_undo(request, prospect, undo)
    return redirect(f"{notebook.here(request, prospect)}#notebook")


def _watch(request: HttpRequest, prospect: Prospect) -> Undo:
    on = request.POST.get("on") == "1"
    Watch.objects.set(_person(request), prospect, on=on, now=timezone.now())
    address = reverse("notebook-watch", args=[prospect.pk])
    return Undo(
        "You watch this." if on else "You do not watch this any more.", address, {"on": "0" if on else "1"}
    )


def _tag(request: HttpRequest, prospect: Prospect) -> Undo:
    name = Tag.objects.add(prospect, request.POST.get("name", ""), by=_person(request), now=timezone.now())
    return Undo(f"Tagged “{name}”.", reverse("notebook-tag", args=[prospect.pk]), {"name": name, "off": "1"})


def _untag(request: HttpRequest, prospect: Prospect) -> Undo:
    name = request.POST.get("name", "")
    if not Tag.objects.take_off(prospect, name):
        raise NotYoursError(TOO_LATE)
    return Undo(f"“{name}” is taken off.", reverse("notebook-tag", args=[prospect.pk]), {"name": name})


def _note(request: HttpRequest, prospect: Prospect) -> Undo:
    text = request.POST.get("text", "")
    written = Note.objects.write(prospect, text, by=_person(request), now=timezone.now())
    return _undo_of_note("Noted.", written, "delete")


def _edit(request: HttpRequest, note: Note) -> Undo:
    own, now = Note.objects.own(note.pk, _person(request)), timezone.now()
    deleting = "delete" in request.POST
    done = (
        own.standing().delete_softly(now=now)
        if deleting
        else own.rewrite(request.POST.get("text", ""), now=now)
    )
    if not done:
        raise NotYoursError(TOO_LATE)
    return _undo_of_note("The note is deleted.", note, "restore") if deleting else _undo_of_note(
        "The note is changed.", note, "unwrite"
    )  # fmt: skip


def _take_back(request: HttpRequest, note: Note) -> None:
    own = Note.objects.own(note.pk, _person(request))
    back = {"delete": lambda: own.standing().delete_softly(now=timezone.now()),
            "restore": own.restore, "unwrite": own.unwrite}  # fmt: skip
    done = back.get(request.POST.get("how", ""))
    if done is None or not done():
        raise NotYoursError(TOO_LATE)


def _undo_of_note(words: str, note: Note, how: str) -> Undo:
    return Undo(words, reverse("note-undo", args=[note.pk]), {"how": how})


def _decide(request: HttpRequest, prospect: Prospect) -> Undo:
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    decision = decide_on(prospect, verdict, reason, by=_person(request), now=timezone.now())
    return Undo(f"Decided: {decision.get_verdict_display()}.", reverse("decision-undo", args=[decision.pk]))


def _undecide(request: HttpRequest, decision: Decision) -> None:
    if not Decision.objects.take_back(decision.pk, by=_person(request), now=timezone.now()):
        raise NotYoursError(TOO_LATE)
