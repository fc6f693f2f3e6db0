"""Whose changes the feed shows: those of all prospects, or of those that mean something to the reader."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Q

from prospect_aggregate.web.models import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """`condition` says of a change, by its `prospect`, whether it is in the reader's scope; None hides the scope."""

    name: str
    words: str
    condition: Callable[[Person], Q | None]


SCOPES: dict[str, Scope] = {"all": Scope("all", "All", lambda person: Q())}  # noqa: ARG005
"""In the order of the page; what fits, what is watched and saved searches add theirs."""


def scopes_for(person: Person) -> dict[str, tuple[Scope, Q]]:
    """Those that mean anything to this reader, each with its condition."""
    asked = ((scope, scope.condition(person)) for scope in SCOPES.values())
    return {scope.name: (scope, condition) for scope, condition in asked if condition is not None}


def watched_by(person: Person) -> Collection[int]:  # noqa: ARG001
    """Primary keys of prospects on which everything needs a look."""
    return ()
