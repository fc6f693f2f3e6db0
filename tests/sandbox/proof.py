"""What a replica must withstand: the real source reads its editions, and the product collects it in a fresh home."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.table import Table

TODAY = date(2026, 5, 25)


def read(scraper: Scraper, content: bytes) -> tuple[list[ProspectDraft], Table]:
    """Raises on the first row that the source rejects."""
    table, layout = scraper.read(content)
    plan = layout.plan(table, source=scraper.name)
    return [scraper.draft(Row(number, cells), plan) for number, cells in table.rows], table


def collected(server: Server, key: str, home: Path) -> str:
    """What `prospects collect KEY` says in a home of its own, led to the sandbox."""
    environment = {
        **os.environ,
        "PROSPECTS_HOME": str(home),
        "PROSPECTS_HOSTS": ",".join(f"{host}={address}" for host, address in server.hosts.items()),
        "PROSPECTS_REQUEST_PAUSE": "0",
        "DATABASE_URL": f"sqlite:///{home / 'prospects.sqlite3'}",
        "BROKER_URL": "",
    }
    command = [sys.executable, "-m", "prospect_aggregate", "collect", key]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr
