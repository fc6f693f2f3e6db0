"""What whichever process lives does beside its work, while its signs of life go on."""

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import OperationalError

from prospect_aggregate.collection import duties, processes

pytestmark = pytest.mark.django_db(transaction=True)  # a duty has a connection of its own


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, duties.Duty]]:
    """Nothing but what the test registers."""
    alone: dict[str, duties.Duty] = {}
    monkeypatch.setattr(duties, "_registered", alone)
    yield alone
    for thread in threading.enumerate():
        if thread.name.startswith("duty: "):
            thread.join(timeout=5)


def ended() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("duty: "):
            thread.join(timeout=5)


def test_a_duty_is_done_each_time_with_the_time_of_the_home(registered: dict[str, duties.Duty]) -> None:
    done: list[datetime] = []
    duties.register("count", done.append)
    going = duties.Duties(every=0)
    for _ in range(2):
        going.begin()
        ended()
    assert len(done) == 2
    assert done[0] <= done[1]
    assert done[0].tzinfo is not None


def test_one_that_takes_long_is_not_begun_again_and_holds_nobody_up(
    registered: dict[str, duties.Duty],
) -> None:
    go_on, begun = threading.Event(), []

    def long(now: datetime) -> None:
        begun.append(now)
        go_on.wait(5)

    duties.register("long", long)
    going = duties.Duties(every=0)
    going.begin()
    going.begin()
    assert len(begun) <= 1
    go_on.set()
    ended()
    assert len(begun) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("error", [OperationalError("away"), ValueError("a mistake of ours")])
def test_one_that_fails_is_done_the_next_time(registered: dict[str, duties.Duty], error: Exception) -> None:
    done: list[datetime] = []

    def once_bad(now: datetime) -> None:
        done.append(now)
        if len(done) == 1:
            raise error

    duties.register("once bad", once_bad)
    going = duties.Duties(every=0)
    for _ in range(2):
        going.begin()
        ended()
    assert len(done) == 2


def test_it_is_asked_more_often_than_it_does_anything(registered: dict[str, duties.Duty]) -> None:
    done: list[datetime] = []
    duties.register("count", done.append)
    going = duties.Duties()
    for _ in range(3):
        going.begin()
        ended()
    assert len(done) == 1


def test_whoever_lives_does_them(registered: dict[str, duties.Duty], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "SIGN_EVERY", 0.01)
    done = threading.Event()
    duties.register("tell", lambda _: done.set())
    presence = processes.Presence(processes.Kind.WEB, look=dict)
    presence.start()
    assert done.wait(10)
    presence.stop()
    presence._thread.join(10)


def test_two_of_one_name_are_refused(registered: dict[str, duties.Duty]) -> None:
    duties.register("mine", print)
    with pytest.raises(ValueError, match="registered already"):
        duties.register("mine", print)


def test_digests_are_a_duty() -> None:
    assert "digests" in duties._registered
