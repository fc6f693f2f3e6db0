"""Workbooks that a browser took out."""

from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Download


def rows_of(taken: Download) -> list[tuple[Any, ...]]:
    """The headings, then the rows of its first sheet."""
    with taken.path().open("rb") as file:  # the name that a browser gives it for the while has no ending
        return list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
