"""What the team writes down about prospects."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F

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
        return self.create(prospect=prospect, text=note_text(text), by=by, at=now)

    def rewrite(self, text: str, *, now: datetime) -> bool:
        """Keeps the text that stood, so that it can come back. Raises UnfitNoteError."""
        return bool(self.standing().update(before=F("text"), text=note_text(text), edited_at=now))

    def unwrite(self) -> bool:
        """Back to the text before the last edit."""
        return bool(
            self.standing().exclude(before=None).update(text=F("before"), before=None, edited_at=None)
        )

    def delete_softly(self, *, now: datetime) -> bool:
        return bool(self.standing().update(deleted_at=now))

    def restore(self) -> bool:
        return bool(self.exclude(deleted_at=None).update(deleted_at=None))


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
