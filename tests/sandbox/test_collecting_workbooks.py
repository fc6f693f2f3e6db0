"""From a replica's page to prospects: `prospects collect` in a process of its own, over the wire."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from prospect_aggregate.sandbox.server import Server

from .workbooks import TODAY

SIZES = {"justice": 506, "state": 453, "energy": 886, "hud": 172}
DONE = re.compile(r"(\w+): succeeded, ([\d,]+) rows: ([\d,]+) new, 0 changed, 0 gone, 0 rejected")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(today=TODAY, keys=SIZES) as server:
        yield server


@pytest.mark.parametrize("key", SIZES)
def test_a_source_is_collected_from_its_replica(server: Server, tmp_path: Path, key: str) -> None:
    done = _prospects(server, tmp_path, "collect", key)
    assert (done.returncode, done.stderr) == (0, "")
    said = DONE.match(done.stdout)
    assert said, done.stdout
    assert abs(int(said[2].replace(",", "")) / SIZES[key] - 1) < 0.08


def _prospects(server: Server, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PROSPECTS_HOME": str(home),
        "PROSPECTS_HOSTS": ",".join(f"{host}={address}" for host, address in server.hosts.items()),
        "PROSPECTS_REQUEST_PAUSE": "0",
        "DATABASE_URL": f"sqlite:///{home / 'prospects.sqlite3'}",
        "BROKER_URL": "",
    }
    command = [sys.executable, "-m", "prospect_aggregate", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
