"""A program that collects files as the product does, and says what each step took: `… ours STEPS`."""

import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FIRST = datetime(2026, 6, 5, tzinfo=UTC)


def main(steps: dict[str, list[tuple[str, str]]]) -> None:
    """Step → source and file, one after the other, each step a week after the one before."""
    import prospect_aggregate.celery_app  # noqa: F401  # sets up Django, discovers the sources

    said = {}
    for week, (step, files) in enumerate(steps.items()):
        said[step] = _step(step, files, FIRST + timedelta(weeks=week))
    print(json.dumps(said))


def _step(step: str, files: list[tuple[str, str]], at: datetime) -> dict[str, Any]:
    began, worked = time.perf_counter(), time.process_time()
    runs = [_collected(step, key, Path(path), at) for key, path in files]
    took, spent = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = {name: sum(getattr(run, name) or 0 for run in runs) for name in ("rows", "new", "changed")}
    return {"seconds": took, "cpu": spent, "peak": peak, **counted}


def _collected(step: str, key: str, path: Path, at: datetime) -> Any:
    from prospect_aggregate.collection import given
    from prospect_aggregate.scrapers.registry import scraper_registry
    from prospect_aggregate.tasks.execution import execute

    registered = scraper_registry.get(key)
    with path.open("rb") as file:
        run = given.receive(
            registered,
            file,
            filename=path.name,
            size=path.stat().st_size,
            reason=step,
            now=at,
            observed_at=at,
        )
    return execute(run.pk, registered.run)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
