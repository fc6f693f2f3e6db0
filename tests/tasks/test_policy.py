"""The one table that says what becomes of a failure."""

import inspect
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from prospect_aggregate.collection.gate import QuarantinedError
from prospect_aggregate.collection.outcomes import LostError, Site
from prospect_aggregate.scrapers import errors
from prospect_aggregate.tasks.policy import POLICY, decide, rule_of

NOW = datetime(2026, 5, 13, 6, 0, tzinfo=UTC)
RAISED = [
    cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.ScraperError)
]


@pytest.mark.parametrize(
    ("error", "status", "again"),
    [
        (errors.TransientError("x"), "failed", True),
        (OSError("x"), "failed", True),
        (OperationalError("x"), "failed", True),
        (LostError("x"), "lost", True),
        (errors.BlockedError("x"), "blocked", False),
        (QuarantinedError([]), "quarantined", False),
        (errors.LayoutChangedError("x"), "failed", False),
        (errors.NotForecastError("x"), "failed", False),
        (KeyError("x"), "failed", False),
    ],
)
def test_each_kind_of_failure_has_its_outcome(error: Exception, status: str, *, again: bool) -> None:
    decision = decide(error, attempt=1, now=NOW)
    assert (decision.status, decision.retry_at is not None) == (status, again)


@pytest.mark.parametrize(
    "cls", [cls for cls in RAISED if cls is not errors.ScraperError and not issubclass(cls, errors.RowError)]
)
def test_no_error_of_ours_is_taken_for_a_mistake(cls: type[Exception]) -> None:
    assert rule_of(cls.__new__(cls)) is not POLICY[BaseException]


def test_attempts_are_bounded() -> None:
    attempts = [
        decide(errors.TransientError("x"), attempt=number, now=NOW).retry_at for number in range(1, 10)
    ]
    assert [at is not None for at in attempts] == [True] * 4 + [False] * 5


def test_waits_grow_and_are_spread() -> None:
    waits = [
        decide(errors.TransientError("x"), attempt=number, now=NOW).retry_at - NOW for number in (1, 2, 3)
    ]  # type: ignore[operator]
    assert waits == sorted(waits)
    many = {decide(errors.TransientError("x"), attempt=1, now=NOW).retry_at for _ in range(20)}
    assert len(many) > 1


def test_the_agencys_retry_after_wins() -> None:
    at = NOW + timedelta(hours=2)
    assert decide(errors.BusyError("x", retry_at=at), attempt=1, now=NOW).retry_at == at


def test_a_retry_after_of_years_is_cut_to_a_day() -> None:
    decision = decide(errors.BusyError("x", retry_at=NOW + timedelta(days=900)), attempt=1, now=NOW)
    assert decision.retry_at == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("error", "site", "status"),
    [
        (errors.TransientError("x"), Site.DOWN, "blocked"),
        (errors.BusyError("x", retry_at=NOW + timedelta(hours=2)), Site.DOWN, "blocked"),
        (OSError("x"), Site.DOWN, "blocked"),
        (errors.TransientError("x"), Site.NOT_ASKED, "failed"),
        (errors.BlockedError("x"), Site.NOT_ASKED, "failed"),
        (errors.BlockedError("x"), Site.DOWN, "blocked"),
    ],
)
def test_where_asking_again_is_vain_there_is_no_next_attempt(
    error: Exception, site: Site, status: str
) -> None:
    decision = decide(error, attempt=1, now=NOW, site=site)
    assert (decision.status, decision.retry_at) == (status, None)


@pytest.mark.parametrize("error", [OperationalError("x"), LostError("x")])
@pytest.mark.parametrize("site", list(Site))
def test_what_is_our_own_fault_is_tried_again_wherever_the_site_stands(error: Exception, site: Site) -> None:
    assert decide(error, attempt=1, now=NOW, site=site).retry_at is not None
