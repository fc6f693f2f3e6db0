"""Running one run here and now: claim it, take it to its end. Workers and the command line meet in this function."""

import logging
import os
import signal
import socket

from prospect_aggregate import pipeline
from prospect_aggregate.collection import clock, memory, runs
from prospect_aggregate.collection.heartbeat import Interrupt
from prospect_aggregate.collection.models import Run
from prospect_aggregate.scrapers.registry import Collects
from prospect_aggregate.tasks import policy

logger = logging.getLogger(__name__)


def execute(
    run_id: int,
    scraper: Collects,
    *,
    progress: pipeline.Progress = lambda _: None,
    interrupt: Interrupt | None = None,
) -> Run | None:
    """The ended run; None when it was not ours to run (see `runs.claim`). Raises what the run failed with."""
    memory.keep_few_pages()
    memory.collect_seldom()
    run = runs.claim(run_id, worker=worker_name(), now=clock.now())
    if run is None:
        logger.info("run %s: not started here: taken, met or not due", run_id)
        return None
    return pipeline.collect(run, scraper, decide=policy.decide, progress=progress, interrupt=interrupt)


def end_this_process(number: signal.Signals) -> None:
    """The interrupt of a worker's pool process: the worker starts another one in its place."""
    os.kill(os.getpid(), number)


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
