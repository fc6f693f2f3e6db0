"""Columns of many prospects as arrays of small numbers, which counts thousands of them in a millisecond.

Only processes that serve pages come here: numpy takes a fifth of a second to import, and 20 MB.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from prospect_aggregate.prospects.entries import END, FACETS

Array = NDArray[Any]
Row = tuple[int, str, str]
"""A prospect's number, its shelving and its cells (`Entry`)."""
SHELVING = "shelving"
NAMES = (SHELVING, *FACETS)


class Codes(dict[str | None, int]):
    """Text → its number, given when it is first seen and never changed; 0 is that of no text."""

    def __missing__(self, text: str | None) -> int:
        code = self[text] = len(self)
        return code


@dataclass(frozen=True)
class Column:
    """One text of each prospect, by its place; no more bytes for each than its codes need."""

    codes: Codes
    of: Array

    @classmethod
    def empty(cls) -> "Column":
        return cls(Codes({None: 0}), np.zeros(0, np.uint8))

    def written(self, places: Array, texts: Sequence[str]) -> Self:
        """Over what stands there, where the codes still fit; else in a wider copy."""
        codes = np.fromiter(map(self.codes.__getitem__, texts), np.uint32, len(texts))
        kind = np.result_type(self.of, np.min_scalar_type(len(self.codes)))
        of = self.of.astype(kind, copy=False)
        of[places] = codes
        return type(self)(self.codes, of)

    def copied(self, size: int) -> Self:
        of = np.zeros(size, self.of.dtype)
        kept = min(size, len(self.of))
        of[:kept] = self.of[:kept]
        return type(self)(self.codes, of)

    def counts(self, places: Array) -> dict[str, int]:
        """Text → of how many of these places it is."""
        counted = np.bincount(self.of[places])
        texts = list(self.codes)
        present = np.flatnonzero(counted).tolist()
        return {
            str(texts[code]): count for code, count in zip(present, counted[present].tolist(), strict=True)
        }

    def told_apart(self, places: Array) -> tuple[dict[str, int], Array]:
        """The same, and of each place which of these texts it has, by their turn."""
        codes = self.of[places]
        counted = np.bincount(codes, minlength=len(self.codes))
        present = np.flatnonzero(counted)
        turns = np.zeros(len(self.codes), self.of.dtype)
        turns[present] = np.arange(len(present))
        texts = list(self.codes)
        return {str(texts[code]): int(counted[code]) for code in present}, turns[codes]

    @cached_property
    def one_of_each(self) -> list[int]:
        """A place of each text that anybody has."""
        ones = np.full(len(self.codes), -1, np.int64)
        ones[self.of] = np.arange(len(self.of))
        there = ones[1:]
        found: list[int] = there[there >= 0].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Columns:
    """By place, which is a prospect's number, or its turn among those that were read."""

    columns: Mapping[str, Column]

    @classmethod
    def empty(cls) -> "Columns":
        return cls({name: Column.empty() for name in NAMES})

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def at_numbers(self, rows: Iterable[Sequence[Row]], *, size: int, anew: Iterable[slice]) -> "Columns":
        """A copy for numbers below `size`, with these rows, and with nobody else in the ranges read `anew`."""
        columns = {name: column.copied(size) for name, column in self.columns.items()}
        for each in anew:
            for column in columns.values():
                column.of[each] = 0
        for some in rows:
            pks, *texts = _texts(some)
            places = np.array(pks)
            columns = {
                name: column.written(places, of)
                for (name, column), of in zip(columns.items(), texts, strict=True)
            }
        return Columns(columns)

    @classmethod
    def in_turn(cls, rows: Sequence[Any]) -> "Columns":
        """Of rows without cells, the shelvings alone."""
        places = np.arange(len(rows))
        texts = _texts(rows)[1:] if rows else [()] * len(NAMES)
        return cls({
            name: Column.empty().copied(len(rows)).written(places, of)
            for name, of in zip(NAMES, texts, strict=False)
        })  # fmt: skip


def _texts(rows: Sequence[Any]) -> list[Sequence[Any]]:
    """Numbers, shelvings, and where there are cells, those of each facet."""
    pks, shelvings, *cells = zip(*rows, strict=True)
    if not cells:
        return [pks, shelvings]
    apart = END.join(cells[0]).split(END)
    return [pks, shelvings, *(apart[at :: len(FACETS)] for at in range(len(FACETS)))]
