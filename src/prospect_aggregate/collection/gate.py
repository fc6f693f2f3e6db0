"""Whether an edition may replace the last good one: judged by itself and by its source's history."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from prospect_aggregate.scrapers.errors import ScraperError

MOST_GONE = 1 / 3  # of the list at once; the liveliest real list loses 7 % a week
MOST_REJECTED = 0.05  # of the rows; real editions reject none


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What an edition would do, counted before anything is written."""

    rows: int
    rejected: int
    listed: int
    """Prospects on the list before this edition."""
    gone: int
    """Of those, how many this edition does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check of the gate."""

    check: str
    saw: str
    expected: str
    passed: bool


class QuarantinedError(ScraperError):
    """The edition is held for a person; the last good one stays."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        failed = [f"{finding.saw}, expected {finding.expected}" for finding in findings if not finding.passed]
        super().__init__("held for review: " + "; ".join(failed))
        self.findings = [asdict(finding) for finding in findings]


def judge(census: Census, *, complete: bool = True) -> list[Finding]:
    """Every check with what it saw. Raises nothing: a verdict is data."""
    findings = [_any_rows(census), _few_rejected(census)]
    return [*findings, _few_gone(census)] if complete else findings


def admit(findings: list[Finding]) -> None:
    """Raises QuarantinedError when a check failed."""
    if not all(finding.passed for finding in findings):
        raise QuarantinedError(findings)


def _any_rows(census: Census) -> Finding:
    return Finding(check="rows", saw=f"{census.rows:,} rows", expected="at least 1", passed=census.rows > 0)


def _few_rejected(census: Census) -> Finding:
    return Finding(
        check="rejected",
        saw=f"{census.rejected:,} of {census.rows:,} rows could not be read",
        expected=f"at most {MOST_REJECTED:.0%}",
        passed=census.rejected <= MOST_REJECTED * census.rows,
    )


def _few_gone(census: Census) -> Finding:
    return Finding(
        check="gone",
        saw=f"{census.gone:,} of {census.listed:,} listed prospects gone at once",
        expected="at most a third",
        passed=census.gone <= MOST_GONE * census.listed,
    )
