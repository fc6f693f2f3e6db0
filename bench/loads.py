"""Programs that load editions, each in a process and a place of its own, and what they say of their steps."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench import inputs
from bench.stand import ROOT

Steps = Mapping[str, list[tuple[str, str]]]
Settings = dict[str, str]
Fresh = Callable[[Path], Settings]
"""Fills a folder that is removed afterwards; says what a program's environment needs to find it."""

PEERS = ROOT / "bench" / ".venv" / "bin" / "python"
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
MIGRATE = "from prospect_aggregate.cli.home import migrate; migrate()"


def steps_of(names: tuple[str, ...], *, scale: float = 1, keys: list[str] | None = None) -> Steps:
    return {
        name: [(it.key, str(it.path)) for it in inputs.made(name, scale=scale, keys=keys)] for name in names
    }


def ours(steps: Steps, fresh: Fresh) -> dict[str, float]:
    return said(sys.executable, "bench.ours", [], steps, fresh)


def limit(name: str, steps: Steps, fresh: Fresh) -> dict[str, float]:
    return said(sys.executable, "bench.limits", [name], steps, fresh)


def dlt(steps: Steps, fresh: Fresh) -> dict[str, float]:
    return said(str(PEERS), "bench.peers.merging", [], steps, fresh)


def peer(module: str, name: str, steps: Steps, fresh: Fresh) -> dict[str, float]:
    return said(str(PEERS), f"bench.peers.{module}", [name], steps, fresh)


def said(python: str, module: str, words: list[str], steps: Steps, fresh: Fresh) -> dict[str, float]:
    """What a program measured: `first seconds`, `first peak`, …"""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = fresh(Path(folder))
        try:
            spoken = run([python, "-m", module, *words, json.dumps(steps)], BENCH_HOME=folder, **settings)
        finally:
            _forget(settings)
    figures = json.loads(spoken.splitlines()[-1])
    return {f"{step} {what}": figure for step, all_ in figures.items() for what, figure in all_.items()}


def environment(settings: Mapping[str, str]) -> Settings:
    ours = {
        "DJANGO_SETTINGS_MODULE": "prospect_aggregate.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "RUNTIME__DLTHUB_TELEMETRY": "false",
    }
    return {**os.environ, **ours, **settings}


def run(argv: list[str], **settings: str) -> str:
    done = subprocess.run(
        argv, cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


@contextmanager
def on_sqlite() -> Iterator[Fresh]:
    """Each program finds a copy of a home that was migrated once."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder) / "home"
        run([sys.executable, "-c", MIGRATE], PROSPECTS_HOME=str(home))

        def fresh(place: Path) -> Settings:
            shutil.copytree(home, place / "home")
            return {"PROSPECTS_HOME": str(place / "home"), "BENCH_ADDRESS": f"sqlite:///{place}/peer.sqlite3"}

        yield fresh


@contextmanager
def on_postgresql() -> Iterator[Fresh]:
    """Each program finds a copy of a database that was migrated once."""
    template = f"bench_{os.getpid()}"
    _tell(f"CREATE DATABASE {template}")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            run([sys.executable, "-c", MIGRATE], PROSPECTS_HOME=folder, DATABASE_URL=_address(template))

        def fresh(place: Path) -> Settings:
            _tell(f"CREATE DATABASE {template}_copy TEMPLATE {template}")
            address = _address(f"{template}_copy")
            peer = (
                address if ":" in (urlsplit(address).netloc.rpartition("@")[0]) else _with_password(address)
            )
            return {"PROSPECTS_HOME": str(place), "DATABASE_URL": address, "BENCH_ADDRESS": peer}

        yield fresh
    finally:
        _tell(f"DROP DATABASE {template}")


def _forget(settings: Settings) -> None:
    if address := settings.get("DATABASE_URL"):
        _tell(f"DROP DATABASE {urlsplit(address).path[1:]} WITH (FORCE)")


def _address(database: str) -> str:
    return urlsplit(POSTGRES)._replace(path=f"/{database}").geturl()


def _with_password(address: str) -> str:
    """dlt asks for one, also where the server does not."""
    return address.replace("@", ":none@", 1)


def _tell(statement: Any) -> None:
    import psycopg

    with closing(psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)) as server:
        server.execute(statement)
