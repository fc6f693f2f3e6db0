"""How long what people wait for takes to start: `python -m bench.starting`."""

import sys
import tempfile
import time
from pathlib import Path

from bench.beside import ROUNDS, Beside, show
from bench.loads import on_sqlite, run
from bench.serving import free_port, served

IMPORT = """
import time
began = time.perf_counter()
import prospect_aggregate.scrapers.registry
print(time.perf_counter() - began)
"""


def main() -> None:
    show(
        "Starts",
        [
            Beside(stage="prospects --help", ours=helped(), unit="ms", below=300),
            Beside(stage="web answers after its start", ours=web(), unit="s", below=3),
            Beside(stage="import prospect_aggregate.scrapers.registry", ours=imported(), unit="ms", below=50),
        ],
    )


def helped() -> list[float]:
    return [timed([sys.executable, "-m", "prospect_aggregate", "--help"]) for _ in range(ROUNDS)]


def timed(argv: list[str]) -> float:
    began = time.perf_counter()
    run(argv)
    return (time.perf_counter() - began) * 1000


def imported() -> list[float]:
    """Without the interpreter's own start."""
    return [float(run([sys.executable, "-c", IMPORT])) * 1000 for _ in range(ROUNDS)]


def web() -> list[float]:
    """A migrated home each time, whose static files are still to be gathered."""
    from prospect_aggregate.web import serve

    found = []
    with on_sqlite() as fresh:
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                settings, port = fresh(Path(folder)), free_port()
                began = time.perf_counter()
                with served(serve.argv(port), serve.answers(port), **settings):
                    found.append(time.perf_counter() - began)
    return found


if __name__ == "__main__":
    main()
