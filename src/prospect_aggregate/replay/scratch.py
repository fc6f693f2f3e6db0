"""A fresh database beside the real one, filled by a process of its own and read under an alias."""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from prospect_aggregate.replay.reading import Errand
from prospect_aggregate.replay.sightings import CannotReplayError, Sighting
from prospect_aggregate.scrapers.registry import Registered

SCRATCH = "replay"
"""The alias: `Prospect.objects.using(SCRATCH)` is what today's code made of the archive."""
Watch = Callable[[int], object]
"""Told how many sightings are behind."""


@contextmanager
def read_again(registered: Registered, sightings: Sequence[Sighting], *, watch: Watch) -> Iterator[None]:
    """While entered, SCRATCH is there. Raises CannotReplayError when reading broke off."""
    with tempfile.TemporaryDirectory(prefix="prospects-replay-") as folder:
        database = Path(folder, "replay.sqlite3")
        _send(Errand(registered, sightings), database, watch)
        with _opened(database):
            yield


def _send(errand: Errand, database: Path, watch: Watch) -> None:
    """Everything that collects speaks to the one default database; so it does, in a process where that is ours."""
    with (database.parent / "errors").open("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "prospect_aggregate.replay"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(database),
        )
        with process:
            _converse(process, pickle.dumps(errand), watch)
        if process.returncode:
            errors.seek(0)
            raise CannotReplayError(_why(errand, errors.read()))


def _environment(database: Path) -> dict[str, str]:
    """The real archive, another database, and whatever can be imported here."""
    ours = {
        "PROSPECTS_HOME": str(settings.HOME),
        "DATABASE_URL": f"sqlite:///{database}",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    return os.environ | ours


def _converse(process: subprocess.Popen[bytes], errand: bytes, watch: Watch) -> None:
    """It never outlives us, whatever happens here."""
    assert process.stdin and process.stdout  # noqa: S101, PT018  # both are pipes
    try:
        with suppress(BrokenPipeError):  # it has died already, and left the reason
            process.stdin.write(errand)
            process.stdin.close()
        for number, _ in enumerate(process.stdout, start=1):
            watch(number)
        process.wait()
    finally:
        process.kill()


def _why(errand: Errand, errors: str) -> str:
    last = (errors.strip().splitlines() or ["it said nothing"])[-1]
    return f"{errand.registered.key}: reading the archive again broke off: {last}"


@contextmanager
def _opened(database: Path) -> Iterator[None]:
    asked = {DEFAULT_DB_ALIAS: {}, SCRATCH: {"ENGINE": "django.db.backends.sqlite3", "NAME": database}}
    described = connections.configure_settings(asked)[SCRATCH]
    opened = DatabaseWrapper(described, SCRATCH)
    opened.ensure_connection()
    connections.databases[SCRATCH], connections[SCRATCH] = described, opened
    try:
        yield
    finally:
        opened.close()
        del connections[SCRATCH], connections.databases[SCRATCH]
