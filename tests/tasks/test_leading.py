"""Two beats on one home: one fires, whatever happens to it and to the machine's clock."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from django.db import connection

from prospect_aggregate.collection import clock, leases
from prospect_aggregate.collection.models import Run, Schedule, Stop
from prospect_aggregate.tasks import loop
from prospect_aggregate.tasks.leading import LEASE, Candidate
from prospect_aggregate.tasks.registry import TaskRegistry
from prospect_aggregate.tasks.table_scheduler import seed, turn
from prospect_aggregate.tasks.task_factory import create_scraper_task
from tests.given import LISTING

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the server's clock is not ours to set")
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
FAILOVER = 30  # seconds


@pytest.fixture
def tasks() -> TaskRegistry:
    registry = TaskRegistry()
    app = Celery("apart", broker="memory://", set_as_current=False)
    registry.register_scraper_task("Listing", create_scraper_task("Listing", LISTING.run, app=app))
    return registry


class Day:
    """Time that passes second by second on a machine with two beats, and what they fired in which second."""

    def __init__(self, tasks: TaskRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
        self.second, self.ahead, self._tasks = 0, timedelta(0), tasks
        self.beats = {name: Candidate(tasks) for name in ("one", "other")}
        self.fired: list[int] = []
        self._asleep_until = dict.fromkeys(self.beats, 0.0)
        monkeypatch.setattr(clock, "_steady", lambda: float(self.second))
        entry = {"task": "run_listing_scraper_task", "schedule": SECOND}
        with self._now():
            seed({"collect listing": entry}, tasks, now=clock.now())

    def pass_by(self, seconds: int, *, ahead: timedelta | None = None) -> None:
        """Perhaps after the wall clock was set anew."""
        self.ahead = self.ahead if ahead is None else ahead
        for _ in range(seconds):
            self.second += 1
            with self._now():
                for name in self.beats:
                    self._let_turn(name)

    def _let_turn(self, name: str) -> None:
        if self.second < self._asleep_until[name]:
            return
        before = Run.objects.count()
        sleep = turn(self.beats[name], self._tasks)
        self._asleep_until[name] = self.second + sleep.total_seconds()
        self.fired += [self.second] * (Run.objects.count() - before)

    def _now(self) -> Any:
        return time_machine.travel(NOON + self.second * SECOND + self.ahead, tick=False)

    @property
    def longest_wait(self) -> int:
        times = [*self.fired, self.second]
        return max(later - earlier for earlier, later in itertools.pairwise(times))

    @property
    def leader(self) -> str:
        return next(name for name, beat in self.beats.items() if beat.leads)


@pytest.fixture
def day(tasks: TaskRegistry, monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(tasks, monkeypatch)


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """How many slots the beats say that they fired; one that came twice makes no second run, but is said."""
    caplog.set_level("INFO", "prospect_aggregate.tasks.table_scheduler")

    def count() -> int:
        return sum(record.args[0] for record in caplog.records if "found lost" in record.msg)

    return count


@on_sqlite
def test_each_slot_is_fired_once_by_the_one_that_leads(day: Day, said: Callable[[], int]) -> None:
    day.pass_by(1)
    leader = day.leader
    day.pass_by(59)
    assert (Run.objects.count(), said()) == (60, 60)
    assert (day.leader, day.longest_wait) == (leader, 1)


@on_sqlite
def test_when_the_leader_dies_the_other_fires_and_the_missed_slots_are_one(
    day: Day, said: Callable[[], int]
) -> None:
    day.pass_by(20)
    del day.beats[day.leader]
    day.pass_by(40)
    assert day.longest_wait <= FAILOVER
    assert Run.objects.count() == said() == 60 - day.longest_wait + 1
    assert Stop.objects.get().slots == day.longest_wait


@on_sqlite
@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_the_beat_whose_clock_jumped_goes_on(day: Day, said: Callable[[], int], jump: timedelta) -> None:
    day.pass_by(20)
    leader = day.leader
    day.pass_by(40, ahead=jump)
    assert (day.leader, Run.objects.count()) == (leader, said())
    assert day.longest_wait <= 3


@on_sqlite
@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_after_a_jump_the_other_takes_over_as_soon_as_ever(
    day: Day, said: Callable[[], int], jump: timedelta
) -> None:
    day.pass_by(20)
    day.pass_by(20, ahead=jump)
    del day.beats[day.leader]
    day.pass_by(40)
    assert day.longest_wait <= FAILOVER
    assert Run.objects.count() == said()


@on_sqlite
def test_a_beat_started_after_a_jump_waits_like_any_other(day: Day, said: Callable[[], int]) -> None:
    day.pass_by(20)
    leader = day.leader
    other = next(name for name in day.beats if name != leader)
    day.ahead = HOUR
    day.beats[other] = Candidate(day._tasks)
    day.pass_by(20)
    assert (day.leader, Run.objects.count()) == (leader, said())


@pytest.mark.parametrize("apart", [HOUR, -HOUR])
def test_beats_whose_clocks_differ_never_hold_the_lease_together(
    tasks: TaskRegistry, apart: timedelta
) -> None:
    """No clock of ours differs; a lease would have one holder all the same."""
    one, other = Candidate(tasks), Candidate(tasks)
    for second in range(60):
        here = NOON + second * SECOND
        for beat, now in ((one, here), (other, here + apart)):
            leads = beat.take(now=now)
            assert leads == (leases.holder(LEASE, now=now) == beat.owner)


@pytest.mark.parametrize("apart", [HOUR, -HOUR])
def test_beats_whose_clocks_differ_fire_no_slot_twice(tasks: TaskRegistry, apart: timedelta) -> None:
    entry = {"task": "run_listing_scraper_task", "schedule": SECOND}
    seed({"collect listing": entry}, tasks, now=NOON)
    fired = 0
    for second in range(1, 60):
        for now in (NOON + second * SECOND, NOON + second * SECOND + apart):
            fired += loop.tick(tasks, now=now).fired
    assert fired == Run.objects.count() == Run.objects.values("request").distinct().count()


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_lease_does_not_outlive_its_dead_holder_by_a_jump(tasks: TaskRegistry, jump: timedelta) -> None:
    """The server's clock may be set while nobody renews."""
    dead, other = Candidate(tasks), Candidate(tasks)
    assert dead.take(now=NOON)
    assert other.take(now=NOON + jump + timedelta(seconds=FAILOVER))


