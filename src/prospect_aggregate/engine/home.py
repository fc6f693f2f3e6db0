"""The state folder as an engine's own: made, found writable, and held by one engine at a time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "up.lock"
FOLDERS = ("broker", "logs")
ELSEWHERE = "choose another folder with PROSPECTS_HOME"


class CannotStartError(Exception):
    """The engine cannot run here; the message is one line that says what to change."""


@contextmanager
def held(home: Path) -> Iterator[int]:
    """Holds the home until the end and yields the lock's descriptor.

    The lock belongs to the open file, not to this process: the guard is given the descriptor too, so a home
    whose supervisor was killed stays taken until its last child has ended.
    """
    try:
        _prepare(home)
        lock = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotStartError(f"cannot write to {home}: {_reason(home, error)}; {ELSEWHERE}") from error
    try:
        _take(home, lock)
        yield lock
        os.ftruncate(lock, 0)
    finally:
        os.close(lock)


def _prepare(home: Path) -> None:
    """Makes what is missing, for its owner only, and writes: a mode says little (read-only disks, root)."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (home, *(home / name for name in FOLDERS)):
        folder.mkdir(mode=0o700, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()


def _reason(home: Path, error: OSError) -> str:
    in_the_way = home.exists() and not home.is_dir()
    return "it is a file" if in_the_way else error.strerror or str(error)


def _take(home: Path, lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CannotStartError(_taken(home, os.pread(lock, 20, 0).decode().strip())) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)


def _taken(home: Path, pid: str) -> str:
    if pid and not alive(int(pid)):
        return f"the engine on {home} (process {pid}) was killed and is being cleaned up; try again in 10 s"
    return f"already running on {home} (process {pid or 'unknown'}); stop that one, or {ELSEWHERE}"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
