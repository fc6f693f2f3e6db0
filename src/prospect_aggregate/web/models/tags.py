"""Words that the team gives to prospects, to find them again."""

from datetime import datetime
from typing import Self

from django.db import models, transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.models.people import Person

LONGEST_TAG = 40


class UnfitTagError(ValueError):
    """A tag that cannot be; the message says what one is."""


class TagQuerySet(models.QuerySet["Tag"]):
    def on(self, prospect: Prospect) -> Self:
        return self.filter(prospect=prospect)

    def names(self) -> list[str]:
        """Every tag in use, each once."""
        return sorted(self.order_by().values_list("name", flat=True).distinct())

    def add(self, prospect: Prospect, name: str, *, by: Person, now: datetime) -> str:
        """The tag as it is kept; one that is there already stays whose it was. Raises UnfitTagError."""
        kept = tag_name(name)
        with transaction.atomic():
            if self.get_or_create(prospect=prospect, name=kept, defaults={"by": by, "at": now})[1]:
                audit.record("tag", "prospect", prospect.key, after={"tag": kept})
        return kept

    def take_off(self, prospect: Prospect, name: str) -> bool:
        kept = tag_name(name)
        with transaction.atomic():
            done = bool(self.on(prospect).filter(name=kept).delete()[0])
            if done:
                audit.record("take tag off", "prospect", prospect.key, before={"tag": kept})
        return done


class Tag(models.Model):
    """The team's: everybody sees it, with who gave it and when."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=LONGEST_TAG)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["prospect", "name"], name="tag_once")]
        indexes = [models.Index(fields=["name"], name="tag_by_name")]

    def __str__(self) -> str:
        return self.name


def tag_name(text: str) -> str:
    """One line in lower case, so that a word is one tag. Raises UnfitTagError."""
    name = " ".join(text.split()).casefold()
    if not name or len(name) > LONGEST_TAG or not name.isprintable():
        raise UnfitTagError(f"a tag has 1 to {LONGEST_TAG} letters")
    return name
