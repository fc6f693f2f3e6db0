"""Three signals of a source, each with its reason and since when: can it be reached, is it fresh, is it sound."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db.models import OuterRef, Q, QuerySet, Subquery

from prospect_aggregate.collection.health import LAYOUT, freshness, trouble_since
from prospect_aggregate.collection.models import Check, Run, Source
from prospect_aggregate.collection.outcomes import TRANSIENT

LOOKS_COUNT_FOR = timedelta(hours=36)  # a daily collection, and its retries; checks come every six hours
MISREAD = ("layout_changed", "not_forecast", "bug")
"""Kinds of failures of a list that was reached."""
MOVED_STATUSES = ("404", "410")
MOVED = Q(error_kind=MISREAD[0], evidence__status__in=MOVED_STATUSES)
"""The list is not at its address any more: it was not reached."""
WORTH_MISSING = 0.1  # of the rows: a field that was read more seldom may be in no row by chance
GOOD = (Run.Status.SUCCEEDED, Run.Status.UNCHANGED)
RUNS = ("asked", "read", "edition", "before")
"""What `Evidence` has of runs."""


class Level(StrEnum):
    OK = "ok"
    POOR = "poor"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Signal:
    """`since` when it is so, as far as is known; of a good one, when that was seen last."""

    name: str
    state: Level
    reason: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signals:
    """They fold into one state, which `health.health_of` tells."""

    reachable: Signal
    fresh: Signal
    sound: Signal

    def __iter__(self) -> Iterator[Signal]:
        return iter((self.reachable, self.fresh, self.sound))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The newest of each kind that says something about a source."""

    check: Check | None = None
    asked: Run | None = None
    """Asked the agency, and got an answer or none."""
    read: Run | None = None
    """Read a list, or could not."""
    edition: Run | None = None
    """Read the list that stands."""
    before: Run | None = None
    """Read the one before it."""
    listed: date | None = None
    """The date that the newest list gives itself."""


def signals_of(source: Source, *, now: datetime) -> Signals:
    """Worked out when they are read, as the state is."""
    return signals_of_all([source], now=now)[source.key]


def signals_of_all(sources: Iterable[Source], *, now: datetime) -> dict[str, Signals]:
    """By key. Three queries, and two for each source whose trouble has a beginning to be found."""
    wanted = list(sources)
    evidence = _evidence([source.pk for source in wanted if source.pk])
    return {each.key: _signals(each, evidence.get(each.pk, Evidence()), now) for each in wanted}


def _signals(source: Source, seen: Evidence, now: datetime) -> Signals:
    return Signals(_reachable(source, seen, now), _fresh(source, seen, now), _sound(source, seen))


def _evidence(sources: list[int]) -> dict[int, Evidence]:
    found = list(_newest(sources).values("pk", "listed", "newest_check", *RUNS))
    runs = Run.objects.defer("layout", "headings").in_bulk([row[name] for row in found for name in RUNS])
    checks = Check.objects.in_bulk([row["newest_check"] for row in found])
    return {
        row["pk"]: Evidence(
            check=checks.get(row["newest_check"]),
            listed=row["listed"],
            **{name: runs.get(row[name]) for name in RUNS},
        )
        for row in found
    }


def _newest(sources: list[int]) -> QuerySet[Source]:
    told = Run.objects.filter(source=OuterRef("pk")).telling().order_by("-finished_at")
    came = Q(status__in=[*GOOD, Run.Status.QUARANTINED])
    met = Q(evidence__status__isnull=True) | ~Q(evidence__status__in=MOVED_STATUSES)
    misread = Q(met, status=Run.Status.FAILED, error_kind__in=MISREAD)
    refused = Q(status=Run.Status.BLOCKED) | Q(error_kind=TRANSIENT) | MOVED
    asked = told.filter(came | misread | refused, given=None, purpose=Run.Purpose.COLLECT)
    read_anew = Run.objects.filter(source=OuterRef("pk")).read_anew()
    return Source.objects.filter(pk__in=sources).annotate(
        newest_check=Subquery(
            Check.objects.filter(source=OuterRef("pk"), ok__isnull=False).order_by("-pk").values("pk")[:1]
        ),
        asked=Subquery(asked.values("pk")[:1]),
        read=Subquery(told.filter(came | misread).values("pk")[:1]),
        edition=Subquery(read_anew.values("pk")[:1]),
        before=Subquery(read_anew.values("pk")[1:2]),
        listed=Subquery(read_anew.values("edition_date")[:1]),
    )


