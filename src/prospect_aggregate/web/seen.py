"""What a reader has not seen: since they marked seen, or in the last two weeks where they never did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.consequence import Concern
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.prospects.feed import Feed, Narrow, came_since, count_loud, feed_of
from prospect_aggregate.web.decided import hanging
from prospect_aggregate.web.models import Person, Seen
from prospect_aggregate.web.scopes import watched_by

FIRST = timedelta(days=14)
"""What who never marked anything is shown."""


class NotTheLastError(ValueError):
    """A mark that cannot be undone; the message says what to undo first."""


@dataclass(frozen=True)
class Unseen:
    """From the reader's mark to a cut taken now: what a page shows is exactly what its button marks."""

    person: Person
    mark: Seen | None
    cut: Cut
    now: datetime

    @classmethod
    def by(cls, person: Person, *, now: datetime) -> "Unseen":
        return cls(person, mark_of(person), Cut.now(), now)

    @property
    def since(self) -> datetime:
        """For who never marked anything, a whole number of days: what is asked within a day is one question."""
        if self.mark:
            return self.mark.at
        return (self.now - FIRST).replace(hour=0, minute=0, second=0, microsecond=0)

    @cached_property
    def condition(self) -> Q:
        return self.cut.within & (self.mark.cut.beyond if self.mark else came_since(self.since))

    @cached_property
    def watched(self) -> frozenset[int]:
        """Asked for once a page."""
        return watched_by(self.person)

    @cached_property
    def concern(self) -> Concern:
        """What needs a look of theirs, whatever it is."""
        return self.concern_in(self.condition)

    def concern_in(self, these: Q) -> Concern:
        return Concern(self.watched, hanging(these))

    def feed(self, narrow: Narrow, *, whole: bool = False) -> Feed:
        return feed_of(self.condition, narrow, self.concern, whole=whole)

    def count(self) -> int:
        """Every page asks: kept for a minute, or until an edition comes in, a mark or a watch is set.

        What is decided counts within that minute: it changes what stands where when an edition comes in.
        """
        begun = self.mark.pk if self.mark else f"{self.since:%Y-%m-%d}"
        key = f"unseen:{self.person.pk}:{begun}:{self.cut}:{hash(self.watched)}"
        kept: int | None = cache.get(key)
        if kept is None:
            cache.set(key, kept := count_loud(self.condition, self.concern), timeout=60)
        return kept


def mark_of(person: Person) -> Seen | None:
    return Seen.objects.of(person.pk).standing().first()


def mark_seen(person: Person, cut: Cut, *, now: datetime) -> Seen:
    """Everything before the cut was seen. A page from before the last mark takes nothing of it back."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        last, newest = mark_of(person), Cut.now().newest
        cut = Cut(min(cut.newest, newest), cut.open_runs)
        if last and not cut.goes_further_than(last.cut):
            return last
        mark = Seen.objects.create(person=person, at=now, newest=cut.newest, open_runs=sorted(cut.open_runs))
        audit.record("mark seen", "mark", mark.pk, after={"upto": cut.newest})
        return mark


def undo(person: Person, number: int, *, now: datetime) -> Seen:
    """The mark before it counts again. Raises LookupError, NotTheLastError; undone twice is undone."""
    mark = Seen.objects.of(person.pk).filter(pk=number).first()
    if mark is None:
        raise LookupError(f"you have no mark {number}")
    if later := Seen.objects.of(person.pk).standing().filter(pk__gt=number).first():
        raise NotTheLastError(f"you marked seen again since; undo mark {later.pk} first")
    with transaction.atomic():
        if Seen.objects.of(person.pk).standing().filter(pk=number).update(undone_at=now):
            audit.record("take back mark", "mark", number)
    return Seen.objects.get(pk=number)
