"""Whether an edition may replace the last good one: judged by itself and by its source's history."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from statistics import median

from prospect_aggregate.collection.history import History
from prospect_aggregate.scrapers.errors import ScraperError

MOST_GONE = 1 / 3  # of the list at once; the liveliest real list loses 7 % a week
MOST_REJECTED = 0.05  # of the rows; real editions reject none
MOST_KEYLESS = 0.01  # of the rows; a key column that is gone leaves all of them without
HISTORY_NEEDED = 4  # good editions, before a list is judged by its own past

SPREADS = 4.0  # deviations from the median that are still usual
LEAST_SHRINKING = 0.15  # of the usual rows; weekly editions of one list differ by up to 7 %
LEAST_GROWING = 0.5  # a list that grows loses nothing; one that doubles repeats itself
LEAST_LOSS = 0.10  # of the share of rows in which a field is usually read
FEW_ROWS = 3  # in a short list a share moves by whole rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What an edition holds and would do, counted before anything is written."""

    rows: int
    rejected: int
    listed: int
    """Prospects on the list before this edition."""
    gone: int
    """Of those, how many this edition does not have."""
    keyless: int = 0
    """Rows without a number of their own."""
    headings: int = 0
    """How many there are; a needed one that is missing never comes so far."""
    dated: date | None = None
    """The list's own date, where it prints one."""
    filled: Mapping[str, float] = field(default_factory=dict)
    """Field → the share of rows that it was read in, for fields that this layout publishes."""


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


class HeldAgainError(ScraperError):
    """The bytes of an edition that is held, or that a person kept out: nothing new to look at."""


def judge(census: Census, history: History, *, complete: bool = True) -> list[Finding]:
    """Every check with what it saw. Raises nothing: a verdict is data.

    An edition that is not complete is not held for what it lacks.
    """
    findings = [_any_rows(census), _headings(census), _keys(census), _few_rejected(census)]
    if complete:
        findings.append(_few_gone(census))
    if census.dated and history.dated:
        findings.append(_not_older(census.dated, history.dated))
    if history.editions >= HISTORY_NEEDED:
        findings += [_usual_rows(census, history)] if complete else []
        findings += _usual_fields(census, history)
    return findings


def admit(findings: Sequence[Finding]) -> None:
    """Raises QuarantinedError when a check failed."""
    if not all(finding.passed for finding in findings):
        raise QuarantinedError(findings)


def _any_rows(census: Census) -> Finding:
    return Finding(check="rows", saw=f"{census.rows:,} rows", expected="at least 1", passed=census.rows > 0)


def _headings(census: Census) -> Finding:
    saw = f"{census.headings} headings, all needed ones among them"
    return Finding(check="headings", saw=saw, expected="all needed ones", passed=True)


def _keys(census: Census) -> Finding:
    return Finding(
        check="keys",
        saw=f"{census.keyless:,} of {census.rows:,} rows have no number",
        expected=f"at most {MOST_KEYLESS:.0%}",
        passed=census.keyless <= max(MOST_KEYLESS * census.rows, FEW_ROWS),
    )


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


def _not_older(dated: date, newest: date) -> Finding:
    """An old file uploaded by mistake, or an agency that serves last month's list again."""
    return Finding(
        check="list's date",
        saw=f"a list of {dated:%-d %b %Y}",
        expected=f"none older than that of {newest:%-d %b %Y}",
        passed=dated >= newest,
    )


def _usual_rows(census: Census, history: History) -> Finding:
    usual, spread = _middle(history.rows)
    least = math.floor(usual - max(SPREADS * spread, LEAST_SHRINKING * usual, FEW_ROWS))
    most = math.ceil(usual + max(SPREADS * spread, LEAST_GROWING * usual, FEW_ROWS))
    return Finding(
        check="row count",
        saw=f"{census.rows:,} rows",
        expected=f"{max(least, 1):,} to {most:,}, from {history.editions} editions",
        passed=least <= census.rows <= most,
    )


def _usual_fields(census: Census, history: History) -> Iterator[Finding]:
    """One finding for each field that is read too rarely, else one that says how many were looked at."""
    looked = [_usual_field(name, share, census.rows, history) for name, share in census.filled.items()]
    failed = [finding for finding in looked if not finding.passed]
    yield from failed
    if not failed:
        saw = f"{len(looked)} fields read as often as usual"
        yield Finding(check="fields", saw=saw, expected="as in earlier editions", passed=True)


def _usual_field(name: str, share: float, rows: int, history: History) -> Finding:
    usual, spread = _middle(history.shares(name))
    least = usual - max(SPREADS * spread, LEAST_LOSS, FEW_ROWS / max(rows, 1))
    return Finding(
        check=f"field {name}",
        saw=f"{name.replace('_', ' ')} read in {share:.0%} of the rows",
        expected=f"at least {max(least, 0):.0%}",
        passed=share >= least,
    )


def _middle(numbers: Sequence[float]) -> tuple[float, float]:
    """The median, and the spread around it as a standard deviation would say it, undisturbed by single outliers."""
    if not numbers:
        return 0.0, 0.0
    usual = median(numbers)
    return usual, 1.4826 * median([abs(number - usual) for number in numbers])