def _reachable(source: Source, seen: Evidence, now: datetime) -> Signal:
    """By whichever looked last: a check, or a collection."""
    check, run = seen.check, seen.asked
    looked = _ended(check), _ended(run)
    if max(looked) < now - LOOKS_COUNT_FOR:
        said = f"not looked at since {max(looked):%Y-%m-%d %H:%M} UTC" if check or run else "never looked at"
        return Signal("reachable", Level.UNKNOWN, said)
    if check and looked[0] >= looked[1]:
        return _by_check(source, check)
    assert run is not None  # noqa: S101  # one of the two has looked
    if run.status == Run.Status.BLOCKED or run.error_kind == TRANSIENT or _moved(run):
        return Signal("reachable", Level.BAD, run.error, trouble_since(source, run))
    return Signal("reachable", Level.OK, f"run {run.pk} had an answer", run.finished_at)


def _by_check(source: Source, check: Check) -> Signal:
    if check.ok:
        return Signal("reachable", Level.OK, check.detail, check.finished_at)
    good = source.checks.filter(ok=True).order_by("-pk").first()
    first = source.checks.filter(ok=False, pk__gt=good.pk if good else 0).order_by("pk").first() or check
    level = Level.POOR if check.error_kind == LAYOUT else Level.BAD
    return Signal("reachable", level, check.detail, first.finished_at)


def _ended(look: Check | Run | None) -> datetime:
    """Long ago for what never was."""
    return look.finished_at if look and look.finished_at else datetime.min.replace(tzinfo=UTC)


def _moved(run: Run) -> bool:
    return run.error_kind == MISREAD[0] and run.evidence.get("status") in MOVED_STATUSES


def _fresh(source: Source, seen: Evidence, now: datetime) -> Signal:
    """The last good edition against its limit; past twice the limit it is not merely late."""
    health, good = freshness(source, seen.listed, now=now), source.last_good_at
    if good is None:
        return Signal("fresh", Level.UNKNOWN, health.reason)
    if health.state == "fresh":
        return Signal("fresh", Level.OK, f"a good edition was seen {good:%Y-%m-%d %H:%M} UTC", good)
    level = Level.BAD if now - good > 2 * source.freshness_limit else Level.POOR
    return Signal("fresh", level, health.reason, health.since)


def _sound(source: Source, seen: Evidence) -> Signal:
    """The gate's verdict on the newest list that was read, and how its fields were read."""
    run, edition = seen.read, seen.edition
    if run and run.status not in GOOD:
        reason = run.error.removeprefix("held for review: ")
        return Signal("sound", Level.BAD, reason, trouble_since(source, run))
    if run is None or edition is None:
        return Signal("sound", Level.UNKNOWN, "no list was read yet")
    if doubts := list(_doubts(edition, seen.before)):
        return Signal("sound", Level.POOR, "; ".join(doubts), edition.finished_at)
    return Signal("sound", Level.OK, _judged(edition), run.finished_at)


def _doubts(edition: Run, before: Run | None) -> Iterator[str]:
    """What is not as it should be with a list that stands all the same."""
    for finding in edition.verdict:
        if not finding["passed"]:
            yield f"let in by a person: {finding['saw']}, expected {finding['expected']}"
    if not edition.complete:
        yield "only a part of the list came"
    if edition.rejected:
        yield f"{edition.rejected:,} of {edition.rows or 0:,} rows could not be read"
    for name, share in (before.filled if before else {}).items():
        if share >= WORTH_MISSING and edition.filled.get(name) == 0:
            yield f"{name.replace('_', ' ')} read in no row, in {share:.0%} of the rows before"


def _judged(edition: Run) -> str:
    if edition.rows is None:
        return "it stores nothing"
    return f"{edition.rows:,} rows, each read, {len(edition.verdict)} checks passed"
