"""Where long work is, on a terminal; nothing in a pipe."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.status import Status

    from prospect_aggregate.collection.models import Run


class Progress:
    """A line on stderr that says how far a source's collection or replay is, gone when that ends."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._line: Status | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console

            self._line = Console(stderr=True).status(f"{self._key}: waiting")
            self._line.start()
        return self

    def __call__(self, run: "Run") -> None:
        self.say(f"{run.stage}{_so_far(run)}")

    def say(self, where: str) -> None:
        if self._line:
            self._line.update(f"{self._key}: {where}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._line:
            self._line.stop()


def _so_far(run: "Run") -> str:
    if run.rows:
        return f", {run.rows:,} rows"
    return f", {run.bytes / 10**6:,.1f} MB" if run.bytes and run.stage == "fetch" else ""
