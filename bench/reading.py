"""Files read, beside what most programs read them with: `python -m bench.reading`."""

from functools import partial

from bench import downloads, inputs
from bench.beside import QUICK, Beside, interleaved, show
from bench.loads import Settings, Steps, limit, peer

Measured = dict[str, list[float]]


def main() -> None:
    show("Reading", [*workbooks(), *tables(), *lines()])


def nothing(_: object) -> Settings:
    return {}


def beside(steps: Steps, *others: str) -> dict[str, Measured]:
    """The product's readers, which count rows, and others."""
    ours = {"ours": partial(limit, "read", steps, nothing)}
    return interleaved(ours | {name: partial(peer, "reading", name, steps, nothing) for name in others})


def workbooks() -> list[Beside]:
    scales = (1,) if QUICK else (1, 10)
    steps = {f"x{scale}": files("commerce", scale) for scale in scales}
    found = beside(steps, "openpyxl")
    return [
        _row(found, step, f"workbook of Commerce, {step}", "openpyxl", "pandas + openpyxl", 9)
        for step in steps
    ]


def tables() -> list[Beside]:
    steps = {"html": [("treasury", str(downloads.treasury(1)))]}
    found = beside(steps, "bs4", "lxml")
    return [
        _row(found, "html", "HTML table of Treasury", "bs4", "pandas.read_html, bs4", 50),
        _row(found, "html", "HTML table of Treasury", "lxml", "pandas.read_html, lxml", None),
    ]


def lines() -> list[Beside]:
    """Text of every cell; the bare reader knows neither encoding nor delimiter, and no heading."""
    steps = {"csv": [("dhs", str(downloads.homeland_security(10)))]}
    found = beside(steps, "csv", "pandas")
    return [
        _row(found, "csv", "CSV of Homeland Security, x10", "csv", "csv.reader alone (limit)", None),
        _row(found, "csv", "CSV of Homeland Security, x10", "pandas", "pandas.read_csv", None),
    ]


def files(key: str, scale: float) -> list[tuple[str, str]]:
    return [(it.key, str(it.path)) for it in inputs.made("first", scale=scale, keys=[key])]


def _row(
    found: dict[str, Measured], step: str, stage: str, other: str, peer: str, at_least: float | None
) -> Beside:
    mine, theirs = found["ours"], found[other]
    return Beside(
        stage=stage, ours=mine[f"{step} seconds"], peer=peer, theirs=theirs[f"{step} seconds"], at_least=at_least,
        our_cpu=mine[f"{step} cpu"], their_cpu=theirs[f"{step} cpu"],
    )  # fmt: skip


if __name__ == "__main__":
    main()
