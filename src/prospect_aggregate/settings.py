"""Everything that can be set, from the environment only; importing this creates nothing."""

from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def whole(name: str, default: int, *, least: int = 1) -> int:
    """A whole number from the environment, refused below `least`."""
    try:
        number = int(env.str(name, default=str(default)))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={env.str(name)!r}: use a whole number") from error
    if number < least:
        raise ImproperlyConfigured(f"{name}={number}: use {least} or more")
    return number


def seconds(name: str, default: int, *, least: int = 1) -> timedelta:
    """A length of time, written as whole seconds."""
    return timedelta(seconds=whole(name, default, least=least))


def rewritten_hosts(text: str) -> dict[str, str]:
    """`host=http://address,…` → where requests for those hosts really go (the sandbox, a local file server)."""
    pairs = [pair.strip().partition("=") for pair in text.split(",") if pair.strip()]
    for host, _, address in pairs:
        if not host or not address.startswith(("http://", "https://")):
            raise ImproperlyConfigured(f"PROSPECTS_HOSTS: {host}={address!r}: write host=http://address")
    return {host: address.rstrip("/") for host, _, address in pairs}


# Where state lives: the database, the archive and the broker's files.
HOME = Path(env.str("PROSPECTS_HOME", default="var")).absolute()

# The engine. SQLite serves one host; DATABASE_URL names a PostgreSQL for more.
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(env.str("DATABASE_URL", default=f"sqlite:///{HOME / 'prospects.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # take the write lock at BEGIN: no upgrade, so no instant "locked"
        "timeout": 20,  # seconds to wait for another writer; runs are called lost only well after that
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; a new connection costs more than most queries
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
BROKER_URL = env.str("BROKER_URL", default="")  # empty: the embedded broker of `prospects up`, when it runs

# Towards the agencies.
USER_AGENT = f"JPS-Prospect-Aggregate/{version('jps-prospect-aggregate')}"
CONTACT = env.str("PROSPECTS_CONTACT", default="https://github.com/jps-prospect-aggregate")
REQUEST_PAUSE = seconds("PROSPECTS_REQUEST_PAUSE", 2, least=0)  # between two requests to one host
HOSTS = rewritten_hosts(env.str("PROSPECTS_HOSTS", default=""))

# The task system.
WORKERS = whole("PROSPECTS_WORKERS", 2)  # pool processes of one worker
LOST_AFTER = seconds("PROSPECTS_LOST_AFTER", 60)  # above SQLite's 20 s of waiting plus the longest ingest
HEARTBEAT_EVERY = seconds("PROSPECTS_HEARTBEAT_EVERY", 10)
RESEND_AFTER = seconds("PROSPECTS_RESEND_AFTER", 60)  # a queued run whose message nobody took is sent again
TIME_LIMIT = seconds("PROSPECTS_TIME_LIMIT", 1800)  # one collection; the hard limit follows a minute later
if LOST_AFTER <= 2 * HEARTBEAT_EVERY:
    raise ImproperlyConfigured("PROSPECTS_LOST_AFTER must exceed two heartbeats (PROSPECTS_HEARTBEAT_EVERY)")

# Django.
SECRET_KEY = env.str("PROSPECTS_SECRET_KEY", default="no pages yet: nothing is signed with this")
INSTALLED_APPS = ["prospect_aggregate.collection", "prospect_aggregate.prospects"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True
LOGGING_CONFIG = None  # each process's command sets up logging; a library call stays silent
