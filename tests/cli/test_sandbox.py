"""Faults that anyone can make in a sandbox that runs, and those that the demo has on purpose."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.cli.demo import mishaps
from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection import homes
from prospect_aggregate.collection.health import health_of
from prospect_aggregate.sandbox.control import SandboxError
from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.faults import FAULTS
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.given import a_source, collected

TODAY = date(2026, 5, 25)
SMALL = 0.05
KEYS = ["dhs", "state"]
DOCUMENT = Path(__file__).parents[2] / "docs/commands.md"


@pytest.fixture
def running() -> Iterator[Server]:
    with Server(today=TODAY, scale=SMALL, keys=KEYS) as server:
        yield server


@pytest.fixture(autouse=True)
def in_this_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROSPECTS_HOME", str(home))


def run(*words: str) -> Result:
    return CliRunner().invoke(prospects, ["sandbox", *words])


def faults(server: Server) -> dict[str, str | None]:
    shown = run("state", "--json", "--port", str(server.port))
    return {site["key"]: site["fault"] for site in json.loads(shown.output)}


def test_a_fault_is_made_and_mended_while_it_runs(running: Server) -> None:
    done = run("spoil", "state", "block_page", "--port", str(running.port))
    assert done.output == "state: 403 and a challenge page, until `prospects sandbox mend state`\n"
    assert faults(running) == {"dhs": None, "state": "block_page"}
    assert run("mend", "state", "--port", str(running.port)).output == "state: all is well\n"
    assert faults(running) == {"dhs": None, "state": None}


def test_the_sandbox_of_the_demo_is_found_by_its_home(running: Server, home: Path) -> None:
    homes.announce(running.hosts)
    assert run("spoil", "dhs", "server_error").exit_code == 0
    assert running.stage.state()[0]["fault"] == "server_error"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("spoil", "dhs", "earthquake"), "no fault 'earthquake'; there are block_page"),
        (("spoil", "dsh", "server_error"), "no replica of 'dsh' here; there are dhs, state"),
        (("spoil", "dhs", "moved_heading_row"), "moved_heading_row cannot befall dhs"),
        (("mend", "dsh"), "no replica of 'dsh' here"),
    ],
)
def test_what_the_sandbox_does_not_know_is_said(running: Server, words: tuple[str, ...], why: str) -> None:
    done = run(*words, "--port", str(running.port))
    assert done.exit_code == 1
    assert why in str(done.exception)


def test_where_no_sandbox_answers_is_said(home: Path) -> None:
    assert "no demo was started" in str(run("state").exception)
    homes.announce({"apfs-cloud.dhs.gov": "http://127.0.0.1:9"})
    error = run("state").exception
    assert isinstance(error, SandboxError)
    assert "no sandbox answers on port 9; start one" in str(error)


@pytest.mark.parametrize("given", ["state", "state=", "=block_page"])
def test_a_fault_from_the_start_names_its_replica(given: str) -> None:
    done = run("serve", "--port", "0", "--spoil", given)
    assert (done.exit_code, "write state=block_page" in done.output) == (2, True)


def test_a_sandbox_may_be_spoiled_from_its_start() -> None:
    command = [sys.executable, "-m", "prospect_aggregate", "sandbox", "serve", "--port", "0", "--spoil"]
    with subprocess.Popen([*command, "dhs=server_error"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = re.findall(r":(\d+)", process.stdout.readline())[0]
            shown = json.loads(run("state", "--json", "--port", port).output)
        finally:
            process.terminate()
    assert {site["key"]: site["fault"] for site in shown}["dhs"] == "server_error"


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("key", mishaps())
def test_what_the_demo_spoils_stands_as_blocked_or_held(key: str, settings: Settings) -> None:
    fault, _ = mishaps()[key]
    registered = scraper_registry.get(key)
    with Server(today=TODAY, scale=SMALL, keys=[key], current=5) as server:
        settings.HOSTS = server.hosts
        day = edition(key, 5, today=TODAY, scale=SMALL).day
        collected(registered, at=datetime.combine(day, time(6), UTC))
        server.show(key, 6)
        server.spoil(key, fault)
        with suppress(ScraperError):
            collected(registered)
    state = health_of(a_source(registered), now=timezone.now()).state
    assert state == {"block_page": "blocked", "half_rows": "quarantined"}[fault]
