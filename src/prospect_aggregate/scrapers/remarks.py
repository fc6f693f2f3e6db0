"""What rows say beside their fields: noted on the run, for a person, while they go by."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from prospect_aggregate.normalize.dates import as_day
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.grid import BadRow
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.table import Table

Remark = Callable[..., str | None]
"""Takes cells of one row; None for nothing to say."""

MOST_REMARKS = 25


def remarked(table: Table, remark: Remark, *headings: str) -> Table:
    """The same table, which notes what `remark` says of the cells under these headings.

    Without one of them it says nothing: that a heading is gone is not its business.
    """
    places = {fold(heading): at for at, heading in enumerate(table.headings)}
    if not all(fold(heading) in places for heading in headings):
        return table
    return replace(table, rows=_passing(table, remark, [places[fold(heading)] for heading in headings]))


def last_edited(table: Table, heading: str) -> Table:
    """The same table, which notes the newest date under this heading, for lists that bear no date of their own."""
    if heading not in table.headings:
        return table
    at, rows = table.headings.index(heading), list(table.rows)
    days = [day for _, cells in rows if not isinstance(cells, BadRow) and (day := as_day(cells[at]))]
    table.notes.extend([f"last edited {max(days)}"] if days else [])
    return replace(table, rows=iter(rows))


def _passing(table: Table, remark: Remark, places: list[int]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    said = 0
    for number, cells in table.rows:
        yield number, cells
        words = None if isinstance(cells, BadRow) else remark(*(cells[at] for at in places))
        said += words is not None
        if words is not None and said <= MOST_REMARKS:
            table.notes.append(f"row {number}: {words}")
    if said > MOST_REMARKS:
        table.notes.append(f"and {said - MOST_REMARKS} more rows of that kind")
