"""The scrapers there are, by key and by display name."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from prospect_aggregate.scrapers.catalog import Catalog, key_of, key_sought, place_of

if TYPE_CHECKING:  # readers, an HTTP client: whoever only asks what is registered does not wait for them
    from prospect_aggregate.scrapers.base import Scraper
    from prospect_aggregate.scrapers.draft import ProspectDraft

BareFunction: TypeAlias = "Callable[[], Iterable[ProspectDraft] | None]"
"""Takes nothing, returns drafts, or None for "done, nothing to store"."""
Collects: TypeAlias = "Scraper | BareFunction"


@dataclass(frozen=True, slots=True)
class Registered:
    """A scraper, and the names by which people and programs call it."""

    key: str
    name: str
    run: "Collects"


class ScraperRegistry:
    """Look-ups take a key or a display name, and raise when nothing has it."""

    def __init__(self) -> None:
        self._scrapers: Catalog[Registered] = Catalog("scraper")

    def register_scraper(self, name: str, run: Collects) -> None:
        """Raises DuplicateNameError when a scraper already has the name's key."""
        from prospect_aggregate.scrapers.base import Scraper

        key = run.key if isinstance(run, Scraper) else key_of(name)
        self._scrapers.add(key, Registered(key, name, run), place=place_of(run))

    def get_scraper(self, name: str) -> Collects:
        return self.get(name).run

    def get(self, name: str) -> Registered:
        """Raises UnknownNameError, naming the nearest key."""
        by_name = {entry.name.lower(): entry for entry in self}
        return by_name.get(name.lower()) or self._scrapers[key_sought(name)]

    def keys(self) -> list[str]:
        return list(self._scrapers)

    def names(self) -> list[str]:
        return [entry.name for entry in self]

    def __iter__(self) -> Iterator[Registered]:
        return iter(self._scrapers.values())

    def __len__(self) -> int:
        return len(self._scrapers)

    def __contains__(self, name: str) -> bool:
        return any(name in (entry.key, entry.name) for entry in self)

    def discover(self, package: ModuleType) -> None:
        """Register every scraper class written in a module of `package`; a second call finds nothing new."""
        for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
            for scraper in _declared(importlib.import_module(f"{package.__name__}.{module}")):
                if not any(type(entry.run) is scraper for entry in self):
                    self.register_scraper(scraper.name, scraper())


def _declared(module: ModuleType) -> "list[type[Scraper]]":
    """Scraper classes written in this very module, not those it imports."""
    from prospect_aggregate.scrapers.base import Scraper

    written = [thing for thing in vars(module).values() if isinstance(thing, type)]
    return [thing for thing in written if issubclass(thing, Scraper) and thing.__module__ == module.__name__]


scraper_registry = ScraperRegistry()
