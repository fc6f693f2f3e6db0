"""What a run said while it ran: kept line by line with the run, and stamped with run and source wherever logs go."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import Error

from prospect_aggregate.collection.models import LogLine, Run

logger = logging.getLogger(__name__)
MOST_LINES = 1000  # of one run; a list of a thousand bad rows is told by its count
LAST_WORDS = timedelta(seconds=5)
_RUN: ContextVar["RunLog | None"] = ContextVar("run", default=None)


class RunLog:
    """Lines of one run, gathered by whatever thread works for it and written now and then."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.source = run.source.key
        self._lines: list[LogLine] = []
        self._count = 0
        self._lock = threading.Lock()

    def add(self, record: logging.LogRecord) -> None:
        with self._lock:
            self._count += 1
            if self._count <= MOST_LINES:
                self._lines.append(self._line(record.levelname, record.getMessage(), record.created))
            elif self._count == MOST_LINES + 1:
                self._lines.append(
                    self._line(
                        "WARNING", f"more than {MOST_LINES:,} lines: the rest is not kept", record.created
                    )
                )

    def _line(self, level: str, text: str, created: float) -> LogLine:
        return LogLine(run=self.run, at=datetime.fromtimestamp(created, UTC), level=level.lower(), text=text)

    def write(self) -> None:
        """What a database that is away does not take, it gets next time."""
        with self._lock:
            lines, self._lines = self._lines, []
        if not lines:
            return
        try:
            LogLine.objects.bulk_create(lines)
        except Error as error:
            with self._lock:
                self._lines = lines + self._lines
            logger.warning("run %s: its log was not written: %s", self.run.pk, error)


def lines_of(run: Run, *, after: int = 0) -> list[LogLine]:
    """In their order; `after` is the number of the last line that is known already."""
    return list(run.log.filter(pk__gt=after))


def is_written(run: Run, *, now: datetime) -> bool:
    """Whether no more lines come: the last ones are written a moment after the run has its final status."""
    return run.finished_at is not None and now - run.finished_at > LAST_WORDS


class _Keep(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if (log := _RUN.get()) is not None:
            log.add(record)


class Stamp(logging.Filter):
    """Puts run and source on every record; empty where nothing is being collected."""

    def filter(self, record: logging.LogRecord) -> bool:
        log = _RUN.get()
        record.run = log.run.pk if log else None
        record.source = log.source if log else None
        return True


_KEEP = _Keep(logging.INFO)


@contextmanager
def kept(run: Run) -> Iterator[RunLog]:
    """While entered, what our code logs in this context is kept with the run."""
    ours = logging.getLogger("prospect_aggregate")
    if _KEEP not in ours.handlers:
        ours.addHandler(_KEEP)
        ours.setLevel(min(ours.level or logging.INFO, logging.INFO))
    log = RunLog(run)
    token = _RUN.set(log)
    try:
        yield log
    finally:
        _RUN.reset(token)
        log.write()
