"""The replicas' editions as files, for histories, benchmarks and people who like to look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prospect_aggregate.sandbox.editions import COUNT, SEED, Edition, chosen, editions


@dataclass(frozen=True, slots=True)
class EditionFile:
    key: str
    number: int
    day: date
    """When this edition was observed: what `collect --at` takes."""
    path: Path


def write_files(
    folder: Path,
    *,
    today: date,
    seed: int = SEED,
    scale: float = 1,
    keys: Iterable[str] | None = None,
    count: int = COUNT,
) -> list[EditionFile]:
    """`<folder>/<key>/<date>.<ext>`, oldest first within a source; files of the same name are replaced."""
    return [
        _write(folder / key, edition)
        for key in chosen(keys)
        for edition in editions(key, today=today, seed=seed, scale=scale, count=count)
    ]


def _write(folder: Path, edition: Edition) -> EditionFile:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{edition.day}.{edition.replica.extension}"
    with path.open("wb") as stream:
        edition.write(stream)
    return EditionFile(edition.replica.key, edition.number, edition.day, path)
