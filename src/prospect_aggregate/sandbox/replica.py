"""What a replica of an agency's site declares, and how one is found."""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import ClassVar
from urllib.parse import parse_qsl, quote

from prospect_aggregate.sandbox import replicas as package
from prospect_aggregate.sandbox.listing import Cell, Listing, Writer
from prospect_aggregate.sandbox.lives import Habits, Standing, standings

HTML = "text/html; charset=utf-8"
TIMEOUT = b"<html><head><title>504 Gateway Time-out</title></head><body><h1>504</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a replica sees it: under its own host, path decoded."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    day: date = date.min
    """Of the edition on show; a file's name may tell it."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    media_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: str = "whole"
    """`whole`, `half` (the connection breaks in the middle) or `drip`."""

    def under(self, **headers: str) -> "Reply":
        return replace(
            self, headers={**self.headers, **{name.replace("_", "-"): text for name, text in headers.items()}}
        )


class Replica(ABC):
    """One agency's site. A further one is one file in `replicas/` with a subclass of this."""

    key: ClassVar[str]
    host: ClassVar[str]
    path: ClassVar[str]
    """Where the list is, decoded."""
    query: ClassVar[str] = ""
    """What has to be asked there for the list's beginning."""
    asks: ClassVar[Mapping[str, str]] = {}
    """What a query holds that is for this replica, where several share a host; the most particular one answers."""
    posted: ClassVar[bytes | None] = None
    """What is sent to the path by POST, where a GET brings no list."""
    page: ClassVar[str]
    """Where people look at it."""
    extension: ClassVar[str]
    media_type: ClassVar[str]
    write: ClassVar[Writer]
    habits: ClassVar[Habits]
    headings: ClassVar[tuple[str, ...]]
    renamed: ClassVar[tuple[str, str]]
    """A heading that its reader cannot do without, and what an agency might call it next year."""
    preamble: ClassVar[tuple[str, ...]] = ()
    sheet: ClassVar[str] = "Sheet1"
    validators: ClassVar[bool] = False
    """Whether the site sends ETag and Last-Modified, and answers 304."""
    paged: ClassVar[bool] = False
    """Whether the list comes page by page, as many records at once as are asked for."""
    robots: ClassVar[str] = "User-agent: *\nDisallow:\n"
    mishap: ClassVar[tuple[str, str] | None] = None
    """A fault that befalls it in the demo, and why it fits this agency."""

    @abstractmethod
    def row(self, standing: Standing) -> dict[str, Cell]:
        """The row as published, by heading."""

    def listing(self, seed: int, day: date, scale: float) -> Listing:
        return Listing(self.headings, self._rows(seed, day, scale), self.preamble, self.sheet)

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        for standing in standings(seed, self.key, self.habits, day, scale):
            row = self.row(standing)
            yield tuple(row[heading] for heading in self.headings)

    @property
    def target(self) -> str:
        """Path and query of the list, as a request line has them."""
        return quote(self.path) + f"?{self.query}" * bool(self.query)

    def hides(self, other: "Replica") -> bool:
        """Whether no request could tell the two apart."""
        return (self.host, self.asks) == (other.host, other.asks)

    def claim(self, query: str) -> int:
        """How well a question to the shared host suits this replica; below 0: it is meant for another."""
        return len(self.asks) if self.asks.items() <= dict(parse_qsl(query)).items() else -1

    def page_size(self, query: str) -> int:  # noqa: ARG002  # for lists that come page by page
        """Records that a question asks for at once; 0 where the list comes whole."""
        return 0

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        """What the site says; `content` makes the list's bytes. Override it for a site with more to it."""
        if asked.path == self.path:
            return Reply(200, content(), self.media_type)
        if asked.path in {"/", self.page}:
            return Reply(200, self.page_html().encode())
        return Reply(404, b"<!DOCTYPE html><title>Page not found</title><h1>404</h1>")

    def page_html(self) -> str:
        return f'<!DOCTYPE html><title>Forecast</title><a href="{quote(self.path)}">Procurement forecast</a>'


@cache
def replicas() -> Mapping[str, Replica]:
    """Every replica by its source's key, found by walking the package; a key or host is there once."""
    found: dict[str, Replica] = {}
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for replica in _declared(importlib.import_module(module.name)):
            if replica.key in found or any(replica.hides(other) for other in found.values()):
                raise ValueError(
                    f"{module.name}: a replica of {replica.key} or of {replica.host} is there already"
                )
            found[replica.key] = replica
    return found


def replica(key: str) -> Replica:
    if key not in replicas():
        raise LookupError(f"no replica of {key!r}; there are {', '.join(replicas())}")
    return replicas()[key]


def _declared(module: object) -> Iterator[Replica]:
    for value in vars(module).values():
        if (
            isinstance(value, type)
            and issubclass(value, Replica)
            and value.__module__ == vars(module)["__name__"]
        ):
            yield value()
