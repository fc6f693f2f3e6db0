"""The guard: a small process that ends the children of a supervisor that was killed.

A killed supervisor tells nobody, but the system closes its end of a pipe. The guard reads there which
sessions live, and at its end it ends those that are left. A death signal (`prctl`) would not reach the pool
processes of a worker, nor anything on macOS. Run as a file, it starts in 20 ms and imports nothing of ours.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

GRACE = 6.0  # seconds between asking and killing, as at an ordinary stop


def signal_group(group: int, number: int) -> bool:
    """Whether any process of the session was left to hear it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS answers "not permitted" for a group of zombies
        return False
    return True


class Guard:
    """The supervisor's side: starts the guard, tells it what lives, replaces it when somebody kills it."""

    def __init__(self, *, leftovers: Sequence[Path] = (), holds: Sequence[int] = ()) -> None:
        self._leftovers, self._holds = leftovers, holds
        self._told: set[int] = set()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Guard":
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def watch(self, groups: Iterable[int]) -> None:
        """These sessions live now; call it on every change, it is free when nothing changed."""
        if self._process is None or self._process.poll() is not None:
            self._close()
            self._start()
        living = set(groups)
        self._write(
            [f"+{group}" for group in living - self._told] + [f"-{group}" for group in self._told - living]
        )
        self._told = living

    def _start(self) -> None:
        self._told = set()
        self._process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", "-S", __file__, *map(str, self._leftovers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            pass_fds=self._holds,
        )

    def _write(self, lines: list[str]) -> None:
        pipe = self._process and self._process.stdin
        if pipe and lines:
            with suppress(BrokenPipeError):  # it was killed; the next call replaces it
                pipe.write("".join(f"{line}\n" for line in lines))
                pipe.flush()

    def _close(self) -> None:
        if self._process is None:
            return
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()
        self._process = None


def main() -> None:
    """Reads until the supervisor is gone, however it went, then ends what it left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    living: set[int] = set()
    for line in sys.stdin:
        (living.add if line[0] == "+" else living.discard)(int(line[1:]))
    _end(living)
    for path in map(Path, sys.argv[1:]):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _end(groups: set[int]) -> None:
    deadline = time.monotonic() + GRACE
    living = {group for group in groups if signal_group(group, signal.SIGTERM)}
    while living and time.monotonic() < deadline:
        time.sleep(0.05)
        living = {group for group in living if signal_group(group, 0)}
    for group in living:
        signal_group(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
