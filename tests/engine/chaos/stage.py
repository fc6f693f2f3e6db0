"""What chaos is played on: a house whose processes, broker, database, disk and clock can each be struck."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from prospect_aggregate.engine.broker import find_broker
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.web import serve
from tests.engine.chaos.proxy import Proxy
from tests.engine.house import House, Process, kill, wait_until
from tests.engine.services import RABBITMQ, Engine, broker, database, short_folder

CLOCK = Path(__file__).with_name("clock.c")
COMPILER = shutil.which("cc")  # without one no clock jumps
AWAY = 6.0  # seconds that a broker, a database or a disk is away
HOUR = 3600


class Stage:
    """Three workers, two beats, one web; whoever is struck down is started again."""

    def __init__(
        self, house: House, engine: Engine, proxies: dict[str, Proxy], restart: Callable[[], None]
    ) -> None:
        self.house, self.engine, self._proxies, self._restart = house, engine, proxies, restart
        self.workers: list[Process] = []
        self.beats: list[Process] = []
        self.web: Process | None = None
        self._clock = house.folder / "clock"
        self._jumped = 0

    def start(self) -> None:
        self.house.extra.update(self._wall_clock())
        for _ in range(3):
            self.workers.append(self.house.worker())
        self.beats = [self.house.beat(f"beat {number}") for number in (1, 2)]
        self.web = self._start_web()

    def _wall_clock(self) -> dict[str, str]:
        """What a process that is to live by the clock that jumps has in its environment."""
        if not COMPILER:
            return {}
        self._clock.write_text("0")
        library = self.house.folder / "clock.so"
        subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, CLOCK, "-ldl"], check=True)
        return {"LD_PRELOAD": str(library), "CHAOS_CLOCK": str(self._clock)}

    def _start_web(self) -> Process:
        return self.house.start("web", *serve.argv(_free_port()))

    @property
    def strokes(self) -> dict[str, Callable[[], None]]:
        """Every fault that this engine can suffer here, by name."""
        found: dict[str, Callable[[], None]] = {
            "worker killed": self.kill_worker,
            "beat killed": self.kill_beat,
            "web killed": self.kill_web,
            "broker away": self._restart,
            "database away": self.take_database,
            "disk full": self.fill_disk,
        }
        if COMPILER:
            found["clock jumped an hour"] = self.jump
        return found

    def kill_worker(self) -> None:
        """In the middle of a run, where one is begun soon; else at rest."""
        kill(self._at_work(time.monotonic() + AWAY) or self.workers[0])
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        self.workers.append(self.house.worker())

    def _at_work(self, until: float) -> Process | None:
        while time.monotonic() < until:
            for run in self.house.database.ask("SELECT worker FROM collection_run WHERE status = 'started'"):
                if found := [it for it in self.workers if _is_led_by(it, run["worker"])]:
                    return found[0]
            time.sleep(0.005)
        return None

    def kill_beat(self) -> None:
        kill(self.beats.pop(0))
        self.beats.append(self.house.beat(f"beat {len(self.house.beats) + 1}"))

    def kill_web(self) -> None:
        if self.web:
            kill(self.web)
        self.web = self._start_web()

    def take_database(self) -> None:
        """A server's connections are cut; a file is locked by somebody else."""
        if "database" in self._proxies:
            self._proxies["database"].cut(AWAY)
            time.sleep(AWAY)
            return
        with closing(sqlite3.connect(self.house.home / "prospects.sqlite3", timeout=20)) as other:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(AWAY)
            other.rollback()

    def fill_disk(self) -> None:
        """The archive moves to a disk of its own that has no room; what was kept is there again afterwards."""
        archive = self.house.home / "archive"
        archive.mkdir(exist_ok=True)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=1", "tmpfs", archive], check=False
        )
        if mounted.returncode:
            return
        time.sleep(AWAY)
        subprocess.run(["umount", "-l", archive], check=True)

    def jump(self) -> None:
        """Forwards first, then back: every clock of this machine's processes at once."""
        self._jumped = HOUR - self._jumped
        self._clock.write_text(f"{self._jumped}")
        time.sleep(1)

    def mend(self) -> None:
        if self._jumped:
            self.jump()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def staged(folder: Path, engine: Engine, agencies: Server, **settings: object) -> Iterator[Stage]:
    """The services of an engine, each behind something that can strike it."""
    with ExitStack() as stack:
        sockets = stack.enter_context(short_folder())
        home = folder / "home"
        direct = stack.enter_context(database(engine, home))
        proxies: dict[str, Proxy] = {}
        url, restart = _broker(stack, engine, folder, proxies)
        led = SimpleNamespace(hosts=",".join(f"{host}={address}" for host, address in agencies.hosts.items()))
        house = House(str(engine), folder, led, direct, url, **settings)  # type: ignore[arg-type]  # asks for hosts only
        stack.callback(house.close)
        if direct.url:
            proxies["database"] = _proxy(stack, direct.url, 5432)
            house.extra["DATABASE_URL"] = _through(direct.url, proxies["database"])
        (folder / "sockets").symlink_to(sockets)
        house.migrate()
        house.start_broker()
        yield Stage(house, engine, proxies, restart or (lambda: _restart_embedded(house)))


def _broker(
    stack: ExitStack, engine: Engine, folder: Path, proxies: dict[str, Proxy]
) -> tuple[str | None, Callable[[], None] | None]:
    if engine.broker is None:
        return None, None
    if engine.broker == RABBITMQ:
        url = stack.enter_context(broker(engine))
        assert url
        proxies["broker"] = _proxy(stack, url, 5672)

        def cut() -> None:
            proxies["broker"].cut(AWAY)
            time.sleep(AWAY)

        return _through(url, proxies["broker"]), cut
    server = _Redis(folder / "redis", _free_port())
    stack.callback(server.stop)
    return f"redis://127.0.0.1:{server.port}/0", server.restart


class _Redis:
    """A server of our own, since other people's must not be restarted."""

    def __init__(self, folder: Path, port: int) -> None:
        folder.mkdir()
        self._folder, self.port = folder, port
        self._start()

    def _start(self) -> None:
        binary = shutil.which("redis-server") or "redis-server"
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder), "--save", ""]
        self._process = subprocess.Popen(
            [binary, *options, "--appendonly", "yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: _answers(self.port), every=0.05)

    def restart(self) -> None:
        self.stop()
        time.sleep(AWAY)
        self._start()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def _restart_embedded(house: House) -> None:
    """As the supervisor would: the same server, the same socket, its file kept."""
    for pid in house.processes("broker.sock"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    time.sleep(AWAY)
    house.start("broker", *house.broker_argv)
    wait_until(lambda: find_broker(house.home), every=0.1)


def _proxy(stack: ExitStack, url: str, port: int) -> Proxy:
    parts = urlsplit(url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or port)
    stack.callback(proxy.close)
    return proxy


def _through(url: str, proxy: Proxy) -> str:
    parts = urlsplit(url)
    who = parts.netloc.rpartition("@")[0]
    return parts._replace(
        netloc=f"{who}@127.0.0.1:{proxy.port}" if who else f"127.0.0.1:{proxy.port}"
    ).geturl()


def _answers(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=0.3).close()
        return True
    return False


def _is_led_by(leader: Process, worker: str) -> bool:
    """Whether this pool process, named by its host and number, is one of the leader's group."""
    with suppress(ProcessLookupError):
        return os.getpgid(int(worker.rpartition(":")[2])) == leader.pid
    return False
