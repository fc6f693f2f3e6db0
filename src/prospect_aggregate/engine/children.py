"""One child of the supervisor: how it is started, what its deaths mean, what its log says."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from prospect_aggregate.engine.guard import signal_group

LOG_BYTES = 5_000_000  # a log above this is set aside when its child starts; one older log is kept
TAIL_BYTES = 8_000
TAIL_LINES = 10
SETTLED_AFTER = 2.0  # seconds alive that stand for "ready" where a child cannot be asked
ASKED_EVERY = 0.05  # seconds between two questions
SWEPT_WITHIN = 1.0  # seconds that killed processes get to leave the process table
PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process to keep alive; `env` is added to ours.

    `needs` names the children that must be ready before it starts, and that outlive it at the stop.
    Of the others, a lower `stop_order` is stopped earlier.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    ready: Callable[[], bool] | None = None  # asked from a thread until it says yes; None: alive for 2 s
    stop_signal: signal.Signals = signal.SIGTERM
    stop_order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartPolicy:
    """When a child that died is started again, in seconds, and when no more."""

    first: float = 1.0
    most: float = 30.0
    calm: float = 60.0  # a life this long starts the pauses afresh
    deaths: int = 5
    within: float = 600.0


@dataclass(frozen=True, slots=True)
class Death:
    """An end that nobody asked for, and the pause before the next start; None when there will be none."""

    reason: str
    pause: float | None


class Question(threading.Thread):
    """Asks one start of a child whether it is ready; in a thread, as a broker that hangs holds the asker 9 s."""

    def __init__(self, ask: Callable[[], bool]) -> None:
        super().__init__(daemon=True)
        self._ask, self._dropped = ask, threading.Event()
        self.answered = False
        self.start()

    def run(self) -> None:
        while not self.answered and not self._dropped.wait(ASKED_EVERY):
            self.answered = self._ask()

    def drop(self) -> None:
        self._dropped.set()


class Charge:
    """One child in the supervisor's care: its present process and its history."""

    def __init__(self, child: Child, log: Path, policy: RestartPolicy) -> None:
        self.child, self.log, self._policy = child, log, policy
        self.process: subprocess.Popen[bytes] | None = None
        self.ready = self.left_down = self.called_slow = False
        self.start_at = self.started_at = 0.0
        self._deaths: deque[float] = deque()
        self._pause = policy.first
        self._log_began_at = 0
        self._question: Question | None = None

    @property
    def name(self) -> str:
        return self.child.name

    def start(self, now: float) -> None:
        """In a session of its own: Ctrl-C must reach the supervisor alone, which keeps the order."""
        self.started_at, self.called_slow = now, False
        _set_aside(self.log)
        with self.log.open("ab") as stream:
            self._log_began_at = stream.tell()
            self.process = subprocess.Popen(  # noqa: S603 - commands are ours, never a user's text
                self.child.argv,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.child.env},
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._question = Question(self.child.ready) if self.child.ready else None

    def answers(self, now: float) -> bool:
        return self._question.answered if self._question else now - self.started_at >= SETTLED_AFTER

    def ended(self) -> str | None:
        """How the process ended, once; None while it lives. Takes what is left of its session with it."""
        code = self.process.poll() if self.process else None
        if self.process is None or code is None:
            return None
        _sweep(self.process.pid)
        self.process, self.ready = None, False
        if self._question:
            self._question.drop()
        return _how(code)

    def died(self, reason: str, now: float) -> Death:
        """Plans the next start, or none after too many deaths."""
        if now - self.started_at >= self._policy.calm:
            self._pause = self._policy.first
        self._deaths.append(now)
        while self._deaths[0] < now - self._policy.within:
            self._deaths.popleft()
        self.left_down = len(self._deaths) >= self._policy.deaths
        return Death(reason, None if self.left_down else self._wait(now))

    def _wait(self, now: float) -> float:
        pause, self._pause = self._pause, min(self._policy.most, 2 * self._pause)
        self.start_at = now + pause
        return pause

    def ask_to_end(self) -> None:
        """The leader only: told directly, a worker's pool processes would drop the task they are in."""
        if self.process:
            self.process.send_signal(self.child.stop_signal)

    def kill(self) -> None:
        if self.process:
            signal_group(self.process.pid, signal.SIGKILL)

    def last_words(self) -> list[str]:
        """The end of what this start wrote."""
        if not self.log.exists():
            return []
        with self.log.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(self._log_began_at, size - TAIL_BYTES))
            return stream.read().decode(errors="replace").splitlines()[-TAIL_LINES:]


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _set_aside(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def _sweep(group: int) -> None:
    """Kills what outlived its leader and waits until it is gone: "stopped" must mean that nothing is left."""
    deadline = time.monotonic() + SWEPT_WITHIN
    while signal_group(group, signal.SIGKILL) and time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(-group, os.WNOHANG)
        time.sleep(0.002)


def adopt_orphans() -> None:
    """Pool processes whose worker died become ours to bury: a container's process 1 does it late or never.

    On macOS, which knows no such thing, launchd does it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
