"""Real and made workbooks side by side: rows by heading, drafts, shelves, and what differs."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.scrapers.draft import ProspectDraft

from . import measures
from .measures import DORMANT_AFTER, REAL, Row, Shares

TODAY = date(2026, 5, 25)
POINTS = 0.05
SEEDS = (1, 2, 3)
CLOSED = {"cancelled", "option_exercise"}
UNDER_WAY = {"solicitation", "evaluation"}


def real(path: str, sheet: str, heading_row: int) -> list[Row]:
    if not (REAL / path).exists():
        pytest.skip(f"no real edition at {REAL / path}")
    grid = CalamineWorkbook.from_path(REAL / path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    headings = [str(heading) for heading in grid[heading_row - 1]]
    rows = [cells for cells in grid[heading_row:] if any(cell not in (None, "") for cell in cells)]
    return [{h: cell for h, cell in zip(headings, cells, strict=True) if h} for cells in rows]


def made(key: str, seed: int) -> list[Row]:
    """The last edition's rows."""
    listing = editions(key, today=TODAY, seed=seed)[-1].listing()
    return [dict(zip(listing.headings, cells, strict=True)) for cells in listing.rows]


def apart(real: Mapping[str, float], ours: Mapping[str, float]) -> list[str]:
    """What differs by more than five points, one line each."""
    pairs = [(name, real.get(name, 0.0), ours.get(name, 0.0)) for name in sorted(real.keys() | ours.keys())]
    return [f"{name}: {a:.3f} real, {b:.3f} made" for name, a, b in pairs if abs(a - b) > POINTS]


def differences(real: list[Row], ours: list[Row], *vocabularies: str) -> list[str]:
    """In fill rates, and in how often each word of these vocabularies is used."""
    filled = apart(measures.fill_rates(real), measures.fill_rates(ours))
    said = [measures.vocabularies(rows, vocabularies) for rows in (real, ours)]
    return [*filled, *apart(*said)]


def shelves(drafts: list[ProspectDraft]) -> Shares:
    """As the product sorts prospects by what is next (fields.md, R20)."""
    counts = Counter(map(_shelf, drafts))
    return {shelf: count / len(drafts) for shelf, count in counts.items()}


def _shelf(draft: ProspectDraft) -> str:
    if draft.phase.code in CLOSED:
        return "closed"
    if draft.phase.code in UNDER_WAY:
        return "under_way"
    windows = (draft.solicitation, draft.award, draft.incumbent_ends)
    last = next((window.last for window in windows if window.last), None)
    return "undated" if last is None else _of_day(last)


def _of_day(last: date) -> str:
    late = TODAY - last
    return "upcoming" if late <= timedelta(0) else "passed" if late <= DORMANT_AFTER else "dormant"


def shares_of(counts: Mapping[str, int]) -> Shares:
    return {name: count / sum(counts.values()) for name, count in counts.items()}


def is_day(cell: object) -> bool:
    return isinstance(cell, date | datetime)
