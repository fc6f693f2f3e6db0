"""`prospects up` with the product in it: ready, at work, hurt, stopped."""

import logging
import os
import signal

import pytest

from tests.engine.house import House, Process, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]
logger = logging.getLogger(__name__)
STOPPED_WITHIN = 10  # seconds


def ready(house: House, **env: str) -> Process:
    process = house.up(**env)
    wait_until(lambda: "ready in" in house.said("up") or process.poll() is not None)
    assert process.poll() is None, house.said("up")
    return process


def stop(house: House, process: Process) -> None:
    """The supervisor's own clock is the measure; the rest is Python's farewell, slow on a busy machine."""
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=2 * STOPPED_WITHIN) == 0, house.said("up")
    took = float(house.said("up").rpartition("stopped in ")[2].split()[0])
    logger.info("stopped in %.1f s", took)
    assert took < STOPPED_WITHIN
    assert_nothing_left(house)


def assert_nothing_left(house: House) -> None:
    assert house.processes() == []
    assert list(house.sockets.iterdir()) == []
    assert not (house.home / "broker.json").exists()


def test_up_collects_both_sources_and_a_second_up_is_refused_in_one_line(new_house):
    house = new_house()
    process = ready(house)
    house.hurry()
    second = house.prospects("up", "--port", "0")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(
        f"prospects up: already running on {house.home} (process {process.pid}); "
    )
    assert second.stderr.count("\n") == 1
    for source, rows in (("dhs", 200), ("commerce", 3)):
        run = wait_until(lambda source=source: [run for run in house.runs(source) if run.finished_at])[0]
        assert (run.trigger, run.status, run.new) == ("schedule", "succeeded", rows)
    stop_in_the_middle(house, process)


def stop_in_the_middle(house: House, process: Process) -> None:
    """What a collection loses by the signal is known at once, and waits for the next start."""
    house.agency.hold()
    house.shell("wake(ask('stopped in the middle'), task)")
    wait_until(lambda: house.agency.fetched == 2)
    stop(house, process)
    found = [(run.attempt, run.status) for run in house.runs() if run.request == "stopped in the middle"]
    assert found == [(1, "lost"), (2, "queued")]


def test_up_starts_killed_children_again_and_sends_what_was_asked_meanwhile(new_house):
    house = new_house(resend_after=3)
    process = ready(house)
    worker, broker = (house.processes(name) for name in ("worker@", "valkey-server"))
    with house.poised("wake(ask('while it was away'), task)") as ask:
        os.killpg(min(worker), signal.SIGKILL)
        os.kill(*broker, signal.SIGKILL)
        ask()
    run = wait_until(lambda: house.run(1), 60)
    assert (run.request, run.status) == ("while it was away", "succeeded")
    wait_until(lambda: house.said("up").count("worker ready") == house.said("up").count("broker ready") == 2)
    stop(house, process)


def test_up_is_ready_behind_a_proxy_and_in_the_folder_of_a_package(new_house):
    """The proxy leads nowhere: whoever asks this machine's own processes through it hears nothing."""
    house = new_house()
    (house.folder / "__init__.py").touch()
    stop(house, ready(house, NO_PROXY=""))
