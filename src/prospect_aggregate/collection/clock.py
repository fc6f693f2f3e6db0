"""The home's one clock: leases, heartbeats and slots go by it, in whichever process.

On PostgreSQL it is the database's own: what the clocks of workers and beats show does not matter.

On SQLite, which serves one host, it is a reading of the wall clock, kept in the database, and what the host's steady
clock has counted since, sleep included. So all processes agree at any moment, and a wall clock that jumps moves none
of them: neither those that ran before the jump nor one started after it, for it finds the same reading. The beat that
leads brings the home's clock back to the wall's time (`follow`). Forwards at once, and leases and heartbeats with it:
nothing expires by it. Backwards by going slower until the wall has come up: it never goes back, so no slot comes twice.
A start of the machine takes a new reading: whoever held a lease died before it.

Where the system has no such clock (anything but Linux) it is the wall clock.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from prospect_aggregate.collection.models import Anchor, Lease, Run

NOTICED = timedelta(
    seconds=1
)  # what time servers correct little by little, the steady clock follows by itself
WAITING = 0.75  # the rate; a lease of 15 s lasts for 20 then


def now() -> datetime:
    """Costs one statement."""
    if connection.vendor == "postgresql":
        return _of_the_server()
    return _anchor().shows(_steady()) if _has_steady_clock() else timezone.now()


def follow() -> None:
    """Called by the beat that leads, at each tick."""
    if connection.vendor == "postgresql" or not _has_steady_clock():
        return
    anchor, steady = _anchor(), _steady()
    behind = timezone.now() - anchor.shows(steady)
    if behind > NOTICED:
        _leap(anchor, steady, behind)
    elif behind < -NOTICED and anchor.rate != WAITING:
        _set(anchor, steady, rate=WAITING)
    elif behind >= -NOTICED and anchor.rate == WAITING:
        _set(anchor, steady, rate=1.0)


def _of_the_server() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _leap(anchor: Anchor, steady: float, ahead: timedelta) -> None:
    """What is as old as a moment ago is no older after it."""
    before = anchor.shows(steady)
    with transaction.atomic():
        if not _set(anchor, steady, rate=1.0, ahead=ahead):
            return
        Lease.objects.filter(expires_at__gt=before).update(expires_at=F("expires_at") + ahead)
        Lease.objects.filter(rest_until__gt=before).update(rest_until=F("rest_until") + ahead)
        Run.objects.filter(status=Run.Status.STARTED).update(heartbeat_at=F("heartbeat_at") + ahead)


def _set(anchor: Anchor, steady: float, *, rate: float, ahead: timedelta = timedelta(0)) -> bool:
    """False when another beat, which led until now, set it meanwhile."""
    unchanged = Anchor.objects.filter(boot=anchor.boot, steady=anchor.steady, rate=anchor.rate)
    return bool(unchanged.update(steady=steady, at=anchor.shows(steady) + ahead, rate=rate))


def _anchor() -> Anchor:
    """By hand: it is read several times in every run, and the ORM would take ten times as long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT steady, at, rate FROM collection_anchor WHERE boot = %s", [_boot()])
        row = cursor.fetchone()
    if row is None:
        return _first_reading()
    return Anchor(boot=_boot(), steady=row[0], at=row[1].replace(tzinfo=UTC), rate=row[2])


def _first_reading() -> Anchor:
    """Since the machine started; what was held or alive before that is not any more."""
    with transaction.atomic():
        wall = timezone.now()
        anchor, made = Anchor.objects.get_or_create(boot=_boot(), defaults={"steady": _steady(), "at": wall})
        if made:
            Anchor.objects.exclude(boot=anchor.boot).delete()
            Lease.objects.filter(expires_at__gt=wall).update(expires_at=wall, rest_until=None)
            Run.objects.filter(status=Run.Status.STARTED, heartbeat_at__gt=wall).update(heartbeat_at=wall)
    return anchor


def _has_steady_clock() -> bool:
    return sys.platform == "linux"


def _steady() -> float:
    """Seconds since the machine started; the same in every process, its sleep counted."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@lru_cache(maxsize=1)
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
