"""What ten thousand rows of the schedule cost the beat, and thirteen sources a worker."""

import json
import socket
import sys
import time

from bench.report import Figure, show
from bench.stand import Stand, children, cpu_seconds, megabytes, stand, wait_until

WATCHED = 60.0  # seconds of an idle beat
SOURCES = 13
APP = "prospect_aggregate.celery_app"
SERVE = (sys.executable, "-m", "prospect_aggregate", "sandbox", "serve")
ENDED = "SELECT count(*), sum(finished_at IS NOT NULL) FROM collection_run"
MAKING = """
import json, os, resource
def resident(): return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
import prospect_aggregate.celery_app
before = resident()
from bench import many
print(json.dumps([many.made_in, resident() - before, many.generated_in, many.SOURCES]))
"""


def main() -> None:
    with stand() as built:
        show("Ten thousand tasks", [*task_objects(built), *beat(built)])
    with stand() as built:
        show("Thirteen sources", worker_child(built))


def task_objects(built: Stand) -> list[Figure]:
    seconds, megabytes, generated, count = json.loads(built.python(MAKING))
    return [
        Figure(f"{count:,} task objects made", seconds, "s"),
        Figure(f"{count:,} task objects and their schedule, memory", megabytes, "MB"),
        Figure(f"schedule of {count:,} generated", generated, "s", below=1),
    ]


def beat(built: Stand) -> list[Figure]:
    """Started on an empty table, then on one with all rows; watched while it has little to do."""
    first = started(built)
    built.python("from bench.many import settle; settle()")
    again = started(built, keep=True)
    (rows,) = built.ask("SELECT count(*) FROM collection_schedule")[0]
    return [
        Figure("beat starts and makes the rows", first, "s", below=10),
        Figure(f"beat starts with {rows:,} rows", again, "s", below=10),
        *watched(built),
    ]


def started(built: Stand, *, keep: bool = False) -> float:
    began = time.perf_counter()
    process = built.beat("bench.many")
    wait_until(lambda: leader(built) == process.pid)
    took = time.perf_counter() - began
    if not keep:
        built.stop(process)
    return took


def leader(built: Stand) -> int | None:
    found = built.ask("SELECT owner FROM collection_lease WHERE name = 'beat' AND expires_at > heard_at")
    return int(found[0][0].split(":")[1]) if found and found[0][0] else None


def watched(built: Stand) -> list[Figure]:
    pid = wait_until(lambda: leader(built))
    time.sleep(5)  # the start is measured above
    cpu, (fired,) = cpu_seconds(pid), built.ask("SELECT count(*) FROM collection_run")[0]
    time.sleep(WATCHED)
    share = (cpu_seconds(pid) - cpu) / WATCHED * 100
    slots = built.ask("SELECT count(*) FROM collection_run")[0][0] - fired
    return [
        Figure(f"beat, share of a core over {WATCHED:.0f} s with {slots} slots", share, "%", below=5),
        Figure("beat, resident", megabytes(pid), "MB", below=120),
    ]


def worker_child(built: Stand) -> list[Figure]:
    """After its start, and after it has collected a made-up edition of each source."""
    from prospect_aggregate.sandbox import server

    with socket.socket() as probe:
        probe.bind((server.LOOPBACK, 0))
        port = probe.getsockname()[1]
    hosts = ",".join(f"{host}={address}" for host, address in server.hosts(port).items())
    built.env["PROSPECTS_HOSTS"] = hosts
    built.start("replicas", *SERVE, "--port", str(port))
    wait_until(lambda: answers(server.LOOPBACK, port))
    worker = built.worker(APP)
    (child,) = children(worker.pid)
    idle = megabytes(child)
    built.python(f"from {APP} import app; app.tasks['run_all_scrapers_task'].delay()")
    most = idle
    while not all_ended(built):
        most = max(most, megabytes(child))
        time.sleep(0.05)
    time.sleep(1)  # a task ends a moment after its run, and gives back memory then
    return [
        Figure("worker child with thirteen sources, resident after its start", idle, "MB", below=150),
        Figure("the same after it collected each once", megabytes(child), "MB", below=150),
        Figure("the same at its largest", most, "MB"),
    ]


def all_ended(built: Stand) -> bool:
    asked, ended = built.ask(ENDED)[0]
    return bool(asked >= SOURCES and asked == ended)


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=0.4).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