def test_a_stop_in_which_nothing_was_due_is_none(tasks: TaskRegistry) -> None:
    entry = {"task": "run_listing_scraper_task", "schedule": timedelta(days=1)}
    seed({"collect listing": entry}, tasks, now=NOON)
    Candidate(tasks).take(now=NOON)
    assert Candidate(tasks).take(now=NOON + HOUR)
    assert not Stop.objects.exists()


def test_a_stop_is_on_record_with_its_slots(tasks: TaskRegistry) -> None:
    entry = {"task": "run_listing_scraper_task", "schedule": timedelta(hours=1)}
    seed({"collect listing": entry}, tasks, now=NOON)
    first, second = Candidate(tasks), Candidate(tasks)
    first.take(now=NOON)
    first.step_back(now=NOON + timedelta(minutes=10))
    back = NOON + timedelta(hours=3, minutes=40)
    second.take(now=back)
    stop = Stop.objects.get()
    assert (stop.began_at, stop.ended_at, stop.slots) == (NOON + timedelta(minutes=10), back, 3)
    assert loop.tick(tasks, now=back).fired == 1
    assert Schedule.objects.get().missed == 2


def test_the_slots_of_a_source_that_nobody_knows_are_not_missed(tasks: TaskRegistry) -> None:
    entry = {"task": "run_removed_scraper_task", "schedule": timedelta(hours=1)}
    seed({"collect removed": entry}, tasks, now=NOON)
    Schedule.objects.update(kind="collect")
    Candidate(tasks).take(now=NOON)
    Candidate(tasks).take(now=NOON + 3 * HOUR)
    assert not Stop.objects.exists()
