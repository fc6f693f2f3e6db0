"""Words sought among a million prospects, beside tantivy: `python -m bench.finding`; the million is made once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from bench.beside import QUICK, Beside, interleaved, show
from bench.inputs import FOLDER
from bench.loads import PEERS, environment, run
from bench.stand import ROOT

COUNT = int(os.environ.get("BENCH_PROSPECTS", "20000" if QUICK else "1000000"))
FEW, MANY = 5_000, COUNT // 8
ASKED = 40
"""Questions of a kind in a round, each once; the slowest in a hundred of so few is the slowest."""
MIGRATED = """
from prospect_aggregate.cli.home import migrate
migrate()
"""
FILL = f"""{MIGRATED}
from django.db import connection, transaction
from tests.prospects.made import fill, sources
with transaction.atomic():
    fill({COUNT}, of=sources(13), words=60_000)
connection.cursor().execute("ANALYZE")
"""
TERMS = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, prospects_words, row)"
CHOSEN = "SELECT term FROM terms WHERE doc BETWEEN ? AND ? AND term <> '_' ORDER BY term LIMIT ?"


def main() -> None:
    home = filled()
    kinds = {"few": words(home, FEW // 10, FEW), "many": words(home, MANY, COUNT // 2)}
    show(
        f"A word among {COUNT:,} prospects: page, count, facets; slowest of {ASKED}",
        rows(measured(home, kinds)),
    )


def rows(found: dict[str, dict[str, list[float]]]) -> list[Beside]:
    ours, tantivy = found["ours"], found["tantivy"]
    targets = {"few": (f"up to {FEW:,} hits", 50), "many": (f"{MANY:,} hits and more", 150)}
    return [
        Beside(stage=stage, ours=ours[kind], unit="ms", peer="tantivy", theirs=tantivy[kind], below=below)
        for kind, (stage, below) in targets.items()
    ]


def filled() -> Path:
    home = FOLDER / f"search-{COUNT}"
    if not home.exists():
        beside = home.with_suffix(".part")
        run([sys.executable, "-c", FILL], PROSPECTS_HOME=str(beside))
        beside.rename(home)
    run([sys.executable, "-c", MIGRATED], PROSPECTS_HOME=str(home))
    return home


def words(home: Path, least: int, most: int) -> list[str]:
    """From the index itself: words that so many prospects have, each once."""
    with closing(sqlite3.connect(home / "prospects.sqlite3")) as database:
        database.execute(TERMS)
        return [word for (word,) in database.execute(CHOSEN, (least, most, ASKED))]


def measured(home: Path, kinds: dict[str, list[str]]) -> dict[str, dict[str, list[float]]]:
    with (
        answering([sys.executable, "-m", "bench.answers"], home) as ours,
        answering([str(PEERS), "-m", "bench.peers.finding", str(home)], home) as tantivy,
    ):
        return interleaved({
            "ours": partial(slowest, ours, kinds),
            "tantivy": partial(slowest, tantivy, kinds),
        })  # fmt: skip


@contextmanager
def answering(argv: list[str], home: Path) -> Iterator["subprocess.Popen[str]"]:
    settings = environment({"PROSPECTS_HOME": str(home)})
    with subprocess.Popen(
        argv, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        program.stdout.readline()
        yield program
        program.stdin.close()


def slowest(program: "subprocess.Popen[str]", kinds: dict[str, list[str]]) -> dict[str, float]:
    return {kind: max(_answered(program, asked)) for kind, asked in kinds.items()}


def _answered(program: "subprocess.Popen[str]", asked: list[str]) -> list[float]:
    program.stdin.write(json.dumps(asked) + "\n")
    program.stdin.flush()
    found: list[float] = json.loads(program.stdout.readline())
    return found


if __name__ == "__main__":
    main()
