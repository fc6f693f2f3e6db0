"""Thirteen editions collected, beside programs that only load them: `python -m bench.collecting`."""

from functools import partial

from bench import inputs
from bench.beside import Beside, interleaved, show
from bench.loads import Fresh, Steps, dlt, limit, on_postgresql, on_sqlite, ours, steps_of

SOURCES = 13
Found = dict[str, dict[str, list[float]]]


def main() -> None:
    steps = {**steps_of(inputs.STEPS), "identical": steps_of(("again",))["again"]}
    with on_sqlite() as fresh:
        show("Thirteen editions from files, SQLite", sqlite(measured(steps, fresh, "inserted", "guarded")))
    import psycopg

    try:
        with on_postgresql() as fresh:
            found = measured(steps, fresh, "copied", "merged")
    except psycopg.OperationalError as error:
        print(f"\nThirteen editions from files, PostgreSQL: left out, {str(error).splitlines()[0]}")
        return
    show("Thirteen editions from files, PostgreSQL", postgresql(found))


def measured(steps: Steps, fresh: Fresh, bare: str, upsert: str) -> Found:
    """Bare loads and dlt take the first edition, upserts also those after it."""
    first = {"first": steps["first"]}
    later = {step: steps[step] for step in inputs.STEPS}
    return interleaved(
        {
            "ours": partial(ours, steps, fresh),
            "bare": partial(limit, bare, first, fresh),
            "upsert": partial(limit, upsert, later, fresh),
            "dlt": partial(dlt, first, fresh),
        }
    )


def sqlite(found: Found) -> list[Beside]:
    return [
        against(found, "first", "bare", "first load", "plain script, one table", 0.6),
        against(found, "first", "dlt", "first load", "dlt, merge", 3),
        against(found, "changed", "upsert", "next edition, 5 % changed", "hash-guarded upsert of all", 2),
        against(found, "again", "upsert", "the same in new bytes", "hash-guarded upsert of all", 2.5),
        identical(found),
        Beside(stage="peak memory of the first load", ours=found["ours"]["first peak"], unit="MB", below=120),
    ]


def postgresql(found: Found) -> list[Beside]:
    return [
        against(found, "first", "bare", "first load", "COPY into one table", 0.6),
        against(found, "first", "dlt", "first load", "dlt, merge", 3),
        against(found, "changed", "upsert", "next edition, 5 % changed", "COPY + ON CONFLICT", None),
        against(found, "again", "upsert", "the same in new bytes", "COPY + ON CONFLICT", 8),
        identical(found),
    ]


def against(found: Found, step: str, other: str, stage: str, peer: str, at_least: float | None) -> Beside:
    mine, theirs = found["ours"], found[other]
    return Beside(
        stage=stage, ours=mine[f"{step} seconds"], peer=peer, theirs=theirs[f"{step} seconds"], at_least=at_least,
        our_cpu=mine[f"{step} cpu"], their_cpu=theirs[f"{step} cpu"],
    )  # fmt: skip


def identical(found: Found) -> Beside:
    each = [seconds / SOURCES * 1000 for seconds in found["ours"]["identical seconds"]]
    return Beside(stage="identical bytes, a source", ours=each, unit="ms", below=10)


if __name__ == "__main__":
    main()
