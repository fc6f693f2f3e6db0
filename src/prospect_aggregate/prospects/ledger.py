"""What changed between two readings of one prospect, field by field, and how much it matters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from prospect_aggregate.normalize import dates
from prospect_aggregate.normalize.dates import Shift, Window, shift_days
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.prospects.record import COLUMNS, Record

HIGH, NORMAL, LOW = Change.Significance.HIGH, Change.Significance.NORMAL, Change.Significance.LOW


@dataclass(frozen=True, slots=True)
class Part:
    """A field of the ledger: the columns that make it, the published text beside them, how much a change matters."""

    columns: tuple[str, ...]
    text: str | None
    significance: Change.Significance
    interval: bool = False
    """The first two columns are ends, shown as `from/to`."""
    window: bool = False
    """A promise in time, whose moves are counted in days."""


def _plain(name: str, significance: Change.Significance) -> Part:
    return Part((name,), None, significance)


def _coded(name: str, significance: Change.Significance) -> Part:
    return Part((name,), f"{name}_text", significance)


def _window(name: str, significance: Change.Significance) -> Part:
    return Part(
        (f"{name}_from", f"{name}_to", f"{name}_precision"),
        f"{name}_text",
        significance,
        interval=True,
        window=True,
    )


PARTS: Mapping[str, Part] = {
    "title": _plain("title", NORMAL),
    "description": _plain("description", LOW),
    "agency": _plain("agency", NORMAL),
    "component": _plain("component", NORMAL),
    "office": _plain("office", NORMAL),
    "program_office": _plain("program_office", LOW),
    "naics_codes": _plain("naics_codes", NORMAL),
    "psc_codes": _plain("psc_codes", NORMAL),
    "set_aside": _coded("set_aside", HIGH),
    "competition": _coded("competition", HIGH),
    "contract_type": _plain("contract_type", NORMAL),
    "contract_vehicle": _coded("contract_vehicle", HIGH),
    "award_type": _plain("award_type", NORMAL),
    "requirement_type": _plain("requirement_type", NORMAL),
    "phase": _coded("phase", HIGH),
    "basis": _plain("basis", NORMAL),
    "value": Part(("value_min", "value_max", "value_basis"), "value_text", HIGH, interval=True),
    "solicitation": _window("solicitation", HIGH),
    "award": _window("award", HIGH),
    "performance": _window("performance", NORMAL),
    "place": Part(("place_city", "place_state", "place_country"), "place_text", NORMAL),
    "incumbent_name": _plain("incumbent_name", HIGH),
    "incumbent_contract": _plain("incumbent_contract", NORMAL),
    "incumbent_ends": Part(("incumbent_ends_from", "incumbent_ends_to"), None, NORMAL, interval=True),
    "contacts": _plain("contacts", LOW),
    "clearance": _plain("clearance", NORMAL),
    "solicitation_number": _plain("solicitation_number", HIGH),
    "solicitation_url": _plain("solicitation_url", NORMAL),
}
"""`agency_updated_at`, `url`, `title_derived` and `raw` are kept up to date and are no news."""
WINDOWS = tuple(name for name, part in PARTS.items() if part.window)
"""Promises in time."""

CONTACT = ("role", "name", "email", "phone")
_POSITION = {column: position for position, column in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that reads otherwise than before."""

    field: str
    old: str | None
    new: str | None
    significance: Change.Significance
    shift: Shift | None = None


def differences(old: Record, new: Record) -> Iterator[Difference]:
    """Values are compared, not spellings; published text counts only where neither reading gave a value."""
    for name, part in PARTS.items():
        before, after = _values(old, part), _values(new, part)
        if before == after and (any(before) or _text(old, part) == _text(new, part)):
            continue
        moved = shift_days(window_of(old, name), window_of(new, name)) if part.window else None
        yield Difference(name, _shown(old, part), _shown(new, part), part.significance, moved)


def window_of(record: Record, name: str) -> Window:
    """The window of `solicitation`, `award` or `performance` in a record."""
    return Window(*(record[_POSITION[f"{name}_{end}"]] for end in ("from", "to", "precision", "text")))


def _values(record: Record, part: Part) -> tuple[Any, ...]:
    return tuple(record[_POSITION[column]] for column in part.columns)


def _text(record: Record, part: Part) -> str | None:
    return record[_POSITION[part.text]] if part.text else None


def _shown(record: Record, part: Part) -> str | None:
    """The value as the ledger prints it; the published words where nothing was read."""
    values = _values(record, part)
    if not any(value not in (None, [], "") for value in values):
        return _text(record, part)
    return interval(*values[:2]) if part.interval else _joined(values)


def interval(first: Any, last: Any) -> str | None:
    """`2026-05-05` for one day, `2026-04-01/2026-06-30` for more, `100000000.00/..` for an open end."""
    if first is None and last is None:
        return None
    if first == last:
        return str(first)
    return f"{'..' if first is None else first}/{'..' if last is None else last}"


def window_in(kept: str | None) -> Window:
    """What `interval` printed, as the window that it was; words are a promise without a date."""
    first, slash, last = (kept or "").partition("/")
    try:
        ends = (date.fromisoformat(first), date.fromisoformat(last if slash else first))
    except ValueError:
        return Window(text=kept)
    return Window(*ends, precision_of(*ends))


def amounts_in(kept: str | None) -> tuple[Decimal | None, Decimal | None] | None:
    """What `interval` printed of a value: its ends, an open one None. None for words."""
    least, slash, most = (kept or "").partition("/")
    try:
        first, last = (None if end == ".." else Decimal(end) for end in (least, most if slash else least))
    except InvalidOperation:
        return None
    return first, last


def precision_of(first: date | None, last: date | None) -> str | None:
    """What a span is when nobody kept it; None when it is no day, month, quarter or year."""
    if first is None or last is None:
        return None
    if first == last:
        return "day"
    fiscal_year, quarter = dates.quarter_of(last)
    spans = {"quarter": dates.quarter_window(fiscal_year, quarter), "year": dates.year_window(fiscal_year)}
    found = next((name for name, it in spans.items() if (it.first, it.last) == (first, last)), None)
    return found or (
        "month" if _is_month(first, last) else "year" if _is_calendar_year(first, last) else None
    )


def _is_month(first: date, last: date) -> bool:
    return (
        first.day == 1
        and (last + timedelta(days=1)).day == 1
        and (first.year, first.month) == (last.year, last.month)
    )


def _is_calendar_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year


def _joined(values: tuple[Any, ...]) -> str:
    listed = values[0] if isinstance(values[0], list) else values
    return ", ".join(_item(item) for item in listed if item not in (None, ""))


def _item(item: Any) -> str:
    if isinstance(item, dict):  # in our order: a database may give the names of JSON back in another
        return " ".join(item[part] for part in CONTACT if item.get(part))
    return str(item)
