"""Which of several beats fires: the one that holds the lease."""

import logging
import os
import socket
import uuid
from datetime import datetime, timedelta

from prospect_aggregate.collection import leases, stops
from prospect_aggregate.tasks.registry import TaskRegistry

logger = logging.getLogger(__name__)
LEASE = "beat"
LEASE_FOR = timedelta(seconds=15)


class Candidate:
    """One beat's part in it. Nothing is remembered that the database does not say again at the next tick."""

    def __init__(self, tasks: TaskRegistry) -> None:
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.leads = False
        self._tasks = tasks

    def take(self, *, now: datetime) -> bool:
        """True when this one fires until it is asked again, for 15 s at most."""
        heard = leases.heard_at(LEASE)
        leads = leases.take(LEASE, self.owner, ttl=LEASE_FOR, now=now)
        if leads != self.leads:
            logger.info("beat: %s", "this one fires" if leads else "another one fires")
        self.leads = leads
        if leads and heard and now - heard > LEASE_FOR:
            self._record_stop(heard, now)
        return leads

    def _record_stop(self, began: datetime, ended: datetime) -> None:
        stop = stops.record(began, ended, known=self._tasks.knows)
        if stop:
            logger.warning("beat: stopped for %s; slots missed: %s", ended - began, stop.slots)

    def step_back(self, *, now: datetime) -> None:
        leases.release(LEASE, self.owner, now=now)
