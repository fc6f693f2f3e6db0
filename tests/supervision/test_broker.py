"""The embedded broker, with the real server."""

import json
import os
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from kombu import Connection
from kombu.simple import SimpleQueue

from prospect_aggregate.engine import broker as broker_module
from prospect_aggregate.engine.broker import SOCKET_BYTES, Broker, embedded, find_broker, server_binary
from prospect_aggregate.engine.home import CannotStartError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "broker").mkdir(parents=True)
    return tmp_path / "home"


@contextmanager
def serving(broker: Broker) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(broker.argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until(broker.answers)
            yield server
        finally:
            server.terminate()


def wait_until(happens, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def options(broker: Broker) -> dict[str, str]:
    with redis.Redis(unix_socket_path=str(broker.socket), decode_responses=True) as client:
        return client.config_get("*")


def test_it_listens_on_the_socket_alone_and_drops_nothing(home: Path):
    with embedded(home) as broker, serving(broker):
        found = options(broker)
    wanted = {"port": "0", "appendonly": "yes", "save": "", "maxmemory-policy": "noeviction", "pidfile": ""}
    assert {name: found[name] for name in wanted} == wanted
    assert found["dir"] == str(home / "broker")


def test_the_socket_is_in_a_folder_of_its_own_that_goes_at_the_end(home: Path):
    with embedded(home) as broker, serving(broker):
        folder = broker.socket.parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(os.fsencode(broker.socket)) <= SOCKET_BYTES
    assert not folder.exists()
    assert not (home / "broker.json").exists()


@contextmanager
def queue_of_a_new_server(home: Path) -> Iterator[SimpleQueue]:
    with (
        embedded(home) as broker,
        serving(broker),
        Connection(broker.url) as connection,
        connection.SimpleQueue("wake") as queue,
    ):
        yield queue


def test_messages_outlive_the_server(home: Path):
    for text in ("one", "two"):
        with queue_of_a_new_server(home) as queue:
            queue.put(text)
    with queue_of_a_new_server(home) as queue:
        assert [queue.get(timeout=1).payload for _ in range(2)] == ["one", "two"]


def test_a_long_temporary_folder_is_not_used(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    with embedded(home) as broker, serving(broker):
        assert long not in broker.socket.parents
    assert list(long.iterdir()) == []


def test_a_runtime_folder_that_is_not_there_is_not_used(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/no/such/folder")
    with embedded(home) as broker:
        assert broker.socket.parent.exists()


def test_a_path_with_a_space_reaches_celery(home: Path, monkeypatch: pytest.MonkeyPatch):
    with tempfile.TemporaryDirectory(prefix="a b") as spaced:
        monkeypatch.setenv("XDG_RUNTIME_DIR", spaced)
        with embedded(home) as broker, serving(broker), Connection(broker.url) as connection:
            assert broker.socket.is_relative_to(spaced)
            connection.ensure_connection(max_retries=1)


def test_another_terminal_finds_the_running_broker(home: Path):
    with embedded(home) as broker:
        assert find_broker(home) is None
        with serving(broker):
            assert find_broker(home) == broker.url
    assert find_broker(home) is None


@pytest.mark.parametrize("left", ["", "{}", "[]", "null", '{"socket": 3}', '{"socket": "/no/such/socket"}'])
def test_a_stale_address_is_nobodys(home: Path, left: str):
    (home / "broker.json").write_text(left)
    assert find_broker(home) is None
    with embedded(home) as broker:
        assert json.loads((home / "broker.json").read_text())["url"] == broker.url


def test_a_server_that_outlived_its_engine_is_ended_first(home: Path):
    with embedded(home) as first:
        address = (home / "broker.json").read_text()
        with serving(first) as orphan:
            (home / "broker.json").write_text(address)
            with embedded(home) as second:
                assert orphan.wait(timeout=5) == 0
                assert not first.socket.parent.exists()
                assert second.socket != first.socket


def test_a_machine_without_the_server_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(broker_module.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(CannotStartError, match="BROKER_URL"):
        server_binary()
