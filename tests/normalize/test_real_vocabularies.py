"""What stays unread in the editions that agencies really published."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from prospect_aggregate.normalize import codes, dates, money, places
from prospect_aggregate.normalize.text import known, line

EDITIONS = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not EDITIONS.exists(), reason=f"the real editions are not at {EDITIONS}")

DHS = tuple(f"dhs/{name}.json" for name in ("apfs-api-2024-03", "2026-05-13", "2026-05-18", "2026-05-25"))
WORKBOOKS = {
    "doc/2026-05-12.xlsx": ("Sheet1", 3),
    "doj/2026-03-09.xlsx": ("Contracting Opportunities Data", 13),
    "dos/2026-04.xlsx": ("Acquisition Submission", 1),
    "doe/2026-05-11.xlsx": ("Sheet1", 18),
    "hud/2026-05-13.xlsx": ("OFS Paginated Report", 4),
    "nasa/2026-05-13.xlsx": ("Forecast Requirements", 1),
}


@cache
def rows(name):
    path = EDITIONS / name
    if path.suffix == ".json":
        return json.loads(path.read_text())
    if path.suffix == ".xls":
        lines = [[cell.text_content() for cell in row.iter("th")] for row in html.parse(path).iter("tr")]
    else:
        sheet, heading = WORKBOOKS[name]
        lines = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        lines = lines[heading - 1 :]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:] if any(map(line, cells))]


def unread(name, read, *headings):
    """Published cells that say something and are not read, counted."""
    cells = [tuple(row[heading] for heading in headings) for row in rows(name)]
    return Counter(cell for cell in cells if any(map(known, cell)) and not read(*cell))


def value(cell):
    return money.value_range(cell["display_name"] if isinstance(cell, dict) else cell).basis


def set_aside(cell):
    return codes.set_aside(cell).code


def day(cell):
    return dates.day(cell).precision == "day"


def month(cell):
    return dates.month(cell).precision == "month"


def quarter(*cells):
    return dates.fiscal_quarter(*cells).precision


def in_one_cell(cell):
    place = places.one_cell(cell)
    return place.state or place.country


@pytest.mark.parametrize("name", DHS)
def test_dhs_is_read_to_the_last_cell(name):
    for heading, read in (
        ("naics", codes.naics),
        ("small_business_program", set_aside),
        ("estimated_solicitation_release_date", day),
        ("anticipated_award_date", day),
        ("last_updated_date", day),
        ("award_quarter", quarter),
        ("place_of_performance_state", places.state),
    ):
        assert unread(name, read, heading) == {}, heading
    assert not [row for row in rows(name) if value(row["dollar_range"]) is None]


@pytest.mark.parametrize(
    ("name", "read", "headings"),
    [
        ("doc/2026-05-12.xlsx", value, ["Estimated Value Range"]),
        ("doc/2026-05-12.xlsx", codes.naics, ["Naics Code"]),
        ("doc/2026-05-12.xlsx", set_aside, ["Type Of Awardee"]),
        (
            "doc/2026-05-12.xlsx",
            quarter,
            ["Estimated Solicitation Fiscal Quarter", "Estimated Solicitation Fiscal Year"],
        ),
        ("doc/2026-05-12.xlsx", places.state, ["Place Of Performance State"]),
        ("doc/2026-05-12.xlsx", places.country, ["Place Of Performance Country"]),
        ("doc/2026-05-12.xlsx", day, ["Date Created"]),
        ("doj/2026-03-09.xlsx", value, ["Estimated Total Contract Value (Range)"]),
        ("doj/2026-03-09.xlsx", codes.naics, ["NAICS Code"]),
        ("doj/2026-03-09.xlsx", codes.psc, ["Product Service Code"]),
        ("doj/2026-03-09.xlsx", set_aside, ["Small Business Approach"]),
        ("doj/2026-03-09.xlsx", quarter, ["Target Solicitation Date"]),
        ("doj/2026-03-09.xlsx", quarter, ["Target Award Date"]),
        ("dos/2026-04.xlsx", value, ["Estimated Contract Value*"]),
        ("dos/2026-04.xlsx", set_aside, ["Set-Aside Type"]),
        ("dos/2026-04.xlsx", quarter, ["Estimated Award FY Quarter", "Fiscal Year"]),
        ("doe/2026-05-11.xlsx", value, ["Estimated Value Range"]),
        ("doe/2026-05-11.xlsx", set_aside, ["Type of Set Aside"]),
        ("doe/2026-05-11.xlsx", month, ["Performance End Date"]),
        ("doe/2026-05-11.xlsx", places.state, ["Principal Place of Performance State"]),
        ("hud/2026-05-13.xlsx", value, ["Total Contract Value Dollar Range (Base and All Option Values)"]),
        ("hud/2026-05-13.xlsx", codes.naics, ["Primary NAICS Code "]),
        ("hud/2026-05-13.xlsx", set_aside, ["Type of Competition"]),
        ("hud/2026-05-13.xlsx", month, ["Solicitation Release Date (Month)"]),
        ("hud/2026-05-13.xlsx", month, ["Award Date (Month)"]),
        ("nasa/2026-05-13.xlsx", value, ["EstimatedContractValue"]),
        ("nasa/2026-05-13.xlsx", codes.naics, ["NAICS"]),
        ("nasa/2026-05-13.xlsx", codes.psc, ["PSC Code"]),
        ("nasa/2026-05-13.xlsx", set_aside, ["SetAsideType"]),
        ("nasa/2026-05-13.xlsx", quarter, ["QtrSolOrNOFORelease", "FYofSolOrNOFORelease"]),
        ("treasury/2026-05-14.xls", value, ["Estimated Total Contract Value"]),
        ("treasury/2026-05-14.xls", codes.naics, ["NAICS"]),
        ("treasury/2026-05-14.xls", codes.psc, ["PSC"]),
        ("treasury/2026-05-14.xls", quarter, ["Projected Award FY_Qtr"]),
        ("treasury/2026-05-14.xls", in_one_cell, ["Place of Performance"]),
    ],
)
def test_a_column_is_read_to_the_last_cell(name, read, headings):
    assert unread(name, read, *headings) == {}


def test_state_leaves_the_twelve_cells_unread_that_nobody_can_read():
    def window(cell, year):
        return dates.any_window(cell, year).precision or known(cell) is None

    left = unread("dos/2026-04.xlsx", window, "Estimated Solicitation Date", "Fiscal Year")
    assert left == {
        ("3rd (January 1 - March 31)", "FY26"): 10,
        ("2/30/2026", "FY26"): 1,
        ("December", "FY26"): 1,
    }


def test_numbers_of_no_edition_are_the_only_codes_unread():
    assert unread("dos/2026-04.xlsx", codes.naics, "NAICS Code").total() == 4
    assert unread("doe/2026-05-11.xlsx", codes.naics, "NAICS Code").total() == 0


def test_precision_is_what_was_counted_by_hand():
    def precisions(name, read, *headings):
        return Counter(read(*(row[heading] for heading in headings)).precision for row in rows(name))

    assert precisions("dos/2026-04.xlsx", dates.any_window, "Estimated Solicitation Date", "Fiscal Year") == {
        "day": 394,
        "quarter": 5,
        "month": 1,
        None: 53,
    }
    assert precisions(
        "nasa/2026-05-13.xlsx", dates.fiscal_quarter, "QtrSolOrNOFORelease", "FYofSolOrNOFORelease"
    ) == {"quarter": 108, "year": 35, None: 2}


def test_sole_sources_are_as_many_as_were_counted_by_hand():
    def sole(name, heading):
        return sum(codes.competition(row[heading]).code == "sole_source" for row in rows(name))

    assert sole("doc/2026-05-12.xlsx", "Competition Strategy") == 1072
    assert sole("doe/2026-05-11.xlsx", "Type of Set Aside") == 61
    assert sole("treasury/2026-05-14.xls", "Extent Competed") == 45
    assert sole("hud/2026-05-13.xlsx", "Type of Competition") == 29


def test_most_contract_numbers_have_the_shape_of_one():
    def found(name, heading):
        return sum(codes.award_number(row[heading]) is not None for row in rows(name))

    assert found("doe/2026-05-11.xlsx", "Current Contract Number") == 886
    assert found("doj/2026-03-09.xlsx", "Incumbent Contractor PIID") == 293
