"""The home's one clock, on machines whose own clocks jump."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from prospect_aggregate.collection import clock, leases
from prospect_aggregate.collection.models import Anchor, Run
from tests.given import a_run, claimed

HOUR = timedelta(hours=1)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
FOR = timedelta(seconds=15)

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the server's clock is followed as it is"
)


class Machine:
    """Its steady clock and its wall clock, which somebody sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steady, self.ahead = 5000.0, timedelta(0)
        monkeypatch.setattr(clock, "_steady", lambda: self.steady)

    @property
    def wall(self) -> datetime:
        return NOON + timedelta(seconds=self.steady - 5000) + self.ahead

    @contextmanager
    def after(self, seconds: float, *, ahead: timedelta | None = None) -> Iterator[None]:
        """So much later, and perhaps with its wall clock set anew."""
        self.steady += seconds
        self.ahead = self.ahead if ahead is None else ahead
        with time_machine.travel(self.wall, tick=False):
            yield


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(monkeypatch)
    with machine.after(0):
        assert clock.now() == NOON
    return machine


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_wall_clock_that_jumps_moves_nobody(jump: timedelta) -> None:
    before = clock.now()
    with time_machine.travel(timezone.now() + jump, tick=True):
        assert timedelta(0) <= clock.now() - before < timedelta(seconds=5)


def test_it_shows_the_time_of_day() -> None:
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


@on_sqlite
def test_it_goes_on_with_the_steady_clock(machine: Machine) -> None:
    with machine.after(90):
        assert clock.now() == NOON + timedelta(seconds=90)


@on_sqlite
def test_set_forward_it_is_followed_at_once(machine: Machine) -> None:
    with machine.after(3, ahead=HOUR):
        clock.follow()
        assert clock.now() == machine.wall


@on_sqlite
def test_what_is_held_is_held_for_as_long_after_a_leap(machine: Machine) -> None:
    with machine.after(0):
        leases.take("beat", "one", ttl=FOR, now=clock.now())
    with machine.after(3, ahead=HOUR):
        clock.follow()
        assert leases.holder("beat", now=clock.now()) == "one"
        assert leases.holder("beat", now=clock.now() + timedelta(seconds=12)) is None


@on_sqlite
def test_a_run_in_progress_is_no_more_silent_after_a_leap(machine: Machine) -> None:
    with machine.after(0):
        claimed(a_run())
    with machine.after(3, ahead=HOUR):
        clock.follow()
        assert not Run.objects.silent(clock.now() - timedelta(seconds=60)).exists()
        assert Run.objects.silent(clock.now() - timedelta(seconds=3)).exists()


@on_sqlite
def test_set_back_it_goes_slower_and_never_back(machine: Machine) -> None:
    shown = [NOON]
    for _ in range(60):
        with machine.after(3, ahead=-timedelta(seconds=30)):
            clock.follow()
            shown.append(clock.now())
    steps = {later - earlier for earlier, later in itertools.pairwise(shown)}
    assert min(steps) == timedelta(seconds=3) * clock.WAITING
    assert max(steps) == timedelta(seconds=3)


@on_sqlite
def test_set_back_it_meets_the_wall_and_stays_with_it(machine: Machine) -> None:
    for _ in range(60):
        with machine.after(3, ahead=-timedelta(seconds=30)):
            clock.follow()
            apart = clock.now() - machine.wall
    assert abs(apart) <= clock.NOTICED
    assert Anchor.objects.get().rate == 1


@on_sqlite
def test_small_corrections_are_left_to_the_steady_clock(machine: Machine) -> None:
    with machine.after(3, ahead=timedelta(seconds=0.5)):
        clock.follow()
        assert clock.now() == NOON + timedelta(seconds=3)


@on_sqlite
def test_a_start_of_the_machine_ends_what_was_held(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with machine.after(0):
        leases.take("beat", "one", ttl=FOR, now=clock.now())
        claimed(a_run())
    monkeypatch.setattr(clock, "_boot", lambda: "another")
    with machine.after(-4990, ahead=timedelta(seconds=4990) - HOUR):  # and its wall clock is an hour behind
        assert clock.now() == machine.wall
        assert leases.take("beat", "other", ttl=FOR, now=clock.now())
        assert Run.objects.silent(clock.now()).exists()
