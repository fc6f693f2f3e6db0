"""What the engines stand on: databases and brokers of their own, made for one test and taken away after it."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis
from kombu import Connection
from kombu.exceptions import OperationalError
from psycopg.rows import dict_row

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
RABBITMQ = os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")
QUEUES = ("collections", "checks", "upkeep")


@dataclass(frozen=True, slots=True)
class Engine:
    """One combination that the product runs on; a service is None where the product brings its own."""

    database: str | None = None
    broker: str | None = None

    def __str__(self) -> str:
        names = {None: "", POSTGRES: "postgresql", REDIS: "redis", RABBITMQ: "rabbitmq"}
        return f"{names[self.database] or 'sqlite'}, {names[self.broker] or 'embedded'}"

    def missing(self) -> str | None:
        """Why it cannot be had here; None when it can."""
        return _no_database(self.database) or _no_broker(self.broker)


EMBEDDED = Engine()
ENGINES = (EMBEDDED, Engine(POSTGRES, RABBITMQ), Engine(POSTGRES, REDIS))


def _no_database(url: str | None) -> str | None:
    try:
        with psycopg.connect(url, connect_timeout=2) if url else closing(sqlite3.connect(":memory:")):
            return None
    except psycopg.OperationalError as error:
        return f"no PostgreSQL at TEST_POSTGRES_URL={url}: {str(error).splitlines()[0]}"


def _no_broker(url: str | None) -> str | None:
    try:
        with Connection(url or "memory://", connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=0, timeout=2)
            return None
    except (OperationalError, OSError) as error:
        return f"no broker at {url}: {error}"


@dataclass(frozen=True, slots=True)
class Sqlite:
    """Looked at with plain SQL: pytest's own process has Django set up for another home."""

    path: Path
    url: None = None

    def ask(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            found = connection.execute(sql.replace("%s", "?"), [_plain(value) for value in values])
            return [dict(row) for row in found]


def _plain(value: object) -> object:
    """As Django writes it into SQLite: a time is UTC without saying so."""
    return str(value.astimezone(UTC).replace(tzinfo=None)) if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class Postgres:
    url: str

    def ask(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, autocommit=True, row_factory=dict_row) as connection:
            found = connection.execute(sql, values)
            return found.fetchall() if found.description else []


Database = Sqlite | Postgres


@contextmanager
def database(engine: Engine, home: Path) -> Iterator[Database]:
    """A new one, empty; a server's is dropped at the end, whoever is still connected."""
    if engine.database is None:
        yield Sqlite(home / "prospects.sqlite3")
        return
    name = f"prospects_engine_{uuid.uuid4().hex[:12]}"
    server = Postgres(engine.database)
    server.ask(f"CREATE DATABASE {name}")
    try:
        yield Postgres(urlsplit(engine.database)._replace(path=f"/{name}").geturl())
    finally:
        server.ask(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def broker(engine: Engine) -> Iterator[str | None]:
    """A server's broker, emptied before and after.

    Messages carry a run's number and no more, so two databases must never share a broker: one test at a time has it.
    """
    if engine.broker is None:
        yield None
        return
    with _alone(engine.broker):
        empty(engine.broker)
        try:
            yield engine.broker
        finally:
            empty(engine.broker)


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Among all processes of pytest on this machine."""
    name = f"prospects-test-{uuid.uuid5(uuid.NAMESPACE_URL, url)}.lock"
    with (Path(tempfile.gettempdir()) / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def empty(url: str) -> None:
    if url.startswith("redis"):
        with redis.Redis.from_url(url) as client:
            client.flushdb()
        return
    with Connection(url) as connection:
        for queue in QUEUES:
            connection.default_channel.queue_delete(queue)


def waiting(url: str, queue: str) -> int:
    """Messages in a queue that nobody has taken."""
    with Connection(url) as connection:
        return int(connection.default_channel.queue_declare(queue, passive=True).message_count)


@contextmanager
def short_folder() -> Iterator[Path]:
    """For sockets, whose paths must be short; pytest's temporary folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="run-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
