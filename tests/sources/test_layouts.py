"""Every workbook source against editions whose layout is not the known one."""

import pytest

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.scrapers.sheets import SHEET
from tests.sources.copies import SAMPLES, Edit, Grid, drafts_of, edited, moved_down, renamed

WORKBOOKS = [
    entry.run for entry in scraper_registry if isinstance(entry.run, Scraper) and entry.run.kind is Kind.XLSX
]
ALL = pytest.mark.parametrize("scraper", WORKBOOKS, ids=lambda scraper: scraper.key)


def sample_of(scraper: Scraper) -> bytes:
    return (SAMPLES / f"{scraper.key}.xlsx").read_bytes()


def required_of(scraper: Scraper) -> list[str]:
    """Headings that must be there, as the sample spells them."""
    headings = scraper.layouts()[0].headings()
    table, _ = scraper.read(sample_of(scraper))
    present = {fold(heading): heading for heading in table.headings if heading != SHEET}
    known = [[fold(name) for name in headings.wanted[heading]] for heading in sorted(headings.required)]
    return [present[name] for names in known for name in names if name in present]


def backwards(grid: Grid) -> Grid:
    """Columns in reverse order; where headings stand again (SSA's print bands), those that come first."""
    headings = max(grid, key=lambda row: sum(isinstance(cell, str) and cell != "" for cell in row))
    again = (at for at, cell in enumerate(headings) if cell != "" and cell in headings[:at])
    end = next(again, len(headings))
    return [row[:end][::-1] + row[end:] for row in grid]


def doubled(heading: str) -> Edit:
    """A last column under the same heading, which says something else."""

    def edit(grid: Grid) -> Grid:
        at = next((number for number, row in enumerate(grid) if heading in row), len(grid))
        return [[*row, _beside(number, at, heading)] for number, row in enumerate(grid)]

    return edit


def _beside(number: int, at: int, heading: str) -> str:
    return heading if number == at else "something else" if number > at else ""


@ALL
def test_a_renamed_heading_is_refused_by_its_name(scraper: Scraper) -> None:
    for heading in required_of(scraper):
        with pytest.raises(LayoutChangedError) as refused:
            drafts_of(scraper, edited(sample_of(scraper), renamed(heading, "Zyx Wvut")))
        assert fold(heading) in fold(str(refused.value))


@ALL
def test_a_heading_over_two_columns_that_differ_is_refused_by_its_name(scraper: Scraper) -> None:
    heading = required_of(scraper)[0]
    with pytest.raises(LayoutChangedError, match="stands over"):
        drafts_of(scraper, edited(sample_of(scraper), doubled(heading)))


@ALL
def test_the_order_of_columns_does_not_matter(scraper: Scraper) -> None:
    assert drafts_of(scraper, edited(sample_of(scraper), backwards)) == drafts_of(scraper, sample_of(scraper))


@ALL
def test_the_headings_may_stand_a_row_lower(scraper: Scraper) -> None:
    assert drafts_of(scraper, edited(sample_of(scraper), moved_down)) == drafts_of(
        scraper, sample_of(scraper)
    )
