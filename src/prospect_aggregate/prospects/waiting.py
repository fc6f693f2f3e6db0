"""New rows of a list until all of it is read and judged: ordinary lists in memory, the rest of a long one on disk.

A drafted row takes 3 KB of memory: a list of a hundred thousand would hold more than everything else together.
"""

import pickle
import tempfile
import weakref
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.prospects.record import Record

IN_MEMORY = 5_000
"""Rows; the longest list that an agency was seen to publish has 4,201."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A row that was read: its draft as the columns of a prospect."""

    digest: bytes
    record: Record
    origins: Collection[str]
    """Fields that have a heading in this layout; of the others it says nothing."""
    filled: int

    @property
    def number(self) -> str:
        return str(self.record[0])

    @property
    def raw(self) -> Mapping[str, Cell]:
        return self.record[-1]  # type: ignore[no-any-return]  # a record is typed by its columns only


class Waiting(Mapping[str, Drafted]):
    """Number → row, in the order of the list. One that waits is not changed and not taken out."""

    def __init__(self) -> None:
        self.masks: Counter[int] = Counter()
        """Fields that were read (`Drafted.filled`) → in how many rows."""
        self._here: dict[str, Drafted] = {}
        self._there: dict[str, tuple[int, Collection[str]]] = {}
        self._file: Any = None

    def add(self, row: Drafted) -> None:
        self.masks[row.filled] += 1
        if len(self._here) < IN_MEMORY:
            self._here[row.number] = row
        else:
            self._there[row.number] = self._written(row), row.origins

    def _written(self, row: Drafted) -> int:
        """Where. The file has no name, and is gone with this process however it ends."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with its owner
            weakref.finalize(self, self._file.close)
        at: int = self._file.seek(0, 2)
        pickle.dump((row.digest, row.record, row.filled), self._file, pickle.HIGHEST_PROTOCOL)
        return at

    def _read(self, at: int, origins: Collection[str]) -> Drafted:
        self._file.seek(at)
        digest, record, filled = pickle.load(self._file)  # noqa: S301  # what this very process wrote
        return Drafted(digest, record, origins, filled)

    def __getitem__(self, number: str) -> Drafted:
        return self._here[number] if number in self._here else self._read(*self._there[number])

    def __contains__(self, number: object) -> bool:
        return number in self._here or number in self._there

    def __iter__(self) -> Iterator[str]:
        yield from self._here
        yield from self._there

    def __len__(self) -> int:
        return len(self._here) + len(self._there)
