"""Federal quarters, told anew: with the readers' own arithmetic, a mistake in it would hide itself."""

from datetime import date
from typing import NamedTuple


class Quarter(NamedTuple):
    year: int
    number: int


def fiscal_quarter(day: date) -> Quarter:
    """The fiscal year n begins on 1 October of n-1."""
    months = day.year * 12 + day.month + 2
    return Quarter(months // 12, months % 12 // 3 + 1)


def add_quarters(day: date, count: int) -> date:
    """The 1st of the middle month of the quarter `count` after that of the day."""
    months = day.year * 12 + (day.month - 1) // 3 * 3 + 1 + 3 * count
    return date(months // 12, months % 12 + 1, 1)


def american(day: date) -> str:
    return f"{day:%m/%d/%Y}"
