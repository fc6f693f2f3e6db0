"""What the team writes down about prospects."""

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models.people import Person
from prospect_aggregate.web.models.texts import storable

LONGEST_NOTE = 5000


class UnfitNoteError(ValueError):
    """A note that cannot be; the message says what one is."""


class NotYoursError(Exception):
    """Somebody else wrote or decided it, or it is gone already."""


class NoteQuerySet(models.QuerySet["Note"]):
    def standing(self) -> Self:
        return self.filter(deleted_at=None)

    def on(self, prospect: Prospect) -> Self:
        return self.standing().filter(prospect=prospect).select_related("by")

    def own(self, number: int, person: Person) -> Self:
        """That note, if this person wrote it."""
        return self.filter(pk=number, by=person)

    def write(self, prospect: Prospect, text: str, *, by: Person, now: datetime) -> "Note":
        """Raises UnfitNoteError."""
        kept = note_text(text)
        with transaction.atomic():
            note = self.create(prospect=prospect, text=kept, by=by, at=now)
            audit.record("write note", "note", note.pk, after={"prospect": prospect.key})
        return note

    def rewrite(self, text: str, *, now: datetime) -> bool:
        """Keeps the text that stood, so that it can come back. Raises UnfitNoteError."""
        return self.standing()._change("edit note", before=F("text"), text=note_text(text), edited_at=now)

    def unwrite(self) -> bool:
        """Back to the text before the last edit."""
        written = self.standing().exclude(before=None)
        return written._change("take back edit of note", text=F("before"), before=None, edited_at=None)

    def delete_softly(self, *, now: datetime) -> bool:
        return self.standing()._change("delete note", deleted_at=now)

    def restore(self) -> bool:
        return self.exclude(deleted_at=None)._change("restore note", deleted_at=None)

    def _change(self, act: str, **facts: Any) -> bool:
        """The log says that somebody did it, not what the note says: what is deleted is not to live on there."""
        with transaction.atomic():
            found = list(self.select_related("prospect__source"))
            done = bool(self.update(**facts))
            for note in found if done else []:
                audit.record(act, "note", note.pk, after={"prospect": note.prospect.key})
        return done


class Note(models.Model):
    """The team's, with who wrote it and when; only its author edits or deletes it."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="notes")
    text = models.TextField()
    before = models.TextField(null=True)
    """The text before the last edit."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


def note_text(text: str) -> str:
    """Raises UnfitNoteError."""
    kept = storable(text).replace("\r\n", "\n").strip()
    if not kept or len(kept) > LONGEST_NOTE:
        raise UnfitNoteError(f"a note has 1 to {LONGEST_NOTE:,} letters")
    return kept
