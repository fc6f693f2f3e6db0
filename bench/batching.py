"""Five sources asked for at once over a slow network, beside the slowest of them: `python -m bench.batching`."""

import sys
from datetime import datetime

from bench.beside import ROUNDS, Beside, show
from bench.serving import free_port, listens
from bench.stand import Stand, stand, wait_until

SECONDS = 1  # before the first byte of a connection; each source makes two: robots.txt, and its list
SOURCES = ("dhs", "commerce", "state", "energy", "hud")
APP = "prospect_aggregate.celery_app"
ASK = f"""
import {APP}
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.task_factory import request_batch
wanted = [scraper_registry.get(key) for key in {SOURCES}]
request_batch(wanted, task_registry, reason="round ROUND", by="bench", force=True)
"""
ENDED = "SELECT queued_at, started_at, finished_at, status FROM collection_run WHERE request = ?"


def main() -> None:
    rounds = measured()
    whole, slowest = ([each[which] for each in rounds] for which in (0, 1))
    show("Five sources over a slow network", [
        Beside(stage="batch, from its request to its end", ours=whole, peer="its slowest source", theirs=slowest,
               at_most=1.3),
    ])  # fmt: skip


def measured() -> list[tuple[float, float]]:
    """After a round that warms up."""
    from prospect_aggregate.sandbox.server import hosts

    port = free_port()
    led = ",".join(f"{host}={address}" for host, address in hosts(port, SOURCES).items())
    with stand(PROSPECTS_HOSTS=led) as built:
        built.start("slow", sys.executable, "-m", "bench.slow", str(port), str(SECONDS), *SOURCES)
        wait_until(listens(port))
        built.worker(APP, concurrency=len(SOURCES))
        return [one_round(built, number) for number in range(ROUNDS + 1)][1:]


def one_round(built: Stand, number: int) -> tuple[float, float]:
    """Seconds of the whole, and of the source that took longest."""
    built.python(ASK.replace("ROUND", str(number)))
    asked = f"round {number}"
    wait_until(lambda: sum(each[2] is not None for each in built.ask(ENDED, asked)) == len(SOURCES))
    runs = built.ask(ENDED, asked)
    wrong = [status for *_, status in runs if status not in ("succeeded", "unchanged")]
    if wrong:
        raise RuntimeError(f"{asked}: {wrong}")
    times = [tuple(map(datetime.fromisoformat, each[:3])) for each in runs]
    began, ended = min(each[0] for each in times), max(each[2] for each in times)
    slowest = max(finished - started for _, started, finished in times)
    return (ended - began).total_seconds(), slowest.total_seconds()


if __name__ == "__main__":
    main()
