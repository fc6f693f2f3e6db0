"""A few rows of an edition in its own layout, without its people: the sample that a source is tested with."""

from collections.abc import Mapping, Sequence

import orjson

from prospect_aggregate.normalize.text import Cell, is_placeholder, line
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.scaffold import evidence
from prospect_aggregate.scrapers.scaffold.contacts import Person
from prospect_aggregate.scrapers.scaffold.formats import WRITE, grid_of
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.scaffold.proposed import Proposed
from prospect_aggregate.scrapers.scaffold.strangers import Strangers

MOST_ROWS = 12
FEWEST_ROWS = 5


def sample_of(opened: Opened, proposed: Sequence[Proposed], persons: Sequence[Person]) -> bytes:
    """The rows that show most, under the same headings in the same place; what stands above them stays."""
    chosen = telling_rows(opened, proposed)
    strangers = Strangers()
    for at in chosen:
        for person in persons:
            strangers.meet(_parts(opened, at, person))
    rows = [_replaced(opened, at, persons, strangers) for at in chosen]
    if opened.kind is Kind.JSON:
        return _json(opened, dict(zip(chosen, rows, strict=True)), strangers)
    return _grid(opened, rows, [opened.rows[at][0] for at in chosen], strangers)


def telling_rows(opened: Opened, proposed: Sequence[Proposed]) -> list[int]:
    """One by one the row that shows most that was not shown: a column filled, blank, understood, not understood."""
    shows = _shows(opened, proposed)
    known = _numbered(opened, proposed)
    chosen: list[int] = []
    shown: set[object] = set()
    while len(chosen) < min(MOST_ROWS, len(known)):
        best = max(known, key=lambda at: (at not in chosen, len(shows[at] - shown), -at))
        if not shows[best] - shown and len(chosen) >= FEWEST_ROWS:
            break
        chosen.append(best)
        shown |= shows[best]
    return sorted(chosen)


def _numbered(opened: Opened, proposed: Sequence[Proposed]) -> list[int]:
    """The rows that have a number, or words to make one of."""
    key = next(each for each in proposed if each.field == "native_id")
    rows = zip(*map(opened.cells, key.headings), strict=True)
    return [at for at, cells in enumerate(rows) if key.read(*cells)]


def _shows(opened: Opened, proposed: Sequence[Proposed]) -> list[set[object]]:
    shows: list[set[object]] = [set() for _ in opened.rows]
    for heading in opened.headings:
        for at, cell in enumerate(opened.cells(heading)):
            shows[at].add((heading, is_placeholder(line(cell) or "")))
    for each in proposed:
        rows = zip(*map(opened.cells, each.headings), strict=True)
        for at, cells in enumerate(rows):
            shows[at].add((each.field, evidence.share(each.read, [cells], each.field)))
    return shows


def _parts(opened: Opened, at: int, person: Person) -> dict[str, Cell]:
    cells = dict(zip(opened.headings, opened.rows[at][1], strict=True))
    return {part: cells[heading] for part, heading in person.items()}


def _replaced(opened: Opened, at: int, persons: Sequence[Person], strangers: Strangers) -> dict[str, Cell]:
    """Heading → what stands there in the sample, for the columns of people."""
    found: dict[str, Cell] = {}
    for person in persons:
        instead = strangers.instead(_parts(opened, at, person))
        found |= {heading: instead[part] for part, heading in person.items()}
    return found


def _grid(opened: Opened, rows: list[dict[str, Cell]], numbers: list[int], strangers: Strangers) -> bytes:
    whole = dict(grid_of(opened))
    top = [list(whole.get(number, ())) for number in range(1, (opened.heading_row or 1) + 1)]
    places = {str(cell): at for at, cell in reversed(list(enumerate(top[-1]))) if cell is not None}
    grid = [[strangers.in_text(cell) for cell in cells] for cells in top[:-1]] + [top[-1]]
    for number, instead in zip(numbers, rows, strict=True):
        cells = [strangers.in_text(cell) for cell in whole[number]]
        for heading, cell in instead.items():
            cells[places[heading]] = cell
        grid.append(cells)
    return WRITE[opened.kind](opened, grid)


def _json(opened: Opened, rows: Mapping[int, Mapping[str, Cell]], strangers: Strangers) -> bytes:
    """The same object around the list, without other lists in it."""
    parsed = orjson.loads(opened.body.removeprefix(b"\xef\xbb\xbf"))
    return orjson.dumps(_inside(parsed, opened, opened.path, rows, strangers), option=orjson.OPT_INDENT_2)


def _inside(
    parsed: object,
    opened: Opened,
    path: Sequence[str],
    rows: Mapping[int, Mapping[str, Cell]],
    strangers: Strangers,
) -> object:
    if path and isinstance(parsed, dict):
        inner = _inside(parsed[path[0]], opened, path[1:], rows, strangers)
        plain = {
            name: strangers.in_text(it) for name, it in parsed.items() if not isinstance(it, dict | list)
        }
        return {**plain, path[0]: inner}
    if isinstance(parsed, dict):
        return {
            name: _record(it, "", rows[at], strangers)
            for at, (name, it) in enumerate(parsed.items())
            if at in rows
        }
    records = parsed if isinstance(parsed, list) else []
    return [_record(it, "", rows[at], strangers) for at, it in enumerate(records) if at in rows]


def _record(value: object, heading: str, instead: Mapping[str, Cell], strangers: Strangers) -> object:
    if heading in instead:
        return instead[heading]
    if isinstance(value, dict):
        above = f"{heading}." if heading else ""
        return {name: _record(it, above + name, instead, strangers) for name, it in value.items()}
    if isinstance(value, list):
        return [_record(it, "", {}, strangers) for it in value]
    return strangers.in_text(value)  # type: ignore[arg-type]  # JSON holds nothing else
