"""Damaged rows and files through the readers, in a process of their own that may not grow by more than 300 MB.

The short form; `make mutations` reads 100,000 rows and 2,000 files.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SHORT = ("--rows", "3000", "--files", "300", "--readers", "4")


@pytest.fixture(scope="module")
def said() -> str:
    """It ends well only when nothing crashed, hung, or took too much; `--aloud` names what did."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.mutations", *SHORT]
    here = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def counted(said: str, what: str) -> dict[str, int]:
    line = next(line for line in said.splitlines() if line.startswith(f"{what}: "))
    return {
        name: int(number.replace(",", "")) for number, name in re.findall(r"(\d[\d,]*) ([A-Za-z]+)", line)
    }


def test_damaged_rows_are_read_or_kept_with_their_reason(said: str) -> None:
    counts = counted(said, "rows")
    assert sum(counts.values()) >= 3000
    assert counts["read"] > 2800
    assert counts["rejected"] > 20


def test_damaged_files_are_read_or_refused(said: str) -> None:
    counts = counted(said, "files")
    assert sum(counts.values()) == 300
    assert min(counts[name] for name in ("read", "TransientError", "LayoutChangedError", "BlockedError")) > 20


def test_files_made_to_hurt_are_refused_before_they_do(said: str) -> None:
    counts = counted(said, "bombs")
    assert sum(counts.values()) >= 25
    assert counts["LayoutChangedError"] > 15
