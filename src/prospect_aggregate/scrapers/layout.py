"""One way in which a source's list is laid out: the endpoint's, or that of the file which a browser downloads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import Column, Headings, Plan, compile_plan
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.readers import READERS
from prospect_aggregate.scrapers.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What bytes of this kind hold, heading by heading."""

    kind: Kind
    columns: Mapping[str, Column]
    """Field of ProspectDraft → where it is read from. `native_id` is a must."""
    kept: tuple[str, ...] = ()
    """Headings that the list has always had and no field is read from; one that goes missing is a layout change."""
    known: tuple[str, ...] = ()
    """Headings that come and go, and no field is read from."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other spellings of a heading, seen in other editions; case, blanks and punctuation need none."""
    reader: Callable[..., Table] | None = None
    """Takes `(body, *, wanted, source)`, as the kind's own reader does, where that one does not do."""
    cap: int | None = None
    """A file with exactly this many rows was cut off without a word."""
    part: str | None = None
    """Why a file in this layout is never the whole list, in a sentence."""

    def read(self, body: bytes, *, source: str) -> Table:
        """The rows under the headings that this layout knows."""
        wanted = [spelling for names in self.headings().wanted.values() for spelling in names]
        reader = self.reader or READERS[self.kind]
        table = reader(body, wanted=wanted, source=source)
        partial = [*table.partial, self.part] if self.part else table.partial
        return replace(table, rows=_watched(table.rows, self.cap, partial), partial=partial)

    def headings(self) -> Headings:
        """Every heading declared, with its spellings."""
        required = {
            heading for column in self.columns.values() if column.required for heading in column.headings
        }
        named = {each: (each, *self.spellings.get(each, ())) for each in self._named()}
        return Headings(named, frozenset(required | set(self.kept)))

    def _named(self) -> Iterator[str]:
        for column in self.columns.values():
            yield from column.headings
        yield from self.kept
        yield from self.known

    def plan(self, table: Table, *, source: str) -> Plan:
        """Raises LayoutChangedError when a required heading is not in the table."""
        return compile_plan(self.columns, table.headings, named=self.headings(), source=source)


Rows = Iterator[tuple[int, tuple[Cell, ...]]]


def _watched(rows: Rows, cap: int | None, partial: list[str]) -> Rows:
    """The same rows; when they end at the cap, that is said."""
    count = 0
    for row in rows:
        count += 1
        yield row
    if count == cap:
        partial.append(f"exactly {cap:,} rows came, the most that this download gives: it was cut off")
