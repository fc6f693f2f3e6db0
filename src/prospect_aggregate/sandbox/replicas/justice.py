"""Justice: one sheet of nine in a workbook that stays at its address; as on 2026-03-09 (506 rows; counts below).

Above the headings are eleven blank rows and a title; another visible sheet holds six years of history under the same
headings, and seven are hidden. One purchase in fifteen places stands on fifteen rows under one number; so do a few
in two or three.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import BinaryIO, ClassVar

from xlsxwriter.format import Format  # type: ignore[import-untyped]  # it ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import XLSX, fill, open_book
from prospect_aggregate.sandbox.calendar import add_quarters, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, names
from prospect_aggregate.sandbox.justice_words import (
    AHEAD,
    APPROACHES,
    AVAILABILITY,
    AWARD_TYPES,
    BUREAUS,
    CATEGORIES,
    DIVISIONS,
    GAP,
    LENGTHS,
    LINKS,
    NAICS,
    NOVELTY,
    PLACES,
    PRISON_OFFICES,
    PSC,
    REMARKS,
    RFI,
    SHARED,
    SOLUTIONS,
    TYPES,
    VALUES,
)
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import SOLICITATION, Habits, Standing, standings
from prospect_aggregate.sandbox.replica import Asked, Replica, Reply
from prospect_aggregate.sandbox.steady import even

HISTORY = "Contracting Opportunities Curre"
HIDDEN = names("Query1; Parameters; Staging2; Staging1; Table5")
HIDDEN_BEHIND = names("Table; Sheet2")
PADDING = 180  # formatted rows below the list
YEARS = 6
DAYS_OF_A_QUARTER = 91
BIG_ONE_EVERY = 215  # days: about one of those with fifteen places stands at a time


def write_query(listing: Listing, stream: BinaryIO, day: date) -> None:
    """With the list in the sheet that is shown first, and formatted rows below it."""
    book = open_book(stream, day)
    frame = book.add_format({"border": 1})
    rows = list(listing.rows)
    for name in HIDDEN:
        _hidden(book.add_worksheet(name))
    sheet = book.add_worksheet(listing.sheet)
    _fill_list(sheet, listing, rows, frame)
    fill(book.add_worksheet(HISTORY), [listing.headings, *_history(listing.headings, rows)])
    for name in HIDDEN_BEHIND:
        _hidden(book.add_worksheet(name))
    sheet.activate()
    sheet.set_first_sheet()
    book.close()


class Justice(Replica):
    key = "justice"
    host = "www.justice.gov"
    path = "/jmd/media/1381791/dl"
    moved_from = "/media/1381791/dl"
    """The published address; it redirects."""
    page = "/jmd/doj-forecast-contracting-opportunities"
    extension = "xlsx"
    media_type = XLSX
    write = staticmethod(write_query)
    sheet = "Contracting Opportunities Data"
    preamble = (*[""] * 11, "Contracting Opportunities Data")
    renamed = ("Contract Name", "Name of Contract")
    validators = True
    habits: ClassVar = Habits(
        births=2.06,  # 152 new numbers within 86 days
        stay=Spread({0: 200, 0.5: 230, 1: 260}),
        rounded=0,
        revisions=0.0008,
        facets={SOLICITATION: 0.6, "value": 0.3, "approach": 0.3, "solution": 0.2},
        slip=Spread({0: 60, 0.7: 91, 1: 182}),
        absences=0.0001,
    )
    headings = names("""
        Fiscal Year; Action Tracking Number; Bureau; OBD; Contracting Office; DOJ Small Business POC - Name;
        DOJ Small Business POC - Email Address; DOJ Requirement POC - Name; DOJ Requirement POC - Email Address;
        Contract Name; Category; Description of Requirement; Subcategory; Contract Type (Pricing); Award Type;
        NAICS Code; Product Service Code; Competition Approach; Small Business Approach; Contracting Solution;
        Contract Availability; Length of Contract; Request for Information (RFI) Planned;
        Estimated Total Contract Value (Range); Target Solicitation Date; Target Award Date; Place of Performance;
        Country; Acquisition History; Incumbent Contractor; Incumbent Contractor PIID; Solicitation Link;
        Other Information
    """)

    def row(self, standing: Standing) -> dict[str, Cell]:
        return {
            **_numbers(standing),
            **_subject(standing),
            **_terms(standing),
            **_dates(standing),
            **_incumbent(standing),
            **_contacts(standing),
            "Place of Performance": even(standing, "places", PLACES),
            "Country": "United States",
            "Solicitation Link": _filled(even(standing, "links", LINKS)),
            "Other Information": _filled(even(standing, "remarks", REMARKS)),
        }

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        """A purchase in several places is as many rows, alike but for the place."""
        for standing in standings(seed, self.key, self.habits, day, scale):
            row = self.row(standing)
            for place in _places(standing, row["Place of Performance"]):
                yield tuple({**row, "Place of Performance": place}[heading] for heading in self.headings)

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        if asked.path == self.moved_from:
            return Reply(301, b"").under(Location=self.path)
        return super().answer(asked, content)


def _hidden(sheet: Worksheet) -> None:
    fill(sheet, [("Name", "Value"), ("Year", "2026")])
    sheet.hide()


def _fill_list(sheet: Worksheet, listing: Listing, rows: list[tuple[Cell, ...]], frame: Format) -> None:
    """The title stands in the third column."""
    start = fill(sheet, [(line,) for line in listing.preamble], places=(2,))
    below = fill(sheet, [listing.headings, *rows], start=start)
    for number in range(below, below + PADDING):
        sheet.write_blank(number, 0, None, frame)


def _history(headings: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """The list again, as of earlier years."""
    for back in range(1, YEARS + 1):
        for row in rows:
            cells = dict(zip(headings, row, strict=True))
            year = int(str(cells.get("Fiscal Year", 2026))) - back
            yield tuple(
                {**cells, "Fiscal Year": str(year), "Target Award Date": f"Q4, {year}"}[h] for h in headings
            )


def _places(row: Standing, first: Cell) -> list[Cell]:
    count = even(row, "shared", SHARED)
    if row.born % BIG_ONE_EVERY == 0 and row.serial % row.width == 0:
        count = 15
    others = [place for place in PLACES.weights if place != first]
    return [first, *others[: count - 1]]


def _numbers(row: Standing) -> dict[str, Cell]:
    year = fiscal_quarter(date.fromordinal(row.born)).year
    bureau, office = even(row, "bureau", BUREAUS)
    prison, division = even(row, "prison", PRISON_OFFICES), even(row, "divisions", DIVISIONS)
    return {
        "Fiscal Year": str(year),
        "Action Tracking Number": f"FY{year % 100}-{bureau}-{row.number_since(date(year - 1, 10, 1))}",
        "Bureau": bureau,
        "OBD": division if bureau.startswith("OBDs") else None,
        "Contracting Office": prison if bureau.startswith("BOP") else office,
    }


def _subject(row: Standing) -> dict[str, Cell]:
    trade = even(row, "naics", NAICS)
    title = row.draw(lambda chance: words.title(trade, chance))
    text = row.draw(lambda chance: words.description(title, chance))
    same = row.draw(lambda chance: chance.random() < 0.29)  # 154 of 506 repeat the name
    category, subcategory = even(row, "categories", CATEGORIES)
    return {
        "Contract Name": title,
        "Description of Requirement": title if same else text,
        "Category": category,
        "Subcategory": subcategory,
        "NAICS Code": f"{trade.code}--{trade.text.strip()}",
        "Product Service Code": even(row, "psc", PSC),
    }


def _terms(row: Standing) -> dict[str, Cell]:
    competition, small = even(row, "approach", APPROACHES)
    return {
        "Contract Type (Pricing)": even(row, "types", TYPES),
        "Award Type": even(row, "award_type", AWARD_TYPES),
        "Competition Approach": competition,
        "Small Business Approach": small,
        "Contracting Solution": even(row, "solution", SOLUTIONS),
        "Contract Availability": even(row, "availability", AVAILABILITY),
        "Length of Contract": even(row, "lengths", LENGTHS),
        "Request for Information (RFI) Planned": even(row, "rfi", RFI),
        "Estimated Total Contract Value (Range)": row.draw(_value, "value"),
    }


def _value(chance: Random) -> str:
    """Between two of many fine steps, with two blanks on each side of the hyphen."""
    step, upto = VALUES.pick(chance)
    low = step * chance.randrange(upto // step)
    return f"${low + 1:,}  -  ${low + step:,}"


def _dates(row: Standing) -> dict[str, Cell]:
    """In federal fiscal quarters."""
    moved = round(row.slipped(SOLICITATION) / DAYS_OF_A_QUARTER)
    first = add_quarters(date.fromordinal(row.born), even(row, "ahead", AHEAD) + moved)
    award = add_quarters(first, even(row, "gap", GAP))
    unsaid = row.draw(lambda chance: chance.random() < 0.008)
    return {
        "Target Solicitation Date": "NotProvided" if unsaid else _quarter(first),
        "Target Award Date": _quarter(award),
    }


def _quarter(day: date) -> str:
    year, number = fiscal_quarter(day)
    return f"Q{number}, {year}"


def _incumbent(row: Standing) -> dict[str, Cell]:
    novelty, named = even(row, "novelty", NOVELTY)
    firm, number = row.draw(words.firm), row.draw(_number)
    return {
        "Acquisition History": novelty,
        "Incumbent Contractor": firm if named == "named" else None,
        "Incumbent Contractor PIID": number if named == "named" else None,
    }


def _number(chance: Random) -> str:
    """Offices also type a tax number, a firm's identifier, or words."""
    number = words.contract_number("15XBRR", chance)
    odd = {
        "N/A": 11,
        "multiple": 5,
        f"52{chance.randint(0, 9_999_999):07d}": 14,
        "DJXCTS479": 16,
        f"BPA {number}": 4,
    }
    return Mix({number: 305, number.lower(): 4, **odd}).pick(chance)


def _contacts(row: Standing) -> dict[str, Cell]:
    small, required = row.draw(words.person), row.draw(words.person)
    return {
        "DOJ Small Business POC - Name": " ".join(small),
        "DOJ Small Business POC - Email Address": words.mail(*small),
        "DOJ Requirement POC - Name": " ".join(required),
        "DOJ Requirement POC - Email Address": words.mail(*required),
    }


def _filled(cell: str) -> str | None:
    return None if cell == "-" else cell
