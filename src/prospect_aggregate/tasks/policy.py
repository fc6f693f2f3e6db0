"""What becomes of a run that failed: the one table, from the type of the error to status, next attempt and name."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from billiard.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded
from django.db import Error as DatabaseError

from prospect_aggregate.collection.gate import HeldAgainError, QuarantinedError
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.outcomes import TRANSIENT, Decision, LostError, MemoryLimitError, Site
from prospect_aggregate.scrapers.errors import (
    BlockedError,
    BusyError,
    LayoutChangedError,
    NotForecastError,
    TransientError,
)

Status = Run.Status
NEVER = ()
SOON = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
AT_ONCE = (timedelta(0), timedelta(0), timedelta(minutes=5))
LONGEST_RETRY_AFTER = timedelta(hours=24)
TOO_LONG = "it took longer than a collection may, and was ended"
JITTER = 0.2  # of the wait, so that sources that failed together do not come back together


@dataclass(frozen=True, slots=True)
class Rule:
    """`waits` before the second, third, … attempt; an attempt without a wait is the last one, and then it `tells`.

    Where the site stands as in `at_once`, there is no next attempt, and that is the status.
    """

    kind: str
    status: Run.Status
    waits: tuple[timedelta, ...]
    at_once: Mapping[Site, Run.Status] = field(default_factory=dict)
    tells: bool = True
    says: str = ""
    """In place of the error's own words, where those mean nothing to a person."""


AWAY = {Site.DOWN: Status.BLOCKED, Site.NOT_ASKED: Status.FAILED}
"""A site that stays away is tried once a slot, and stands as blocked."""


POLICY: Mapping[type[BaseException], Rule] = {
    # The agency's server or the way to it: it passes.
    TransientError: Rule(TRANSIENT, Status.FAILED, SOON, AWAY),
    OSError: Rule(TRANSIENT, Status.FAILED, SOON, AWAY),
    # Ours, and it passes: a database that is away, a worker that died.
    DatabaseError: Rule("database", Status.FAILED, SOON),
    LostError: Rule("lost", Status.LOST, AT_ONCE),
    # A person must look; asking again would only annoy.
    BlockedError: Rule("blocked", Status.BLOCKED, NEVER, {Site.NOT_ASKED: Status.FAILED}),
    QuarantinedError: Rule("quarantined", Status.QUARANTINED, NEVER),
    HeldAgainError: Rule(
        "quarantined", Status.QUARANTINED, NEVER, tells=False
    ),  # of these bytes they were told
    # The code must change.
    LayoutChangedError: Rule("layout_changed", Status.FAILED, NEVER),
    NotForecastError: Rule("not_forecast", Status.FAILED, NEVER),
    # It took too long once: perhaps the agency was slow.
    SoftTimeLimitExceeded: Rule("time_limit", Status.FAILED, SOON[2:3], says=TOO_LONG),
    TimeLimitExceeded: Rule("time_limit", Status.FAILED, SOON[2:3], says=TOO_LONG),
    # It would take as much again.
    MemoryLimitError: Rule("memory_limit", Status.FAILED, NEVER),
    # Anything else is a mistake in our code.
    BaseException: Rule("bug", Status.FAILED, NEVER),
}
"""Looked up by the error's class and its ancestors, nearest first."""


def rule_of(error: BaseException) -> Rule:
    """The nearest ancestor's rule."""
    return next(POLICY[ancestor] for ancestor in type(error).__mro__ if ancestor in POLICY)


def decide(error: BaseException, *, attempt: int, now: datetime, site: Site = Site.OPEN) -> Decision:
    """The decision for this attempt (1 is the first)."""
    rule = rule_of(error)
    if site in rule.at_once:
        tell = rule.tells and site is not Site.NOT_ASKED  # who gave the file is looking already
        return Decision(status=rule.at_once[site], kind=rule.kind, says=rule.says, tell=tell)
    if attempt > len(rule.waits):
        return Decision(status=rule.status, kind=rule.kind, says=rule.says, tell=rule.tells)
    retry_at = _when(error, rule.waits[attempt - 1], now)
    return Decision(status=rule.status, kind=rule.kind, says=rule.says, retry_at=retry_at)


def _when(error: BaseException, wait: timedelta, now: datetime) -> datetime:
    """The agency's own Retry-After wins over our back-off, within a day."""
    if isinstance(error, BusyError):
        return min(max(error.retry_at, now), now + LONGEST_RETRY_AFTER)
    return now + wait * random.uniform(1, 1 + JITTER)  # noqa: S311  # spreads load, hides nothing
