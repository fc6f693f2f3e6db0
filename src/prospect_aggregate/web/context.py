"""What every page stands in: the bar, the strip, how this reader likes it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from prospect_aggregate.collection import homes
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.seen import Unseen, mark_of
from prospect_aggregate.web.states import State, states


@dataclass(frozen=True)
class Frame:
    """Worked out only where a template asks: parts of pages have no bar."""

    now: datetime
    reader: Person | None = None

    @cached_property
    def cut(self) -> Cut:
        """Through what is told: what the page shows may be newer, never older."""
        return Cut.now()

    @cached_property
    def not_seen(self) -> Unseen:
        """From the reader's mark to the cut; asked only of who is signed in."""
        reader = cast("Person", self.reader)
        return Unseen(reader, mark_of(reader), self.cut, self.now)

    @cached_property
    def unseen(self) -> int:
        """Changes that this reader has not marked seen."""
        return self.not_seen.count() if self.reader else 0

    @cached_property
    def states(self) -> list[State]:
        return states(now=self.now)

    @cached_property
    def troubled(self) -> list[State]:
        """Worst first."""
        return [state for state in self.states if state.troubled]

    @property
    def sample(self) -> bool:
        return sample_data()


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": frame_of(request)}


def frame_of(request: HttpRequest) -> Frame:
    """The same for a view and its template: what both need is asked once."""
    known: Frame | None = getattr(request, "frame", None)
    if known is None:
        known = Frame(timezone.now(), request.user if isinstance(request.user, Person) else None)
        request.frame = known  # type: ignore[attr-defined]  # as middleware of others adds theirs
    return known


def sample_data() -> bool:
    """Whether this home holds sample data, for good, since its first start."""
    kind: homes.Kind | None = cache.get("home")
    if kind is None and (kind := homes.kind()):
        cache.set("home", kind, timeout=None)
    return kind is homes.Kind.SAMPLE
