"""The sign of life of a run, from a thread of its own: parsing may be busy, the pulse is not."""

import logging
import threading
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from prospect_aggregate.collection import leases
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.runs import owner

logger = logging.getLogger(__name__)


class Heartbeat:
    """While entered, says every few seconds that the run lives, and where it is."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of run {run.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(settings.HEARTBEAT_EVERY.total_seconds()):
                self._say()
        finally:
            connection.close()

    def _say(self) -> None:
        now = timezone.now()
        try:
            Run.objects.filter(pk=self._run.pk, status=Run.Status.STARTED).update(
                heartbeat_at=now, stage=self._run.stage, rows=self._run.rows
            )
            leases.renew_all(owner(self._run), ttl=settings.LOST_AFTER, now=now)
        except Error as error:  # the next beat tries again; a database that stays away makes the run lost
            logger.warning("run %s: heartbeat not written: %s", self._run.pk, error)
