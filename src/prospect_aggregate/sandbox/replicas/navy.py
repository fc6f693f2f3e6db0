"""Navy: ONR's and NRL's long-range estimates, two sheets of one workbook, as on 2025-12-19 (50 and 16 rows).

Each sheet has its headings in row 7 and a distribution statement at its foot; the lists behind the drop-down
fields are hidden sheets. Which sheet a row is on stands in a column that is not written.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from random import Random
from typing import BinaryIO, ClassVar, TypeVar

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import XLSX, fill, open_book
from prospect_aggregate.sandbox.calendar import add_quarters, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, generator
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.navy_words import (
    BUYERS,
    CLEARANCES,
    CONTRACT_TYPES,
    CONTRACTS,
    INSTRUMENTS,
    LENGTHS,
    METHODS,
    NAICS,
    NOVELTY,
    OFFICES,
    PLACES,
    PSC,
    QUARTERS,
    VALUES,
)
from prospect_aggregate.sandbox.replica import Replica
from prospect_aggregate.sandbox.steady import even, steadily
from prospect_aggregate.sandbox.trades import TRADES

T = TypeVar("T")
SHEET = "Sheet"
SHEETS = {"ONR": ("Office of Naval Research", 50 / 66), "NRL": ("Naval Research Laboratory", 16 / 66)}
TBD = "TBD"
DAYS_OF_A_QUARTER = 91
EARLIER = 35  # days that make up for dates put off since
FOOT = "DISTRIBUTION STATEMENT A. Approved for public release; distribution unlimited. "

SENTENCE = "More than one award may follow from this requirement"
COMMENTS = {
    "ONR": Mix({"Current contract expires: {day}": 22, "Current order expires: {day}": 17, "N/A": 11}),
    "NRL": Mix({"N00173-26-RFPREQ-7600-{number:04d}": 14, "N/A": 1, "": 1}),
}
LISTS = (
    ["Anticipated Contract Type ", "Follow-on or New"],
    ["[SELECT option from drop-down]"] * 2,
    ["TBD", "New"],
)


def write(listing: Listing, stream: BinaryIO, day: date) -> None:
    book = open_book(stream, day)
    place, rows = listing.headings.index(SHEET), list(listing.rows)
    for sheet in SHEETS:
        of_sheet = [_without(row, place) for row in rows if row[place] == sheet]
        part = replace(listing, headings=_without(listing.headings, place), rows=of_sheet)
        fill(book.add_worksheet(sheet), _lines(part, sheet, day))
    for name in ("Data Validation Lists (2)", "Data Validation Lists"):
        hidden = book.add_worksheet(name)
        hidden.hide()
        fill(hidden, LISTS)
    book.close()


def _lines(listing: Listing, sheet: str, day: date) -> Iterable[Sequence[Cell]]:
    top: list[Sequence[Cell]] = [
        ("", "LONG-RANGE ACQUISITION ESTIMATE"),
        ("Activity Name:", SHEETS[sheet][0]),
        ("Public Release Date:", day),
        (f"Approved, DCN# {day}-1768", FOOT),
        (
            "Disclaimer:  All procurement information contained within the estimates is subject to modification.",
        ),
        (),
        *((line,) for line in listing.preamble),
    ]
    return chain(top, [listing.headings], listing.rows, [(), (FOOT,)])


def _without(cells: tuple[T, ...], place: int) -> tuple[T, ...]:
    return cells[:place] + cells[place + 1 :]


class Navy(Replica):
    key = "navy"
    host = "www.onr.navy.mil"
    path = "/media/document/onr-and-nrl-long-range-acquisition-estimate"
    page = "/work-with-us/small-business"
    extension = "xlsx"
    media_type = XLSX
    write = staticmethod(write)
    renamed = ("Requirement Title", "Requirement")
    habits: ClassVar = Habits(
        births=66 / 120,
        stay=Spread({0: 120, 1: 120}),  # not known of one edition
        revisions=0.0015,
        facets={SOLICITATION: 0.7, "value": 0.2, "method": 0.2},
        slip=Spread({0: 91, 0.7: 91, 1: 182}),
    )
    headings = (
        "Requirement Title", "Requirement Description", "Associated Program or Requirement Office",
        "Anticipated Total Value (Including Options)", "Anticipated Procurement Method", "Anticipated Contract Type ",
        "Anticipated Procurement Instrument", "Contracting Office UIC", "Anticipated Solicitation - Fiscal Year",
        "Anticipated Solicitation - Quarter", "Anticipated Award - Fiscal Year", "Anticipated Award - Quarter",
        "Anticipated Period of Performance (Months)", "Follow-on or New", "Existing Contract Number",
        "Incumbent Contractor", "Anticipated Place of Performance", "Anticipated NAICS Code",
        "Anticipated Product or Service Code", "Contracting POC Name", "Contracting POC E-mail or Phone ",
        "Secondary POC Name", "Secondary POC E-mail or Phone", "Anticipated Facilities Clearance Required",
        "Anticipated Personnel Clearance Required", "Comments or Special Requirements", SHEET,
    )  # fmt: skip

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        for sheet, (_, share) in SHEETS.items():
            habits = replace(self.habits, births=self.habits.births * share)
            for standing in steadily(seed, f"{self.key}:{sheet}", habits, day, scale):
                row = self.row(standing)
                yield tuple(row[heading] for heading in self.headings)

    def row(self, standing: Standing) -> dict[str, Cell]:
        sheet = "NRL" if ":NRL:" in standing.name else "ONR"
        return {
            SHEET: sheet,
            **_subject(standing, sheet),
            **_terms(standing, sheet),
            **_quarters(standing, sheet),
            **_incumbent(standing, sheet),
            **_contacts(standing, sheet),
        }


def _subject(row: Standing, sheet: str) -> dict[str, Cell]:
    naics, office = even(row, "naics", NAICS[sheet]), even(row, "office", OFFICES[sheet])
    place = even(row, "place", PLACES[sheet])
    trade = TRADES.get(naics[:6], TRADES["541690"])
    what = row.draw(lambda chance: words.title(trade, chance))
    title = f"{office.partition(',')[0]} Contractor Support for {what}" if sheet == "ONR" else what
    return {
        "Requirement Title": title,
        "Requirement Description": row.draw(lambda chance: words.description(what, chance)),
        "Associated Program or Requirement Office": office,
        "Anticipated NAICS Code": naics,
        "Anticipated Product or Service Code": even(row, "psc", PSC[sheet]),
        "Anticipated Place of Performance": place if place != "-" else None,
    }


def _terms(row: Standing, sheet: str) -> dict[str, Cell]:
    facility, personnel = even(row, "clearance", CLEARANCES[sheet])
    length = even(row, "length", LENGTHS[sheet])
    return {
        "Anticipated Total Value (Including Options)": even(row, "value", VALUES[sheet]),
        "Anticipated Procurement Method": even(row, "method", METHODS[sheet]),
        "Anticipated Contract Type ": even(row, "contract type", CONTRACT_TYPES[sheet]),
        "Anticipated Procurement Instrument": even(row, "instrument", INSTRUMENTS[sheet]),
        "Contracting Office UIC": even(row, "buyer", BUYERS[sheet]),
        "Anticipated Period of Performance (Months)": int(length) if sheet == "ONR" else length,
        "Anticipated Facilities Clearance Required": facility,
        "Anticipated Personnel Clearance Required": personnel,
    }


def _quarters(row: Standing, sheet: str) -> dict[str, Cell]:
    moved = round(row.slipped(SOLICITATION) / DAYS_OF_A_QUARTER)
    said = even(row, "quarters", QUARTERS[sheet])
    (year, quarter), (award_year, award_quarter) = (_quarter(row, each, moved, sheet) for each in said)
    return {
        "Anticipated Solicitation - Fiscal Year": year,
        "Anticipated Solicitation - Quarter": quarter,
        "Anticipated Award - Fiscal Year": award_year,
        "Anticipated Award - Quarter": award_quarter,
    }


def _quarter(row: Standing, said: str, moved: int, sheet: str) -> tuple[Cell, str]:
    """Counted from the middle of the row's stay; ONR writes 2026 where NRL writes FY26."""
    if said == TBD:
        return TBD, TBD
    middle = date.fromordinal(row.born + row.lead // 2 - EARLIER)
    year, number = fiscal_quarter(add_quarters(middle, int(said) + moved - 2))
    return year if sheet == "ONR" else f"FY{year % 100:02d}", f"Q{number}"


def _incumbent(row: Standing, sheet: str) -> dict[str, Cell]:
    kind = even(row, "contract", CONTRACTS[sheet])
    firm, ends = row.draw(words.firm), date.fromordinal(row.born + 500)
    number = row.draw(lambda chance: _number(kind, sheet, chance))
    known = number not in ("", "N/A")
    comment = even(row, "comments", COMMENTS[sheet]).format(day=f"{ends:%d-%b-%Y}".upper(), number=row.serial)
    return {
        "Follow-on or New": even(row, "novelty", NOVELTY[sheet]),
        "Existing Contract Number": number or None,
        "Incumbent Contractor": firm if known else number or None,
        "Comments or Special Requirements": comment or None,
    }


def _number(kind: str, sheet: str, chance: Random) -> str:
    if kind in ("", "N/A"):
        return kind
    office = "N00014" if sheet == "ONR" else "N00173"
    own = f"{office}{chance.randint(20, 26)}C{chance.randint(4000, 4999)}"
    order = f"N0017819D{chance.randint(7000, 9999)}/{own.replace('C', 'F')}"
    return {"own": own, "order": order, "sentence": SENTENCE, "stray": f"{order} 3"}[kind]


def _contacts(row: Standing, sheet: str) -> dict[str, Cell]:
    """NRL names its people, ONR nobody."""
    office = row.draw(lambda chance: chance.randrange(5))
    first, second = words.person(generator("navy contact", office)), row.draw(words.person)
    told = sheet == "NRL"
    other = told and even(row, "other contact", Mix({"yes": 10, "": 6}))
    return {
        "Contracting POC Name": " ".join(first) if told else None,
        "Contracting POC E-mail or Phone ": words.mail(*first) if told else None,
        "Secondary POC Name": " ".join(second) if other else "N/A" if told else None,
        "Secondary POC E-mail or Phone": words.mail(*second) if other else "N/A" if told else None,
    }
