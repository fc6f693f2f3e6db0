"""What a task of the factory costs over a bare one that writes the same rows, through a real worker."""

import os
import statistics
import subprocess
import sys
import time

from bench.report import Figure, show
from bench.stand import Stand, stand, wait_until

ROUNDS = 7
MESSAGES = 5  # in a round, each for a source of its own
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
    for rows in os.environ.get("BENCH_ROWS", "1 700 3500").split():
        with stand(BENCH_ROWS=rows) as built:
            seconds = measured(built)
        show(f"One task that writes {int(rows):,} prospects, SQLite", figures(seconds))


def figures(seconds: dict[str, list[float]]) -> list[Figure]:
    bare, made = (statistics.median(seconds[kind]) * 1000 for kind in KINDS)
    return [
        Figure(f"bare task, median of {ROUNDS}", bare, "ms"),
        Figure(f"task of the factory, median of {ROUNDS}", made, "ms"),
        Figure("difference", made - bare, "ms"),
        Figure("overhead", (made / bare - 1) * 100, "%", below=20),
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
