"""`make test`: the checks, the tests on SQLite, and those with a database again on PostgreSQL where one answers.

Tests of the engine start processes and wait for them; so they stand beside all others, which compute.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, NamedTuple

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://127.0.0.1:5432/postgres")
CHECKS = {
    "ruff": ["ruff", "check", "src", "tests"],
    "format": ["ruff", "format", "--check", "--quiet", "src", "tests"],
    "mypy": ["mypy"],
    "doors": ["lint-imports", "--no-logo"],
    "migrations": ["django-admin", "makemigrations", "--check", "--dry-run"],
    "settings": ["django-admin", "check", "--deploy", "--fail-level", "WARNING"],
}
DEPLOYED = {"PROSPECTS_BEHIND_TLS": "1", "PROSPECTS_SECRET_KEY": secrets.token_urlsafe(64)}
"""What Django's deployment check wants to see set."""
ON_POSTGRES = [
    "collection",
    "prospects",
    "tasks",
    "web",
    "test_pipeline.py",
    "test_real_editions.py",
    "test_real_totals.py",
    "test_replay.py",
    "test_review.py",
]
"""Tests that touch the database in this process; those of the engine choose their databases themselves."""

CORES = os.cpu_count() or 2
IN_ORDER = ["--dist", "load", "--maxschedchunk", "1"]
"""Whoever is free takes the next: of tests that wait none may queue behind another."""
EVENLY = ["-n", f"{CORES}", "--dist", "worksteal"]
"""Neighbours stay together and share what they begin from."""


class Suite(NamedTuple):
    name: str
    arguments: list[str]
    environment: dict[str, str] = {}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lint", action="store_true", help="the checks alone")
    failed = [name for name, command in CHECKS.items() if not _runs(name, command, DEPLOYED)]
    if not asked.parse_args().lint:
        failed += _all_tests()
    print("failed: " + ", ".join(failed) if failed else "all of it passed")  # noqa: T201
    return 1 if failed else 0


def _all_tests() -> list[str]:
    """Which suites failed. The engine's words come when it has ended, not between those of others."""
    engine = Suite("tests of the engine", ["-n", f"{CORES + 1}", *IN_ORDER, "tests/engine"])
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile() as words:
        waiting = beside.submit(_tests, engine, words)
        failed = [suite.name for suite in _suites() if not _tests(suite)]
        passed = waiting.result()
        words.seek(0)
        _say(words.read().decode(errors="replace"))
    return failed if passed else [*failed, engine.name]


def _suites() -> list[Suite]:
    suites = [Suite("tests on SQLite", [*EVENLY, "--ignore", "tests/engine", "tests"])]
    if (reason := _postgres_is_away()) is None:
        paths = [str(Path("tests", name)) for name in ON_POSTGRES if Path("tests", name).exists()]
        return [*suites, Suite("tests on PostgreSQL", [*EVENLY, *paths], {"DATABASE_URL": POSTGRES})]
    _say(f"left out: {', '.join(ON_POSTGRES)} on PostgreSQL: {reason}; TEST_POSTGRES_URL names another")
    return suites


def _postgres_is_away() -> str | None:
    """Why it cannot be used; None when it answers."""
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return None


def _tests(suite: Suite, words: IO[bytes] | None = None) -> bool:
    return _runs(suite.name, ["pytest", "-q", *suite.arguments], suite.environment, words)


def _runs(
    name: str, command: list[str], environment: dict[str, str] | None = None, words: IO[bytes] | None = None
) -> bool:
    """What it says goes where we speak, or is kept for later."""
    _say(f"— {name}")
    ours = {"DJANGO_SETTINGS_MODULE": "prospect_aggregate.settings", "PROSPECTS_HOME": tempfile.gettempdir()}
    settings = {**os.environ, **ours, **(environment or {})}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # or hundreds of processes compile the same modules
    began = time.monotonic()
    command = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    done = subprocess.run(command, env=settings, check=False, stdout=words, stderr=words)
    _say(f"— {name}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s")
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
