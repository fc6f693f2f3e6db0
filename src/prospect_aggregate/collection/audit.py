"""What people do, told by the doors that it goes through; whoever let the person in keeps it.

The engine's own doings are told to nobody: runs, alerts and logs have them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a person changed. `before` and `after` have what matters of it, and never a secret."""

    name: str
    kind: str = ""
    """Of the thing: `run`, `schedule`, `person`, …"""
    thing: str = ""
    """Its number or name."""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    """Who, where that is not who is signed in: a link's owner."""


Keep = Callable[[Act], None]
_keep: ContextVar[Keep | None] = ContextVar("keep", default=None)


@contextmanager
def kept_by(keep: Keep) -> Iterator[None]:
    """While entered, somebody acts: what is done is handed to `keep`."""
    token = _keep.set(keep)
    try:
        yield
    finally:
        _keep.reset(token)


def record(
    name: str,
    kind: str,
    thing: object,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    by: str = "",
) -> None:
    """Call it in the transaction of the act: neither is without the other."""
    keep = _keep.get()
    if keep is not None:
        keep(Act(name=name, kind=kind, thing=str(thing), before=before or {}, after=after or {}, by=by))
