"""A SQLite file that this process uses in place of its test database: server threads need one each can open."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"},
}


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Every connection that is made meanwhile, in any thread, leads to that file."""
    ours, theirs = connections.settings["default"], connections["default"]
    connections.settings["default"] = {**ours, **SQLITE, "NAME": str(path)}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = ours
        connections["default"] = theirs


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def settle() -> None:
    """Everything written stands in the one file, so that it can be copied."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
