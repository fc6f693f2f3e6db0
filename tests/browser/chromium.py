"""Where a Chromium is: on the PATH, else one of Debian's packages, else Playwright's own download."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright

SHELL = "chromium-headless-shell"  # the same engine without windows: a page opens for a third of the work
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 180  # seconds for each of the two installers


class NoChromiumError(Exception):
    """None can be had on this machine; the message says what was tried."""


def executable(playwright: Playwright) -> Path:
    """Raises NoChromiumError. What has to be installed is installed by one process, while the others wait."""
    with _alone():
        found = _on_path() or _downloaded(playwright)
        if found:
            return found
        tried = [_by_apt(), _by_playwright()]
        found = _on_path() or _downloaded(playwright)
    if found is None:
        raise NoChromiumError(f"no Chromium on the PATH ({', '.join(NAMES)}); {'; '.join(tried)}")
    return found


def _on_path() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def _downloaded(playwright: Playwright) -> Path | None:
    path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _by_apt() -> str:
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return "apt-get may not install one here"
    _ran(["apt-get", "update", "-qq"])
    tried = [_installed(SHELL)]
    if not _on_path():  # a Debian from before the shell was a package of its own
        tried.append(_installed("chromium"))
    return "; ".join(tried)


def _installed(package: str) -> str:
    return _ran(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package])


def _by_playwright() -> str:
    return "" if _on_path() else _ran([sys.executable, "-m", "playwright", "install", "chromium"])


def _ran(command: list[str]) -> str:
    """What came of it, in a few words."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]}: {error}"
    last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no word"]
    return f"{' '.join(command[-3:])}: exit {done.returncode}: {last[0]}"


@contextmanager
def _alone() -> Iterator[None]:
    with Path(tempfile.gettempdir(), "prospects-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
