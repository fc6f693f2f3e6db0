"""What is collected: editions from the sandbox's generator as files, made once and kept under `bench/.inputs`."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prospect_aggregate.sandbox.listing import Listing
    from prospect_aggregate.sandbox.replica import Replica

FOLDER = Path(__file__).parent / ".inputs"
DAY = date(2026, 6, 5)
EACH = 20
"""Of so many rows, one is changed: 5 %."""
STEPS = ("first", "changed", "again")


@dataclass(frozen=True, slots=True)
class Input:
    key: str
    path: Path


def made(step: str, *, scale: float = 1, keys: Iterable[str] | None = None) -> list[Input]:
    """The files of a step: `first`, `changed` (one row in twenty) or `again` (that content in other bytes)."""
    from prospect_aggregate.sandbox.editions import chosen
    from prospect_aggregate.scrapers import sources
    from prospect_aggregate.scrapers.registry import scraper_registry

    scraper_registry.discover(sources)
    make: Callable[[Path, str, float], Path] = {"first": _first, "changed": _changed, "again": _again}[step]
    folder = FOLDER / f"x{scale:g}" / step
    return [Input(key, _kept(folder, key) or make(folder, key, scale)) for key in chosen(keys)]


def _kept(folder: Path, key: str) -> Path | None:
    return next(folder.glob(f"{key}.*"), None)


def _first(folder: Path, key: str, scale: float) -> Path:
    from prospect_aggregate.sandbox.files import write_files

    (file,) = write_files(folder / "made", today=DAY, scale=scale, keys=[key], count=1)
    return file.path.rename(folder / f"{key}{file.path.suffix}")


def _changed(folder: Path, key: str, scale: float) -> Path:
    from prospect_aggregate.sandbox.editions import edition

    whole = edition(key, 1, today=DAY, scale=scale, count=1)
    path = folder / f"{key}.{whole.replica.extension}"
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        whole.write(stream, _amended)
    return path


def _amended(listing: "Listing", replica: "Replica") -> "Listing":
    """Every twentieth row has another title, or another description where no title is published."""
    from prospect_aggregate.scrapers.registry import scraper_registry

    columns = scraper_registry.get_scraper(replica.key).layouts()[0].fields()
    headings = [
        name for field in ("title", "description") if field in columns for name in columns[field].headings
    ]
    at = next(listing.headings.index(name) for name in headings if name in listing.headings)
    return replace(listing, rows=_every_twentieth(listing.rows, at))


def _every_twentieth(rows: Iterable[tuple[object, ...]], at: int) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(rows):
        yield row if number % EACH else (*row[:at], f"{row[at]} (amended)", *row[at + 1 :])


def _again(folder: Path, key: str, scale: float) -> Path:
    (changed,) = made("changed", scale=scale, keys=[key])
    path = folder / changed.path.name
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(changed.path.read_bytes())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path, "a") as book:
            book.comment = b"saved again"
    else:
        with path.open("ab") as file:
            file.write(b"\n")
    return path
