"""`make chaos`: the long form, on every engine that can be had here."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.engine.chaos.play import Act, play
from tests.engine.services import ENGINES


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--slots", type=int, default=20, help="of each source")
    asked.add_argument("--editions", type=int, default=6)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seconds", type=float, default=1500, help="after which it has failed")
    asked.add_argument("--engine", type=int, choices=range(len(ENGINES)), help="one of them only")
    asked.add_argument("--spare", action="append", default=[], help="a blow that does not fall")
    given = asked.parse_args()
    wrong = 0
    for engine in ENGINES if given.engine is None else [ENGINES[given.engine]]:
        if reason := engine.missing():
            print(f"{engine}: left out: {reason}", flush=True)  # noqa: T201
            continue
        act = Act(
            slots=given.slots,
            editions=given.editions,
            seed=given.seed,
            seconds=given.seconds,
            spared=tuple(given.spare),
        )
        with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
            began = time.monotonic()
            verdict = play(Path(folder), engine, act)
            print(f"{engine}, {time.monotonic() - began:.0f} s\n{verdict}", flush=True)  # noqa: T201
        wrong += bool(verdict.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
