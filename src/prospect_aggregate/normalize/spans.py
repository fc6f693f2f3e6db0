"""When work is done, where a list publishes a start or a length instead of two dates."""

from dataclasses import replace

from prospect_aggregate.normalize import dates, text
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.text import Cell


def start(cell: Cell, fiscal_year: Cell = None) -> Window:
    """A start whose end is not published; the fiscal year completes a quarter that names none."""
    return replace(dates.any_window(cell, fiscal_year), last=None)


def start_and_length(start: Cell, length: Cell) -> Window:
    """A start in a quarter, and how long from there: where it ends is not computed, its words are kept."""
    first = dates.fiscal_quarter(start).first
    said = ", ".join(part for part in (text.line(start), text.line(length)) if part) or None
    return Window(first, None, "quarter" if first else None, said)


def years_and_months(years: Cell, months: Cell) -> Window:
    """A length, not a time; junk such as `5f` and `20282033` stays as published (Commerce)."""
    parts = {"years": text.as_text(years), "months": text.as_text(months)}
    return Window(text=", ".join(f"{unit} {said}" for unit, said in parts.items() if said) or None)


def months(cell: Cell) -> Window:
    """A length, not a time."""
    length = text.known(cell)
    return Window(text=f"{length} months" if length else None)
