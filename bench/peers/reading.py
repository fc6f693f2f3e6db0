"""Files read as most programs read them: `… reading NAME STEPS`, each step a source's key and a path."""

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import bs4  # noqa: F401  # pandas imports these four at its first file; imports do not count for either side
import html5lib  # noqa: F401
import lxml.html  # noqa: F401
import openpyxl  # noqa: F401
import pandas as pd

READERS: dict[str, Callable[[str], int]] = {
    "openpyxl": lambda path: len(pd.read_excel(path, engine="openpyxl")),
    "bs4": lambda path: len(pd.read_html(path, flavor="bs4")[0]),
    "lxml": lambda path: len(pd.read_html(path, flavor="lxml")[0]),
    "pandas": lambda path: len(pd.read_csv(path, dtype=str, keep_default_na=False)),
    "csv": lambda path: sum(1 for _ in csv.reader(io.StringIO(Path(path).read_text(encoding="utf-8")))) - 1,
}


def main(name: str, steps: dict[str, list[tuple[str, str]]]) -> None:
    read, said = READERS[name], {}
    for step, files in steps.items():
        began, worked = time.perf_counter(), time.process_time()
        rows = sum(read(path) for _, path in files)
        took, spent = time.perf_counter() - began, time.process_time() - worked
        said[step] = {"seconds": took, "cpu": spent, "rows": rows}
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
