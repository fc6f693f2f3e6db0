"""The demo: replicas of the agencies' sites, a history of five editions, and the sixth one, which two spoil."""

import os
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.utils import timezone

from prospect_aggregate.engine.children import Child
from prospect_aggregate.sandbox import server
from prospect_aggregate.sandbox.files import EditionFile, write_files
from prospect_aggregate.sandbox.replica import replicas

HISTORY = 5  # editions loaded before the start; the replicas show the sixth
OBSERVED = time(6, 0, tzinfo=UTC)


def mishaps() -> dict[str, tuple[str, str]]:
    """What goes wrong in the demo on purpose: a source's key → the fault, and why it fits."""
    return {key: replica.mishap for key, replica in replicas().items() if replica.mishap}


class Demo:
    """What `up --demo` adds to the engine."""

    def __init__(self, *, out: Callable[[str], object]) -> None:
        self._out = out
        self._today = timezone.now().date()

    def children(self) -> Sequence[Child]:
        """The replicas' server. Every child after it finds their hosts in its environment."""
        from prospect_aggregate.collection import homes

        port = _any_port()
        led = server.hosts(port)
        homes.announce(led)
        os.environ["PROSPECTS_HOSTS"] = ",".join(f"{host}={address}" for host, address in led.items())
        self._load_history()
        words = ("sandbox", "serve", "--port", str(port), "--today", self._today.isoformat())
        faults = (word for key, (fault, _) in mishaps().items() for word in ("--spoil", f"{key}={fault}"))
        argv = (sys.executable, "-m", "prospect_aggregate", *words, *faults)
        for key, (_, why) in mishaps().items():
            self._out(f"on purpose: {key}: {why}")
        return (Child(name="replicas", argv=argv, ready=lambda: _answers(port), stop_order=8),)

    def _load_history(self) -> None:
        """Oldest first, over all sources; what a former start loaded is not loaded again."""
        waiting = [edition for edition in self._editions() if _is_later(edition)]
        for number, edition in enumerate(sorted(waiting, key=lambda it: it.day), start=1):
            self._out(f"loading history: {edition.key} of {edition.day} ({number} of {len(waiting)})")
            _load(edition)

    def _editions(self) -> list[EditionFile]:
        from prospect_aggregate.collection.models import Source

        if Source.objects.exclude(last_good_at=None).exists():
            return []
        self._out("making six weekly editions of each replica")
        written = write_files(settings.HOME / "editions", today=self._today)
        return [edition for edition in written if edition.number <= HISTORY]


def _is_later(edition: EditionFile) -> bool:
    from prospect_aggregate.collection.models import Source

    return not Source.objects.filter(key=edition.key, last_good_at__gte=_observed(edition.day)).exists()


def _load(edition: EditionFile) -> None:
    """Through the same door and the same path as every collection."""
    from prospect_aggregate.celery_app import app  # noqa: F401  # discovers the sources
    from prospect_aggregate.collection import archive, runs
    from prospect_aggregate.collection.models import Run, Source
    from prospect_aggregate.scrapers.registry import scraper_registry
    from prospect_aggregate.tasks.execution import execute

    registered = scraper_registry.get(edition.key)
    source = Source.objects.of(registered)
    given = archive.keep_file(source, edition.path, now=timezone.now())
    run = runs.request(
        source,
        reason=f"history of {edition.day}",
        trigger=Run.Trigger.PROGRAM,
        given=given,
        observed_at=_observed(edition.day),
    )
    execute(run.pk, registered.run)


def _observed(day: date) -> datetime:
    return datetime.combine(day, OBSERVED)


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((server.LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection((server.LOOPBACK, port), timeout=0.4).close()
    except OSError:
        return False
    return True
