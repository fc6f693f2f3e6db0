"""What a list of many times as many rows costs, in memory and for each row: `python -m bench.growing`."""

from functools import partial

from bench import downloads
from bench.beside import QUICK, Beside, interleaved, show
from bench.loads import on_sqlite, ours

SCALES = (1, 10, 20) if QUICK else (1, 10, 100)


def main() -> None:
    with on_sqlite() as fresh:
        found = interleaved({
            f"x{scale}": partial(ours, {"first": [("dhs", str(downloads.homeland_security(scale)))]}, fresh)
            for scale in SCALES
        })  # fmt: skip
    one, ten, most = (found[f"x{scale}"] for scale in SCALES)
    show(f"Homeland Security's CSV, {most['first rows'][0]:,.0f} rows at x{SCALES[-1]}", [
        Beside(stage=f"peak memory, x{SCALES[-1]}", ours=most["first peak"], unit="MB", peer="x1",
               theirs=one["first peak"], at_most=2.5),
        Beside(stage=f"time of a row, x{SCALES[-1]}", ours=a_row(most), unit="ms", peer="x10", theirs=a_row(ten),
               at_most=1.3),
    ])  # fmt: skip


def a_row(figures: dict[str, list[float]]) -> list[float]:
    pairs = zip(figures["first seconds"], figures["first rows"], strict=True)
    return [seconds / rows * 1000 for seconds, rows in pairs]


if __name__ == "__main__":
    main()
