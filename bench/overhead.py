"""What a task of the factory costs over a bare one that writes the same rows, through a real worker."""

import os
import statistics
import subprocess
import sys
import time

from bench.report import Figure, show
from bench.stand import Stand, fresh_database, stand, wait_until

ROUNDS = 7
MESSAGES = 5  # in a round, each for a source of its own
LIST = 100  # rows; what a task of the factory costs by itself is the larger part of a shorter one
KINDS = ("bare", "made")
COMMANDS = """
import sys
from bench.rows import clear, send
print("ready", flush=True)
for line in sys.stdin:
    clear() if line.strip() == "clear" else send(line.strip())
    print("done", flush=True)
"""
ENDED = "SELECT count(*) FROM collection_run WHERE status = 'succeeded'"


def main() -> None:
    sizes = [int(rows) for rows in os.environ.get("BENCH_ROWS", "1 700 3500").split()]
    for rows in sizes:
        report(rows, "SQLite", below=20 if rows >= LIST else None)
    for rows in sizes:
        with fresh_database() as address:
            if address is None:
                print("\nleft out: PostgreSQL does not answer; TEST_POSTGRES_URL names another")
                return
            report(rows, "PostgreSQL", DATABASE_URL=address)


def report(rows: int, engine: str, *, below: float | None = None, **settings: str) -> None:
    with stand(BENCH_ROWS=str(rows), **settings) as built:
        seconds = measured(built)
    show(f"One task that writes {rows:,} prospects, {engine}", figures(seconds, below))


def figures(seconds: dict[str, list[float]], below: float | None) -> list[Figure]:
    bare, made = (statistics.median(seconds[kind]) * 1000 for kind in KINDS)
    return [
        Figure(f"bare task, median of {ROUNDS}", bare, "ms"),
        Figure(f"task of the factory, median of {ROUNDS}", made, "ms"),
        Figure("difference", made - bare, "ms"),
        Figure("overhead", (made / bare - 1) * 100, "%", below=below),
    ]


def measured(built: Stand) -> dict[str, list[float]]:
    """Seconds of one task, from its message to its end, round by round."""
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    built.worker("bench.rows")
    with subprocess.Popen(
        [sys.executable, "-c", COMMANDS],
        env=built.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as sender:
        said(sender)
        for turn in range(ROUNDS + 1):  # the first one warms up
            for kind in KINDS if turn % 2 else reversed(KINDS):
                took = one_round(built, sender, kind)
                if turn:
                    seconds[kind].append(took)
        sender.stdin.close()
    return seconds


def one_round(built: Stand, sender: "subprocess.Popen[str]", kind: str) -> float:
    told(sender, "clear")
    began = time.perf_counter()
    told(sender, kind)
    wait_until(lambda: built.ask(ENDED)[0][0] == MESSAGES, every=0.002)
    return (time.perf_counter() - began) / MESSAGES


def told(sender: "subprocess.Popen[str]", word: str) -> None:
    sender.stdin.write(f"{word}\n")
    sender.stdin.flush()
    said(sender)


def said(sender: "subprocess.Popen[str]") -> str:
    return sender.stdout.readline()


if __name__ == "__main__":
    main()
