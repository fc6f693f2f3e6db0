"""What every page stands in: the bar, the strip, how this reader likes it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from prospect_aggregate.collection import homes
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.seen import Unseen
from prospect_aggregate.web.states import State, states


@dataclass(frozen=True)
class Frame:
    """Worked out only where a template asks: parts of pages have no bar."""

    now: datetime
    reader: Person | None = None

    @cached_property
    def unseen(self) -> int:
        """Changes that this reader has not marked seen."""
        return Unseen.by(self.reader, now=self.now).count() if self.reader else 0

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
    reader = request.user if isinstance(request.user, Person) else None
    return {"frame": Frame(timezone.now(), reader)}


def sample_data() -> bool:
    """Whether this home holds sample data, for good, since its first start."""
    return homes.kind() is homes.Kind.SAMPLE
