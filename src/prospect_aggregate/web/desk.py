"""The operator's table of sources: each with how it is, what it did last, and what it is doing now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber

from prospect_aggregate.collection.alerts import open_of
from prospect_aggregate.collection.health import Health
from prospect_aggregate.collection.models import Alert, Check, Run, Schedule, Source, declared
from prospect_aggregate.collection.signals import Level, Signal, Signals, signals_of_all
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.web.states import State, states

LAST_RUNS = 14
CHECK_TAKES = timedelta(seconds=150)  # its hard limit; after that an unfinished check is one that died


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One source. `active` is the run to watch: in progress, or waiting and due."""

    state: State
    prospects: int
    runs: list[Run]
    """The last ones, oldest first."""
    active: Run | None
    waiting: Run | None
    """A next attempt whose time has not come."""
    schedule: Schedule | None
    check: Check | None
    alerts: list[Alert]
    """Those that are open."""
    signals: Signals
    now: datetime

    @property
    def source(self) -> Source:
        return self.state.source

    @property
    def asleep(self) -> bool:
        return self.schedule is not None and self.schedule.asleep(self.now)

    @property
    def checking(self) -> bool:
        return bool(self.check and self.check.ok is None and self.now - self.check.started_at < CHECK_TAKES)

    @property
    def doubts(self) -> list[Signal]:
        """Signals that are not well, where the state's own reason does not say so already."""
        told = self.state.health.reason if self.state.troubled else ""
        return [it for it in self.signals if it.state in (Level.POOR, Level.BAD) and it.reason not in told]

    @property
    def telling(self) -> Run | None:
        """The run that the second line is about, when the source is in trouble."""
        return next((run for run in self.runs if run.pk == self.state.told_by), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was looked up for all sources at once: by number of the source, or by its key."""

    counts: dict[int, int]
    lately: dict[int, list[Run]]
    checks: dict[int, Check]
    planned: dict[str, Schedule]
    alerts: dict[str, list[Alert]]
    signals: dict[str, Signals]


def rows(*, now: datetime, only: str | None = None, read: list[State] | None = None) -> list[Row]:
    """Trouble first. A fixed number of queries, and a few for each source in trouble.

    `read` is how the sources are, where the page has asked already.
    """
    found = [
        state
        for state in _all_states(states(now=now) if read is None else read)
        if only in (None, state.source.key)
    ]
    known = _known([state.source for state in found], now)
    return [_row(state, known, now) for state in found]


def _known(sources: list[Source], now: datetime) -> _Known:
    numbers = [source.pk for source in sources if source.pk]
    return _Known(
        counts=_counts(numbers),
        lately=_lately(numbers),
        checks=_checks(numbers),
        planned={row.source_key: row for row in Schedule.objects.filter(kind="collect")},
        alerts=open_of(source.key for source in sources),
        signals=signals_of_all(sources, now=now),
    )


def _all_states(known: list[State]) -> list[State]:
    """Registered sources that were never asked for have no row yet; looking at them makes none."""
    keys = {state.source.key for state in known}
    facts = {each.key: {"name": each.name, **declared(each.run)} for each in scraper_registry}
    new = [Source(key=key, **named) for key, named in facts.items() if key not in keys]
    return known + [State(source, Health("never", "not collected yet", None)) for source in new]


def _row(state: State, known: _Known, now: datetime) -> Row:
    key, number = state.source.key, state.source.pk
    lately = known.lately.get(number, [])
    open_runs = [run for run in lately if not run.ended]
    due = [
        run
        for run in open_runs
        if run.status == Run.Status.STARTED or not run.not_before or run.not_before <= now
    ]
    due.sort(key=lambda run: (run.status != Run.Status.STARTED, run.pk))
    return Row(
        state=state,
        prospects=known.counts.get(number, 0),
        runs=lately,
        active=due[0] if due else None,
        waiting=next((run for run in open_runs if run not in due), None),
        schedule=known.planned.get(key),
        check=known.checks.get(number),
        alerts=known.alerts.get(key, []),
        signals=known.signals[key],
        now=now,
    )


def _counts(sources: Iterable[int]) -> dict[int, int]:
    """What is on each list now; those that left are not counted."""
    here = Prospect.objects.once().filter(source__in=sources, state__in=["listed", "missing"])
    return dict(here.order_by().values_list("source").annotate(count=Count("pk")))


def _lately(sources: Iterable[int]) -> dict[int, list[Run]]:
    """The last runs of each source, oldest first."""
    place = Window(RowNumber(), partition_by=F("source"), order_by=F("pk").desc())
    wanted = Run.objects.filter(source__in=sources).annotate(place=place).filter(place__lte=LAST_RUNS)
    found: dict[int, list[Run]] = defaultdict(list)
    for run in wanted.order_by("pk").defer("layout", "notes", "verdict", "evidence"):
        found[run.source_id].append(run)
    return found


def _checks(sources: Iterable[int]) -> dict[int, Check]:
    newest = (
        Check.objects.filter(source__in=sources)
        .order_by()
        .values("source")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return {check.source_id: check for check in Check.objects.filter(pk__in=newest)}


def collecting(*, now: datetime) -> list[str]:
    """Keys of sources that something is being done for."""
    due = Q(status=Run.Status.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
    active = Run.objects.filter(due | Q(status=Run.Status.STARTED))
    return sorted(set(active.values_list("source__key", flat=True)))
