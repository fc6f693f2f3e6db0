"""What becomes of a run that failed, as the policy table decided it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

TRANSIENT = "transient"
"""The kind of a failure that passes by itself: the agency's server, or the way to it."""


class Site(Enum):
    """How the agency's site stands, as far as it matters for what becomes of a failure."""

    OPEN = auto()
    DOWN = auto()
    """It did not let the newest other request in, or never answered it."""
    NOT_ASKED = auto()
    """A person gave the file: reading it again would find the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The final status of this attempt, and when there is another one."""

    status: str
    kind: str
    """What a page or a program calls the failure: `transient`, `blocked`, `layout_changed`, …"""
    retry_at: datetime | None = None
    """When the next attempt may start; None when there is none."""
    tell: bool = False
    """Whether an operator must know."""
    says: str = ""
    """What to tell where the error's own words tell nothing."""


class FencedError(Exception):
    """Somebody else ended this run; whatever it was about to write must not be written."""


class LostError(Exception):
    """A worker died with the run in its hands."""


class MemoryLimitError(Exception):
    """A run took more memory than one may."""


class AlreadyEndedError(ValueError):
    """A run that has its final status keeps it."""


class OutOfOrderError(ValueError):
    """The edition is not later than the newest one kept."""


def one_line(error: BaseException) -> str:
    """What it says, for a log or a list; its type where it says nothing."""
    return " ".join(str(error).split()) or type(error).__name__
