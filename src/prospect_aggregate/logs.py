"""How processes write their logs: one line an event, with run and source on it, as text or as JSON."""

import logging
import re
import sys
from datetime import UTC, datetime

import orjson
from amqp.exceptions import AMQPError
from django.conf import settings

from prospect_aggregate.collection.runlog import Stamp

QUIET = ("httpx2", "httpcore2", "django.server")
"""Libraries that tell each request, with addresses that are not ours to print."""
SECRET = re.compile(r"(/(?:feeds|sign-in|invitation|password)/|\bjps_)[\w-]{20,}")
"""What opens something to whoever knows it: in addresses, and tokens of the API wherever they stand."""


def veiled(text: str) -> str:
    """Without the secrets that addresses may hold: what was not found, or broke, is logged with its path."""
    return SECRET.sub(r"\1…", text)


def configure() -> None:
    """For a process of ours, once: everything goes to standard error, as containers and units expect."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Stamp())
    handler.addFilter(_without_our_lines)
    handler.setFormatter(Json() if settings.LOG_FORMAT == "json" else Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _without_our_lines(record: logging.LogRecord) -> bool:
    """What a broker refuses is said in its own words: the lines of code that led to it tell nobody anything."""
    if record.exc_info and isinstance(record.exc_info[1], AMQPError):
        record.exc_info = record.exc_text = None
    return True


class Text(logging.Formatter):
    """`2026-05-25 06:12:00Z INFO run 418: read [dhs 418]`."""

    def format(self, record: logging.LogRecord) -> str:
        run, source = (getattr(record, name, None) for name in ("run", "source"))
        stamp = f" [{source} {run}]" if run else ""
        line = f"{_moment(record):%Y-%m-%d %H:%M:%S}Z {record.levelname} {record.getMessage()}{stamp}"
        return veiled(f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line)


class Json(logging.Formatter):
    """One object a line: at, level, logger, message, run, source, error."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "run": getattr(record, "run", None),
            "source": getattr(record, "source", None),
            "error": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return veiled(
            orjson.dumps({name: value for name, value in told.items() if value is not None}).decode()
        )


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)
