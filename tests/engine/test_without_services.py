"""No database, no broker, wrong credentials, a wrong address: a line that says so, and no help needed afterwards."""

import secrets
import subprocess
import sys

import pytest

from tests.engine.house import BEAT, WORKER, House, wait_until
from tests.engine.services import RABBITMQ, Engine

pytestmark = [pytest.mark.engine, pytest.mark.timeout(200)]
COMMANDS = {
    "a command": (sys.executable, "-m", "prospect_aggregate", "status"),
    "worker": WORKER.argv,
    "beat": BEAT.argv,
    "web": (sys.executable, "-m", "prospect_aggregate.web.serve", "127.0.0.1", "1"),
}
WRONG_PASSWORD = RABBITMQ.replace("guest:guest", f"guest:{secrets.token_hex(4)}")


def told(house: House, command: tuple[str, ...], **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env={**house.env, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("name", ["DATABASE_URL", "BROKER_URL"])
def test_an_address_that_nothing_understands_is_refused_in_one_line(new_house, name):
    house = new_house()
    for command in COMMANDS.values():
        done = told(house, command, **{name: "postgres//someone:secret@db"})
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith(f"prospects: {name} begins with none of ")
        assert "secret" not in done.stderr


def test_a_database_that_is_away_is_named_by_commands(new_house):
    house = new_house()
    done = told(house, COMMANDS["a command"], DATABASE_URL="postgresql://127.0.0.1:9/nowhere")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("prospects: the database cannot be had (")
    assert "DATABASE_URL" in done.stderr


def test_a_beat_waits_for_its_database_and_then_leads(new_house):
    house = new_house()
    house.home.mkdir(mode=0o700)
    beat = house.beat()
    wait_until(lambda: "beat: the database does not answer" in house.said("beat"))
    assert "Traceback" not in house.said("beat")
    assert house.prospects("migrate").returncode == 0
    wait_until(lambda: house.beat_leader() == beat.pid)
    assert house.count("collection_schedule") > 0


def test_a_broker_that_refuses_is_said_in_a_line_and_the_runs_wait(new_house):
    if reason := Engine(broker=RABBITMQ).missing():
        pytest.skip(reason)
    house = new_house(broker_url=WRONG_PASSWORD)
    house.migrate()
    house.shell("wake(ask('somebody'), task)")
    worker = house.start("worker", *WORKER.argv)
    beat = house.beat()
    wait_until(lambda: "the broker did not take it" in house.said("beat"))
    assert worker.wait(60) != 0  # its supervisor or unit starts it again
    assert "ACCESS_REFUSED" in house.said("worker")
    assert "Traceback" not in house.said("worker") + house.said("beat")
    assert beat.poll() is None
    assert house.count("collection_run WHERE status = 'queued'") >= 1
