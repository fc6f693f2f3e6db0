"""What can go wrong while reading an agency, named after what to do about it.

    ScraperError
    ├── TransientError        try again later
    │   ├── BusyError         … but not before the time the agency named
    │   └── AskLessError      … or for less: a smaller page may be answered at once
    ├── BlockedError          stop and tell a person: the agency does not let us in
    ├── LayoutChangedError    the code must change; trying again is useless
    ├── NotForecastError      a bare function returned something that is not drafts
    └── RowError              skip this row, keep it with its reason, count it
        └── KeylessRowError   … it has no number of its own; many of them mean a lost column

The task layer decides by type (`tasks/policy.py`), never by reading the message.
"""

from collections.abc import Mapping
from datetime import datetime


class ScraperError(Exception):
    """Base of everything a scraper raises on purpose.

    `evidence` is what was seen instead (status, address, type, size, title, text), for a person to look at.
    """

    def __init__(self, message: str, *, evidence: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.evidence = dict(evidence or {})


class TransientError(ScraperError):
    """Try again later: a server error, a time-out, a cut-off download."""


class BusyError(TransientError):
    """Try again, but not before `retry_at` (the agency's Retry-After, as aware UTC)."""

    def __init__(
        self, message: str, *, retry_at: datetime, evidence: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, evidence=evidence)
        self.retry_at = retry_at


class AskLessError(TransientError):
    """Ask for a smaller page, or try again later: the server gave up in the middle of its answer (HTTP 504)."""


class BlockedError(ScraperError):
    """A person must look: 403, a challenge or sign-in page, a page where a file should be, robots.txt."""


class LayoutChangedError(ScraperError):
    """The code must change: a heading is missing, or nothing here looks like the list we know."""


class NotForecastError(ScraperError):
    """A bare function returned neither drafts nor None."""


class RowError(ScraperError):
    """This row cannot become a draft; it is kept whole with this reason."""


class KeylessRowError(RowError):
    """This row has no number by which it could be known again."""
