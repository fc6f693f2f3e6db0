"""One way in which a source's list is laid out: the endpoint's, or that of the file which a browser downloads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import Column, Declared, Headings, Plan, columns_of, compile_plan
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.readers import READERS
from prospect_aggregate.scrapers.remarks import remarked
from prospect_aggregate.scrapers.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What bytes of this kind hold, heading by heading."""

    kind: Kind
    columns: Mapping[str, Declared]
    """Field of ProspectDraft → where it is read from. `native_id` is a must."""
    optional: Mapping[str, Declared] = field(default_factory=dict)
    """The same for fields that an edition may do without."""
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
    remark: Column | None = None
    """Reads what a person should be told of a row, beside its fields."""

    def read(self, body: bytes, *, source: str) -> Table:
        """The rows under the headings that this layout knows."""
        wanted = [spelling for names in self.headings().wanted.values() for spelling in names]
        reader = self.reader or READERS[self.kind]
        table = reader(body, wanted=wanted, source=source)
        if self.remark:
            table = remarked(table, self.remark.read, *self.remark.headings)
        partial = [*table.partial, self.part] if self.part else table.partial
        return replace(table, rows=_watched(table.rows, self.cap, partial), partial=partial)

    def fields(self) -> dict[str, Column]:
        """Every field with what it is read from, and how."""
        return {**columns_of(self.columns), **columns_of(self.optional, required=False)}

    def headings(self) -> Headings:
        """Every heading declared, with its spellings."""
        required = {
            heading for column in self.fields().values() if column.required for heading in column.headings
        }
        named = {each: (each, *self.spellings.get(each, ())) for each in self._named()}
        return Headings(named, frozenset(required | set(self.kept)))

    def _named(self) -> Iterator[str]:
        for column in self.fields().values():
            yield from column.headings
        yield from self.kept
        yield from self.known

    def plan(self, table: Table, *, source: str) -> Plan:
        """Raises LayoutChangedError when a required heading is not in the table."""
        return compile_plan(self.fields(), table.headings, named=self.headings(), source=source)


Rows = Iterator[tuple[int, tuple[Cell, ...]]]


def _watched(rows: Rows, cap: int | None, partial: list[str]) -> Rows:
    """The same rows; when they end at the cap, that is said."""
    count = 0
    for row in rows:
        count += 1
        yield row
    if count == cap:
        partial.append(f"exactly {cap:,} rows came, the most that this download gives: it was cut off")
