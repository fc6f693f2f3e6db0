"""`make test`: the checks, the tests on SQLite, and those with a database again on PostgreSQL where one answers."""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lint", action="store_true", help="the checks alone")
    failed = [name for name, command in CHECKS.items() if not _runs(name, command, DEPLOYED)]
    if not asked.parse_args().lint:
        failed += [name for name, environment, paths in _suites() if not _tests(name, environment, paths)]
    print("failed: " + ", ".join(failed) if failed else "all of it passed")  # noqa: T201
    return 1 if failed else 0


def _suites() -> list[tuple[str, dict[str, str], list[str]]]:
    suites = [
        ("tests on SQLite", {}, ["tests/engine/test_chaos.py", "tests/engine", "tests/browser", "tests"])
    ]  # those that wait begin first, the longest before all others
    if (reason := _postgres_is_away()) is None:
        paths = [str(Path("tests", name)) for name in ON_POSTGRES if Path("tests", name).exists()]
        return [*suites, ("tests on PostgreSQL", {"DATABASE_URL": POSTGRES}, paths)]
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


def _tests(name: str, environment: dict[str, str], paths: list[str]) -> bool:
    workers = str((os.cpu_count() or 2) + 1)  # some tests wait more than they work
    return _runs(name, ["pytest", "-q", "-n", workers, "--dist", "worksteal", *paths], environment)


def _runs(name: str, command: list[str], environment: dict[str, str] | None = None) -> bool:
    _say(f"— {name}")
    ours = {"DJANGO_SETTINGS_MODULE": "prospect_aggregate.settings", "PROSPECTS_HOME": tempfile.gettempdir()}
    settings = {**os.environ, **ours, **(environment or {})}
    began = time.monotonic()
    command = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    done = subprocess.run(command, env=settings, check=False)
    _say(f"— {name}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s")
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
