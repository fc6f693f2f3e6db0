"""Things found by name: what both registries are made of."""

import difflib
import inspect
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


class DuplicateNameError(ValueError):
    """Two things want one name; the message says where both are."""


class UnknownNameError(LookupError):
    """Nothing has this name; the message says which names come near."""


def key_of(name: str) -> str:
    """The stable form of a display name: "Acquisition Gateway" → `acquisition_gateway`."""
    key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if not key:
        raise ValueError(f"{name!r} has no letter or digit to make a key of")
    return sys.intern(key)  # it is made in several places, and kept


def key_sought(name: str) -> str:
    """For looking up: what no key can be made of is sought as it is, and not found."""
    return key_of(name) if re.search(r"[a-z0-9]", name.lower()) else name


def place_of(thing: Any) -> str:
    """`path:line` where a function or an object's class is written, as far as Python can tell."""
    written = thing if inspect.isroutine(thing) or inspect.isclass(thing) else type(thing)
    written = inspect.unwrap(written)
    code = getattr(written, "__code__", None)
    return _place_of_code(code) if code else _place_by_source(written)


@lru_cache(maxsize=1000)
def _place_of_code(code: CodeType) -> str:
    return f"{Path(code.co_filename).name}:{code.co_firstlineno}"


@lru_cache(maxsize=1000)
def _place_by_source(written: Any) -> str:
    """A class does not know its place; finding it means reading its module."""
    try:
        path, line = inspect.getsourcefile(written), inspect.getsourcelines(written)[1]
    except (OSError, TypeError):  # typed into a shell, or written in C
        return f"{getattr(written, '__module__', '?')}.{getattr(written, '__qualname__', written)}"
    return f"{Path(path or '?').name}:{line}"


def nearest(name: str, known: list[str]) -> str:
    """How a sentence about an unknown name ends."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known) or 'none yet'}"


class Catalog(Generic[Thing]):
    """Name → thing. A second thing under a name, and a name that nothing has, raise."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._things: dict[str, Thing] = {}
        self._places: dict[str, str] = {}

    def add(self, name: str, thing: Thing, *, place: str | None = None) -> None:
        place = place or place_of(thing)
        if name in self._things:
            raise DuplicateNameError(
                f"two {self.noun}s named {name!r}: the first at {self._places[name]}, the second at {place}"
            )
        self._things[name] = thing
        self._places[name] = place

    def __getitem__(self, name: str) -> Thing:
        if name not in self._things:
            raise UnknownNameError(f"no {self.noun} named {name!r}; {nearest(name, sorted(self._things))}")
        return self._things[name]

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def values(self) -> list[Thing]:
        return list(self._things.values())
