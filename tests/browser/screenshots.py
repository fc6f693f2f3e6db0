"""Where screenshots go, and the line at the end of a run that says so."""

import os
import time
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("PROSPECTS_SCREENSHOTS", "build/screenshots")).absolute()
_began = time.time()


def place(name: str) -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER / f"{name}.png"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Only where this run made some; with xdist it is the controller that speaks."""
    made = [path for path in FOLDER.glob("*.png") if path.stat().st_mtime >= _began]
    if made:
        terminalreporter.write_line(f"screenshots: {FOLDER} ({len(made)})")
