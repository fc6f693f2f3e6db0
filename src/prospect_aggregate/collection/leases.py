"""Rights that one process holds for a while, kept in the database so that every worker sees them.

`now` is the home's clock, the same in every process (`clock.py`). Holders whose clocks differ all the same never hold
one lease together: a lease has one owner, and each take is one conditional update.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from prospect_aggregate.collection import clock
from prospect_aggregate.collection.models import Lease
from prospect_aggregate.scrapers.errors import TransientError

LONGEST_WAIT = timedelta(minutes=10)  # for a turn at a host; longer means that something is stuck
POLL = 0.2  # seconds
SET_BACK = timedelta(minutes=1)  # past the longest wait for SQLite's write lock, in which `now` grows old


def take(name: str, owner: str, *, ttl: timedelta, now: datetime) -> bool:
    """True when `owner` holds the lease until now + ttl; taking it again renews it.

    One that was taken by a later clock than now, which was set back since, is free: nobody has renewed it.
    """
    Lease.objects.bulk_create(
        [Lease(name=name, owner="", expires_at=now - timedelta(seconds=1))], ignore_conflicts=True
    )
    over = Q(owner=owner) | Q(expires_at__lte=now)
    rested = Q(rest_until=None) | Q(rest_until__lte=now)
    free = (over & rested) | Q(heard_at__gt=now + SET_BACK)
    facts = {"owner": owner, "expires_at": now + ttl, "heard_at": now, "rest_until": None}
    return bool(Lease.objects.filter(free, name=name).update(**facts))


def renew_all(owner: str, *, ttl: timedelta, now: datetime) -> None:
    """Whatever `owner` still holds, it holds for another ttl."""
    Lease.objects.filter(owner=owner, expires_at__gt=now).update(expires_at=now + ttl, heard_at=now)


def release(name: str, owner: str, *, now: datetime, rest: timedelta = timedelta(0)) -> None:
    """Free for others, after a rest."""
    facts = {"expires_at": now, "heard_at": now, "rest_until": now + rest}
    Lease.objects.filter(name=name, owner=owner).update(**facts)


def release_all(owner: str, *, now: datetime) -> None:
    """For an owner that died with leases in its hands."""
    Lease.objects.filter(owner=owner, expires_at__gt=now).update(expires_at=now)


def holder(name: str, *, now: datetime) -> str | None:
    """Who holds the lease now."""
    return Lease.objects.filter(name=name, expires_at__gt=now).values_list("owner", flat=True).first()


def heard_at(name: str) -> datetime | None:
    """When a holder of the lease was heard last; None when there never was one."""
    return Lease.objects.filter(name=name).values_list("heard_at", flat=True).first()


def host_turns(owner: str, *, pause: timedelta) -> Callable[[str], AbstractContextManager[None]]:
    """One request at a time per host, over all workers, with a pause after each."""

    @contextmanager
    def turn(host: str) -> Iterator[None]:
        name = f"host:{host}"
        _wait_for(name, owner)
        try:
            yield
        finally:
            release(name, owner, now=clock.now(), rest=pause)

    return turn


def _wait_for(name: str, owner: str) -> None:
    give_up = time.monotonic() + LONGEST_WAIT.total_seconds()
    while not take(name, owner, ttl=settings.LOST_AFTER, now=clock.now()):
        if time.monotonic() > give_up:
            raise TransientError(
                f"{name.removeprefix('host:')}: other collections kept its turn for {LONGEST_WAIT}"
            )
        time.sleep(POLL)
