"""Social Security: yearly costs, empty print bands, and a link that its file's date would get wrong."""

from decimal import Decimal

import httpx2
import pytest

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.fetch import Validators
from prospect_aggregate.scrapers.links import find_link
from prospect_aggregate.scrapers.sources.ssa import SocialSecurity
from tests.sources.copies import SAMPLES, Grid, drafts_of, edited, moved_down, polite, renamed, reordered

SSA = SocialSecurity()
SAMPLE = (SAMPLES / "ssa.xlsx").read_bytes()
PAGE = b"""<!doctype html><h1>OSDBU</h1>
<h2>Main Menu</h2><ul><li><a href="assets/docs/SBF_SSASy_Report_12112026.xlsm">FY26 forecast</a></li></ul>
<h2>Contracting Forecast</h2><ul>
<li><a href="assets/docs/SBF_SSASy_Report_07012025.xlsm">FY25 forecast</a></li>
<li><a href="assets/docs/SBF_SSASy_Report_06222026.xlsm">FY26 forecast</a></li>
<li><a href="assets/docs/FY2027-guide.pdf">FY27 guide</a></li></ul>"""


def test_a_cost_per_year_is_no_total() -> None:
    value = drafts_of(SSA, SAMPLE)[0].value
    assert (value.min, value.max, value.basis) == (Decimal("523932.39"), Decimal("523932.39"), "year")


def test_the_newest_file_of_its_section_is_taken_and_not_the_latest_date_in_a_name() -> None:
    def answer(request: httpx2.Request) -> bytes:
        return SAMPLE if request.url.path.endswith(".xlsm") else PAGE

    with polite(answer) as fetcher:
        fetched = SSA.fetch(fetcher, Validators())
    assert fetched is not None
    assert fetched.url == "https://www.ssa.gov/osdbu/assets/docs/SBF_SSASy_Report_06222026.xlsm"


def test_a_page_without_the_section_is_a_layout_change() -> None:
    page = PAGE.replace(b"Contracting Forecast", b"Elsewhere")
    with pytest.raises(LayoutChangedError, match="Contracting Forecast"):
        find_link(page, base=SSA.address, matching=SSA.link, near=SSA.near)


def test_columns_in_another_order_give_the_same() -> None:
    def edit(grid: Grid) -> Grid:
        return reordered([row[:15] for row in grid])

    assert drafts_of(SSA, edited(SAMPLE, edit)) == drafts_of(SSA, SAMPLE)


def test_headings_one_row_further_down_give_the_same() -> None:
    assert drafts_of(SSA, edited(SAMPLE, moved_down)) == drafts_of(SSA, SAMPLE)


def test_a_renamed_heading_is_refused_by_name() -> None:
    with pytest.raises(LayoutChangedError, match="Social Security: heading 'EST COST PER FY' is missing"):
        drafts_of(SSA, edited(SAMPLE, renamed("EST COST PER FY", "COST")))


def test_a_print_band_that_says_something_else_is_refused() -> None:
    def edit(grid: Grid) -> Grid:
        row = next(row for row in grid if "ORDES-99-00015" in row)
        row.extend([""] * (60 - len(row)))
        row[grid[3].index("APP #", 20)] = "ANOTHER"
        return grid

    with pytest.raises(LayoutChangedError, match="'APP #' stands over columns"):
        drafts_of(SSA, edited(SAMPLE, edit))
