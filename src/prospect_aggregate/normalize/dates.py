"""Dates, windows and the federal fiscal calendar as agencies write them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from prospect_aggregate.normalize.memo import remembered
from prospect_aggregate.normalize.text import Cell, is_placeholder, joined, line

PRECISIONS = ("day", "month", "quarter", "year")
"""From fine to coarse."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years outside are typing errors: HHS lists 2151, DHS 3032, State 1905 (2026 read as Excel's day)."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a promise covers: `first` to `last`, both included."""

    first: date | None = None
    last: date | None = None
    precision: str | None = None
    """`day`, `month`, `quarter`, `year`; None when there is no window."""
    text: str | None = None
    """As published."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a promise moved (STATISTICS §2)."""

    days: int | None
    kind: str
    """`later`, `earlier`, `restated`, `removed`, `given` or `unchanged`."""
    at_least: bool = False
    """The windows are of different precision: the move is this many days or more."""


MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<name>{_NAME})\b\.?"
_QUARTER_MONTHS = {(10, 12): 1, (1, 3): 2, (4, 6): 3, (7, 9): 4}
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_CLOCK = r"\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?"
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?",
        rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?:[T ]{_CLOCK})?",
        rf"(?P<d>\d{{1,2}})[ -]{_MONTH}[ -](?P<y>\d{{4}})",
        rf"{_MONTH} (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})",
    )
)
_MONTH_CELLS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<m>\d{1,2})/(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{2})",
        rf"{_MONTH},? ?-?(?P<y>\d{{4}})",
    )
)
_NAMED_YEAR = r"(?:F\.?Y\.?|fiscal\ year)\ ?'?(\d{4}|\d{2})(?:\.0)?"
_YEAR = re.compile(_NAMED_YEAR + r"|(\d{4})(?:\.0)?", re.IGNORECASE | re.ASCII)
_TOKEN = re.compile(
    rf"""\(?\ ?(?P<from>{_NAME})\.?\ ?\d{{0,2}}\ ?(?:-|–|to|through)\ ?(?P<to>{_NAME})\.?\ ?\d{{0,2}}\ ?\)
      | (?P<year>{_NAMED_YEAR}(?!\d)|(?<![\d.])(\d{{4}})(?:\.0)?(?!\d))
      | (?P<quarter>(?:\bq|\bqtr\.?\ ?|\bquarter\ ?)(?P<q1>[1-4])(?!\d)
          |(?<!\w)(?P<q2>[1-4])(?:(?:st|nd|rd|th|d)\b(?:\ (?:quarter|qtr)\b\.?)?|\ ?-?(?:quarter|qtr)\b\.?)
          |\b(?P<q3>first|second|third|fourth)(?:\ (?:quarter|qtr)\b\.?)?)
      | (?P<gap>[\s,;:()/–-]|\bof\b)
      | (?P<other>.)""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)


def quarter_of(day: date) -> tuple[int, int]:
    """Fiscal year and quarter: 1 October 2025 is (2026, 1)."""
    return day.year + (day.month >= 10), (day.month - 10) % 12 // 3 + 1


def quarter_window(fiscal_year: int, quarter: int, text: str | None = None) -> Window:
    """The three months of a fiscal quarter; raises ValueError for a fifth one."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"a fiscal year has quarters 1 to 4, not {quarter}")
    year = fiscal_year - (quarter == 1)
    start = (10, 1, 4, 7)[quarter - 1]
    return Window(date(year, start, 1), _end_of_month(year, start + 2), "quarter", text)


def fiscal_year_of(day: date) -> int:
    """Fiscal year n begins on 1 October of year n-1."""
    return day.year + (day.month >= 10)


def year_window(fiscal_year: int, text: str | None = None) -> Window:
    """1 October of the year before to 30 September."""
    return Window(date(fiscal_year - 1, 10, 1), date(fiscal_year, 9, 30), "year", text)


@remembered(65536)
def day(cell: Cell, text: str | None = None) -> Window:
    """One date at the precision of a day; `text` replaces the published text.

    `05/12/2026`, `06/01/26` (two digits are 20YY), `2026-05-12`, `2025-03-04T20:10:18.000Z` (its day, as
    written), `05-JUL-2029`, Excel's dates. Refused: `2/30/2026` (State), numbers, years outside 1990 to 2100.
    """
    published = text if text is not None else line(cell)
    found = _date(cell)
    return Window(text=published) if found is None else Window(found, found, "day", published)


def as_day(cell: Cell) -> date | None:
    """The date alone, for stamps such as `last_updated_date`."""
    return day(cell).first


@remembered(16384)
def month(cell: Cell) -> Window:
    """The month of a date, for columns whose heading or format says month (R5: HUD), or `3/2033` (HHS).

    Refused: `Jun-26`, which may be a day of June or a month of 2026, and `December` without a year (State).
    """
    published = line(cell)
    found = _date(cell)
    if found is None and isinstance(cell, str) and published is not None:
        found = _match(_MONTH_CELLS, published)
    return Window(text=published) if found is None else _month_window(found.year, found.month, published)


@remembered(16384)
def month_of(year_cell: Cell, month_cell: Cell) -> Window:
    """A calendar month of two cells (HHS: 2026 and 8). Year alone: the calendar year; month alone: unread."""
    published = joined(year_cell, month_cell)
    year, name = line(year_cell), (line(month_cell) or "").casefold().rstrip(".")
    if year is None or not re.fullmatch(r"\d{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return Window(text=published)
    if is_placeholder(name):
        return Window(date(int(year), 1, 1), date(int(year), 12, 31), "year", published)
    number = int(name) if re.fullmatch(r"[0-9]{1,2}", name) else MONTHS.get(name, 0)
    return _month_window(int(year), number, published) if 1 <= number <= 12 else Window(text=published)


@remembered(16384)
def fiscal_quarter(*cells: Cell) -> Window:
    """A fiscal quarter of one cell or several: `Q4 2026`, `FY 2025 Q4`, `2d Qtr FY26`, (`3rd`, 2026)…

    A year with its quarter to be determined is a year (R6: 35 rows of NASA). Refused, never guessed: a
    quarter without a year, two quarters, two different years, a label that contradicts its months (State's
    `3rd (January 1 - March 31)`), `3/2026` (a month to HHS), and anything with a word left over.
    """
    published = joined(*cells)
    parts = _parts(" ".join(text for text in map(_quarter_text, cells) if text))
    if parts is None:
        return Window(text=published)
    quarters, years = parts
    if len(years) != 1 or len(quarters) > 1:
        return Window(text=published)
    year = years.pop()
    return quarter_window(year, quarters.pop(), published) if quarters else year_window(year, published)


@remembered(4096)
def fiscal_year(cell: Cell) -> Window:
    """`FY26`, `FY 24`, `2026`. Refused: `26` without FY, `FY26/27`."""
    published = line(cell)
    found = _YEAR.fullmatch(published) if published else None
    year = _full_year(found[1] or found[2]) if found else None
    return Window(text=published) if year is None else year_window(year, published)


@remembered(16384)
def any_window(cell: Cell, fiscal_year_cell: Cell = None) -> Window:
    """A column of mixed habits (State's solicitation date): a day, else a month, a quarter, a year.

    The fiscal year's cell completes a quarter that names none; it never turns "To Be Determined" into a year.
    """
    published = line(cell)
    if published is None or is_placeholder(published):
        return Window(text=published)
    for window in (day(cell), month(cell), fiscal_quarter(cell), fiscal_year(cell)):
        if window.precision:
            return window
    window = fiscal_quarter(cell, fiscal_year_cell)
    return window if window.precision == "quarter" else Window(text=published)


@remembered(65536)
def period(start_cell: Cell, end_cell: Cell) -> Window:
    """A span, such as performance: first day of its start to last day of its end, as precise as the coarser.

    A side that is missing or unread stays open (None), and nothing is put in its place (DHS: five ends in
    the year 3031). An end before its start makes both unread.
    """
    published = joined(start_cell, end_cell)
    start, end = any_window(start_cell), any_window(end_cell)
    if start.first and end.last and end.last < start.first:
        return Window(text=published)
    precisions = [window.precision for window in (start, end) if window.precision]
    coarsest = max(precisions, key=PRECISIONS.index, default=None)
    return Window(start.first, end.last, coarsest, published)


def in_words(cell: Cell) -> Window:
    """A length or time that no calendar has (`Base +4 Option Periods`): no window, its words are kept."""
    return Window(text=line(cell))


def shift_days(old: Window, new: Window) -> Shift | None:
    """How far a promise moved, by the table of STATISTICS §2; None where there was and is no date."""
    if old.first is None or new.first is None:
        return _given_or_removed(old, new)
    if old.precision == new.precision:
        days = (new.first - old.first).days
        return Shift(days, _direction(days))
    if new.first > (old_last := old.last or old.first):
        return Shift((new.first - old_last).days, "later", at_least=True)
    if (new_last := new.last or new.first) < old.first:
        return Shift((new_last - old.first).days, "earlier", at_least=True)
    return Shift(0, "restated")


def _given_or_removed(old: Window, new: Window) -> Shift | None:
    if old.first is None and new.first is None:
        return None
    return Shift(None, "given" if old.first is None else "removed")


def _direction(days: int) -> str:
    return "later" if days > 0 else "earlier" if days < 0 else "unchanged"


def _date(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell if FIRST_YEAR <= cell.year <= LAST_YEAR else None
    text = line(cell) if isinstance(cell, str) else None
    return None if text is None else _match(_DAYS, text)


def _match(patterns: tuple[re.Pattern[str], ...], text: str) -> date | None:
    for pattern in patterns:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = int(parts["m"]) if parts.get("m") else MONTHS[parts["name"].casefold()]
            return _real_day(_full_year(parts["y"]), month, int(parts.get("d") or 1))
    return None


def _real_day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _full_year(digits: str) -> int | None:
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _quarter_text(cell: Cell) -> str | None:
    """A cell's part of a quarter: nothing for a placeholder; 1 to 4 is one in a cell of its own only."""
    text = line(cell)
    if text is None or is_placeholder(text):
        return None
    return f"Q{text}" if text in {"1", "2", "3", "4"} else text


def _parts(text: str) -> tuple[set[int], set[int]] | None:
    """Quarters and fiscal years named in a text, None when anything else is in it or a label denies its
    months.
    """
    quarters: set[int] = set()
    years: set[int | None] = set()
    months: set[int | None] = set()
    for found in _TOKEN.finditer(text):
        if found["other"]:
            return None
        if found["from"]:
            months.add(_QUARTER_MONTHS.get((MONTHS[found["from"].lower()], MONTHS[found["to"].lower()])))
        elif found["year"]:
            years.add(_full_year(re.sub(r"\.0$|\D", "", found["year"])))
        elif found["quarter"]:
            word = found["q1"] or found["q2"]
            quarters.add(int(word) if word else _WORDS[found["q3"].lower()])
    named_years = {year for year in years if year is not None}
    contradicted = bool(months) and months != quarters
    return None if contradicted or None in years else (quarters, named_years)


def _month_window(year: int, month: int, text: str | None) -> Window:
    return Window(date(year, month, 1), _end_of_month(year, month), "month", text)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
