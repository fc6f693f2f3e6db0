"""How one field of one prospect stands: not published, read, a placeholder, or published and unread."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from prospect_aggregate.normalize.places import HOME
from prospect_aggregate.normalize.text import as_text, is_placeholder, named
from prospect_aggregate.prospects.record import COLUMNS, POSITIONS

NAMED = frozenset(
    {"incumbent_name", "incumbent_contract", "contacts", "solicitation_number", "place", "place_state"}
)
"""Where `None`, `Multiple` and `New` stand for nobody and nowhere, as `N/A` does in every field."""
_STATE = re.compile("state", re.IGNORECASE)

Cells = Mapping[str, str]
"""Heading → text, without the blank ones."""


class Standing(IntEnum):
    ABSENT, READ, PLACEHOLDER, UNREAD = range(4)


@dataclass(frozen=True, slots=True)
class Part:
    """A field as it is counted: whose headings, which columns hold its value, and which its published words."""

    name: str
    field: str
    columns: tuple[str, ...]
    words: str | None

    def headings(self, layout: Mapping[str, Sequence[str]]) -> Sequence[str]:
        return layout.get(self.field, ())

    def standing(self, prospect: Mapping[str, Any], cells: Cells, own: Sequence[str]) -> Standing:
        """`own` are those of the cells that are about this field alone.

        Cells that gave no value and of which the reader kept no words were about something else: the fiscal year
        beside a blank date, `No` in a column that tells a phase only by `Yes`.
        """
        values, words = self.values(prospect), self.published(prospect, cells)
        about_others = not own or (self.words is not None and words is None)
        if not cells or (about_others and not values):
            return Standing.ABSENT
        if values == ["TBD"] or self._is_unknown(*cells.values()):
            return Standing.PLACEHOLDER
        if values:
            return Standing.READ
        return Standing.PLACEHOLDER if self._is_unknown(*((words,) if words else own)) else Standing.UNREAD

    def values(self, prospect: Mapping[str, Any]) -> list[Any]:
        return [value for it in self.columns if (value := prospect[it]) not in (None, "", [])]

    def published(self, prospect: Mapping[str, Any], cells: Cells) -> str | None:  # noqa: ARG002  # _PlaceState's
        """The words that the reader kept."""
        return prospect[self.words] if self.words else None

    def _is_unknown(self, *texts: str) -> bool:
        """Words for "unknown"; DHS's `None` for a set-aside is none of them."""
        if self.name in NAMED:
            return not any(map(named, texts))
        return all(map(is_placeholder, texts))


class _PlaceState(Part):
    """The state of performance, which has a column of its own or shares the one that says the place."""

    def headings(self, layout: Mapping[str, Sequence[str]]) -> Sequence[str]:
        headings = layout.get(self.field, ())
        return [each for each in headings if _STATE.search(each)] or headings

    def values(self, prospect: Mapping[str, Any]) -> list[Any]:
        """Abroad there is no state of ours to read, and the country says so."""
        abroad = prospect["place_country"] not in (None, HOME)
        return [prospect["place_country"]] if abroad else super().values(prospect)

    def published(self, prospect: Mapping[str, Any], cells: Cells) -> str | None:
        own_column = any(map(_STATE.search, cells))
        return " ".join(cells.values()) if own_column else super().published(prospect, cells)


def _parts() -> Iterator[Part]:
    """Every field of a draft in the order of its columns, and the state of performance by itself."""
    for name in sorted(POSITIONS.keys() - {"basis"}, key=lambda it: min(POSITIONS[it])):
        columns = [COLUMNS[at] for at in sorted(POSITIONS[name])]
        beside = {f"{name}_{word}" for word in ("text", "precision", "basis", "derived")}
        words = f"{name}_text" if f"{name}_text" in columns else None
        yield Part(name, name, tuple(it for it in columns if it not in beside), words)
        if name == "place":
            yield _PlaceState("place_state", name, ("place_state",), words)


PARTS = tuple(_parts())


@dataclass(frozen=True, slots=True)
class Placed:
    """A part where one layout has it."""

    part: Part
    headings: tuple[str, ...]
    own: frozenset[str]
    """Headings whose cells are about this field alone."""

    def cells(self, raw: Mapping[str, Any]) -> dict[str, str]:
        return {heading: text for heading in self.headings if (text := as_text(raw.get(heading)))}

    def standing(self, prospect: Mapping[str, Any], cells: Cells) -> Standing:
        return self.part.standing(prospect, cells, [cells[each] for each in cells if each in self.own])
