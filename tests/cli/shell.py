"""`prospects` as it is typed: in this process for what it says, in one of its own where that is the point."""

import io
import json
import logging
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from prospect_aggregate.cli.main import main
from tests.agency import Site

Done = subprocess.CompletedProcess[str]
HOST = "apfs-cloud.dhs.gov"


class Shell:
    """Types commands in this process, whose database is there, through the frame that makes errors lines."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *words: str) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            code = _left_with(["prospects", *words])
        return Done(words, code, _text(out), _text(err))

    def objects(self, *words: str) -> list[dict[str, Any]]:
        done = self(*words, "--json")
        assert done.returncode == 0, done.stderr
        listed: list[dict[str, Any]] = json.loads(done.stdout)
        return listed


class Process(Shell):
    """Starts `prospects` in a home that nothing has been in, with Homeland Security's host led to a server of ours."""

    def __init__(self, home: Path, site: Site) -> None:
        super().__init__(home)
        self.environment = {
            **os.environ,
            "PROSPECTS_HOME": str(home),
            "PROSPECTS_HOSTS": f"{HOST}={site.address}",
            "PROSPECTS_REQUEST_PAUSE": "0",
            "DATABASE_URL": f"sqlite:///{home / 'prospects.sqlite3'}",
            "BROKER_URL": "",
        }

    def __call__(self, *words: str, **environment: str) -> Done:
        command = [sys.executable, "-m", "prospect_aggregate", *words]
        return subprocess.run(
            command,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def _left_with(argv: list[str]) -> int:
    """What the process would end with; what the command hung on the log is taken off again."""
    ours = logging.getLogger("prospect_aggregate")
    with patch.object(sys, "argv", argv), patch.object(ours, "handlers", [*ours.handlers]):
        try:
            main()
        except SystemExit as leaving:
            return int(leaving.code or 0)
    return 0


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
