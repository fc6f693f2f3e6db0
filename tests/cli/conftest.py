"""Two ways to type a command: most tests ask what it says, a few whether the process behaves."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from prospect_aggregate.cli import home as cli_home
from tests.agency import Site
from tests.cli.shell import HOST, Process, Shell


@pytest.fixture
def prospects(home: Path, site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> Shell:
    """In this process; Homeland Security's host leads to a server of ours."""
    settings.HOSTS = {HOST: site.address}
    monkeypatch.setattr(cli_home, "_is_new", lambda: False)
    return Shell(home)


@pytest.fixture
def process(tmp_path: Path, site: Site) -> Process:
    """In processes of their own, against a fresh home."""
    return Process(tmp_path / "fresh", site)
