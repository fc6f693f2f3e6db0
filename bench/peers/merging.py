"""dlt merges the same rows, read and normalised by the product's own code: `… merging STEPS`."""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dlt

from bench.limits import NAMES, records
from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.registry import scraper_registry


def main(steps: dict[str, list[tuple[str, str]]]) -> None:
    scraper_registry.discover(sources)
    address = os.environ["BENCH_ADDRESS"]
    made = dlt.destinations.postgres if address.startswith("postgres") else dlt.destinations.sqlalchemy
    pipeline = dlt.pipeline(
        "beside", destination=made(address), dataset_name="beside", pipelines_dir=os.environ["BENCH_HOME"]
    )
    said = {}
    for step, files in steps.items():
        began, worked = time.perf_counter(), time.process_time()
        pipeline.run(
            dlt.resource(
                rows(files), name="prospects", write_disposition="merge", primary_key=("source", "native_id")
            )
        )
        said[step] = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
    print(json.dumps(said))


def rows(files: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    for key, path in files:
        yield from (dict(zip(NAMES, row, strict=True)) for row in records(key, Path(path)))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
