"""What stands beside one prospect for a reader: whether they watch it, the team's tags, notes and decisions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.decided import Moved, moved_since
from prospect_aggregate.web.models import Decision, Note, Person, Tag, Watch

KEPT_UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done in words, and the act that takes it back."""

    words: str
    address: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notebook:
    prospect: Prospect
    watching: bool
    tags: list[Tag]
    notes: list[Note]
    decisions: list[Decision]
    """The first one holds."""
    moved: list[Moved]
    """Since the one that holds."""
    known_tags: list[str]

    @property
    def decision(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None


def notebook_of(prospect: Prospect, person: Person, *, day: date) -> Notebook:
    decisions = list(Decision.objects.on(prospect))
    return Notebook(
        prospect,
        Watch.objects.of(person).filter(prospect=prospect).exists(),
        list(Tag.objects.on(prospect).select_related("by")),
        list(Note.objects.on(prospect)),
        decisions,
        moved_since(decisions[0], prospect, day=day) if decisions else [],
        Tag.objects.names(),
    )


def context_of(request: HttpRequest, prospect: Prospect, *, day: date) -> dict[str, Any]:
    """For the page and for its part; what a page without script did is taken back once."""
    person = cast("Person", request.user)
    return {
        "notebook": notebook_of(prospect, person, day=day),
        "verdicts": Decision.Verdict.choices,
        "undo": _kept_undo(request, prospect),
        "here": here(request, prospect),
    }


def here(request: HttpRequest, prospect: Prospect) -> str:
    """The page of the prospect, as it was opened from its list: what is done there keeps the way back."""
    page = reverse("prospect", args=[prospect.source.key, prospect.native_id])
    asked = request.POST.get("next", request.get_full_path())
    return asked if asked.partition("?")[0] == page else page


def keep_undo(request: HttpRequest, prospect: Prospect, undo: Undo) -> None:
    """For the next page, which a browser without script asks for."""
    request.session[KEPT_UNDO] = [prospect.pk, undo.words, undo.address, undo.fields]


def _kept_undo(request: HttpRequest, prospect: Prospect) -> Undo | None:
    if KEPT_UNDO not in request.session:
        return None
    number, *undo = request.session.pop(KEPT_UNDO)
    return Undo(*undo) if number == prospect.pk else None
