"""A home to measure in: fresh, migrated, with the embedded broker and processes that are ended with it."""

import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
CELERY = (sys.executable, "-m", "celery", "-A")
TABLE = "--scheduler=prospect_aggregate.tasks.table_scheduler:TableScheduler"
Process = subprocess.Popen[bytes]
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://127.0.0.1:5432/postgres")


class Stand:
    """Everything in one folder that is removed afterwards."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.home = folder, folder / "home"
        ours = {
            "PROSPECTS_HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(folder),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PROSPECTS_REQUEST_PAUSE": "0",
        }
        self.env = {**os.environ, **ours, **settings}
        self._processes: list[Process] = []

    def start(self, name: str, *argv: str) -> Process:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(argv, env=self.env, stdout=log, stderr=log, start_new_session=True)
        self._processes.append(process)
        return process

    def beat(self, app: str) -> Process:
        return self.start("beat", *CELERY, app, "beat", TABLE, "--pidfile=", "--loglevel=INFO")

    def worker(self, app: str, *, concurrency: int = 1) -> Process:
        """Returns when it takes messages."""
        pool = ("--pool=prefork", f"--concurrency={concurrency}", "--without-gossip", "--without-mingle")
        worker = self.start("worker", *CELERY, app, "worker", *pool, "--loglevel=INFO")
        wait_until(lambda: " ready." in (self.folder / "worker.log").read_text())
        return worker

    def python(self, script: str) -> str:
        """What a program says that uses the product's own modules."""
        argv = [sys.executable, "-c", script]
        done = subprocess.run(argv, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        if address := self.env.get("DATABASE_URL"):
            with psycopg.connect(address) as server:
                return server.execute(sql, values or None).fetchall()
        path = self.home / "prospects.sqlite3"
        with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
            return connection.execute(sql, values).fetchall()

    def stop(self, process: Process) -> None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)

    def close(self) -> None:
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def stand(**settings: str) -> Iterator[Stand]:
    from prospect_aggregate.engine.broker import embedded
    from prospect_aggregate.engine.home import held

    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    built = Stand(folder, **settings)
    try:
        built.python("from prospect_aggregate.cli.home import migrate; migrate()")
        with ExitStack() as stack:
            stack.enter_context(held(built.home))
            broker = stack.enter_context(embedded(built.home))
            built.start("broker", *broker.argv)
            wait_until(broker.answers)
            yield built
    finally:
        built.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database() -> Iterator[str | None]:
    """The address of an empty database on a PostgreSQL server, dropped afterwards; None where none answers."""
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    name = f"bench_{secrets.token_hex(4)}"
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_until(happens: Callable[[], T], seconds: float = 120.0, *, every: float = 0.02) -> T:
    deadline = time.monotonic() + seconds
    while not (found := happens()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {happens.__qualname__}")
        time.sleep(every)
    return found


def megabytes(pid: int) -> float:
    """Resident."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 2**20


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
