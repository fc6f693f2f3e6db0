"""HUD: a report printed into a workbook, merged and with blank columns; as on 2026-04-29 (172 rows; counts below).

The headings stand in row 4, every other week in row 3. Rows stay long after their dates, cancelled ones too.
"""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import BinaryIO, ClassVar

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import XLSX, open_book
from prospect_aggregate.sandbox.calendar import american, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, names, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.replica import Replica
from prospect_aggregate.sandbox.steady import even, steadily, turn
from prospect_aggregate.sandbox.trades import Trade, trades

PLACES = (0, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 14, 15, 16, 17)
MERGED = {0, 7, 10, 17}
"""Columns that are merged with the blank one beside them."""
PLANNED_AHEAD = 180  # days from a row's entry to the fiscal year it is planned in
OFFICES = tuples("""
    38 Office of Chief Information Officer | R; 31 Office of Housing | H; 14 Office of Chief Human Capital Officer | B;
    26 Government National Mortgage Association (Ginnie Mae) | T; 25 Office of Policy Development and Research | K;
    11 Office of Public and Indian Housing | P; 9 Office of Chief Administrative Officer | A;
    9 Office of Chief Financial Officer | F; 3 Office of Fair Housing and Equal Opportunity | E;
    2 Office of General Counsel | G; 2 Office of Community Planning and Development | D;
    1 Office of Lead Hazard Control and Healthy Homes | L; 1 Office of Secretary | S
""")
NAICS = Mix(
    {
        **trades("""
            52 541611; 22 541519; 15 519290; 12 541511; 10 541512; 6 513210; 5 518210; 5 611430; 2 561210; 3 541612;
            2 561990; 2 236220; 2 423430; 2 561621; 2 811210; 2 541219; 2 561110; 1 541620; 1 541715; 2 541618; 2 541614
        """).weights,
        Trade(
            "541211",
            "Offices of Certified Public Accountants",
            ("Financial Audit", "Loan Review"),
            ("Services",),
        ): 10,
        Trade("522390", "Other Activities Related to Credit", ("Loan Servicing",), ("Support",)): 3,
        Trade("541810", "Advertising Agencies", ("Outreach",), ("Campaign",)): 2,
    }
)
NOVELTY = tuples("113 Recompete | contract; 50 New Contract | -; 9 New Contract | contract")
SET_ASIDES = texts("""
    62 Unrestricted; 50 TOTAL SB; 29 SOLE SOURCE 8(A); 20 COMPETITIVE 8(A); 7 N/A; 2 Total Small Business;
    1 Full and Open; 1 WOMAN-OWNED SB
""")
VALUES = texts("""
    32 $10 million to $50 million; 20 $3 million to $5 million; 17 $5 million to $10 million;
    16 $200,000 to $500,000; 15 $50 million to $150 million; 14 $500,000 to $1 million;
    13 $100,000 to $200,000; 13 $1 million to $2 million; 12 $2 million to $3 million; 6 $50,000 to $75,000;
    5 $25,000 to $50,000; 2 $10,000 to $25,000; 2 $75 000 to $100 000; 2 $75,000 to $100,000;
    1 $5,000 to $10,000; 1 $500 000 to $1 million; 1 $150 million or more
""")
LENGTHS = texts("""
    103 BASE & 4 OPTIONS; 43 BASE; 18 OTHER; 3 BASE & 1 OPTION; 3 BASE & 2 OPTIONS; 2 BASE & 3 OPTIONS
""")
VEHICLES = texts("133 -; 22 MAC; 17 GWAC")
AHEAD, LATEST = 130, 570  # days from entry to solicitation
GAP = Mix({30: 12, 35: 12, 40: 30, 60: 34, 118: 20, 120: 30, 210: 32, 425: 2})  # days to the award
CANCELLED = 0.33
"""Of all rows, at some time around their solicitation; 15 % of those that stand."""
AROUND = (-250, 150)  # days
INSTRUCTIONS = """Access the most recent Forecast at:  www.hud.gov/stat/sdb/forecast
U.S. Department of Housing and Urban Development




FORECAST OF CONTRACTING OPPORTUNITIES PRODUCTS AND SERVICES
{}
THE OFFICE OF SMALL AND DISADVANTAGED BUSINESS UTILIZATION (OSDBU)
www.hud.gov/smallbusiness

Disclaimer: this list was made up by the sandbox, for planning purposes of nobody."""


def write_print(listing: Listing, stream: BinaryIO, day: date) -> None:
    """Dates hold days and show months."""
    book = open_book(stream, day, dates="mmmm, yyyy")
    sheet = book.add_worksheet(listing.sheet)
    for number, line in enumerate(listing.preamble):
        sheet.write(number, 1, line)
    for number, cells in enumerate([listing.headings, *listing.rows], len(listing.preamble)):
        for place, cell in zip(PLACES, cells, strict=True):
            if place in MERGED:
                sheet.merge_range(number, place, number, place + 1, "")
            sheet.write(number, place, cell)
    book.close()


class Hud(Replica):
    key = "hud"
    host = "www.hud.gov"
    path = "/sites/dfiles/SDB/documents/HUD-Forecast-FY26-27.xlsx"
    page = "/stat/sdb/forecast"
    extension = "xlsx"
    media_type = XLSX
    write = staticmethod(write_print)
    sheet = "OFS Paginated Report"
    renamed = ("Plan Number", "Acquisition Plan")
    validators = True
    habits: ClassVar = Habits(
        births=172 / 600,
        stay=Spread({0: 600, 1: 600}),
        rounded=0,
        revisions=0.001,  # 16 of 172 rows were modified in the week before the edition
        facets={SOLICITATION: 0.5, "value": 0.3, "set_aside": 0.2},
        slip=Spread({0: 14, 0.6: 60, 1: 180}),
        absences=0.0001,
    )
    headings = (
        *names("HUD Office; Fiscal Year; Plan Number; Requirement Type; Description"),
        "Primary NAICS Code ",
        *names("""
            MACs or GWACs; Type of Competition; Total Contract Value Dollar Range (Base and All Option Values);
            Point of Contact Email; Solicitation Release Date (Month); Award Date (Month); Contract  Length;
            Contract Status; Modified
        """),
    )

    def listing(self, seed: int, day: date, scale: float) -> Listing:
        blanks = ("",) * (2 - day.toordinal() // 7 % 2)
        rows = self._rows(seed, day, scale)
        return Listing(self.headings, rows, (INSTRUCTIONS.format(american(day)), *blanks), self.sheet)

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        for standing in steadily(seed, self.key, self.habits, day, scale):
            row = self.row(standing)
            yield tuple(row[heading] for heading in self.headings)

    def row(self, standing: Standing) -> dict[str, Cell]:
        vehicle = even(standing, "vehicle", VEHICLES)
        return {
            **_numbers(standing),
            **_subject(standing),
            "MACs or GWACs": None if vehicle == "-" else vehicle,
            "Type of Competition": even(standing, "set_aside", SET_ASIDES),
            "Total Contract Value Dollar Range (Base and All Option Values)": standing.draw(
                VALUES.pick, "value"
            ),
            "Point of Contact Email": words.mail(*standing.draw(words.person)),
            "Contract  Length": even(standing, "length", LENGTHS),
            **_dates(standing),
            **_status(standing),
        }


def _numbers(row: Standing) -> dict[str, Cell]:
    """With the fiscal year that a row is planned in; the letter is its office's."""
    office, letter = even(row, "office", OFFICES)
    year = fiscal_quarter(date.fromordinal(row.born + PLANNED_AHEAD)).year
    return {"HUD Office": office, "Fiscal Year": year, "Plan Number": f"APP-{letter}-{year}-{row.serial:03d}"}


def _subject(row: Standing) -> dict[str, Cell]:
    trade = even(row, "naics", NAICS)
    title = row.draw(lambda chance: words.title(trade, chance))
    text = row.draw(lambda chance: words.description(title, chance))
    novelty, contract = even(row, "novelty", NOVELTY)
    number = row.draw(_contract)
    return {
        "Requirement Type": novelty,
        "Description": f"{text}\nCurrent Contract Number: {number}" if contract != "-" else text,
        "Primary NAICS Code ": trade.code,
    }


def _contract(chance: Random) -> str:
    """Also of two parts, and "not yet awarded"."""
    number = words.contract_number("86614X", chance)
    above = f"GS-35F-{chance.randint(100, 999)}XX"
    odd = {"FY26 NYA": 6, "N/A": 4, f"{above}/{number}": 6, f"{above}; ORDER #{number}": 3}
    return Mix({number: 101, f" {number} ": 2, **odd}).pick(chance)


def _solicitation(row: Standing) -> int:
    planned = row.born + AHEAD + round((LATEST - AHEAD) * turn(row, "ahead"))
    return planned + row.slipped(SOLICITATION)


def _dates(row: Standing) -> dict[str, Cell]:
    solicitation = _solicitation(row)
    return {
        "Solicitation Release Date (Month)": date.fromordinal(solicitation),
        "Award Date (Month)": date.fromordinal(solicitation + row.draw(GAP.pick)),
    }


def _status(row: Standing) -> dict[str, Cell]:
    """Cancelled some time after its entry, or never."""
    share, (before, after) = turn(row, "cancelled") / CANCELLED, AROUND
    ends = max(row.born + 7, _solicitation(row) + before + round((after - before) * share))
    over = share < 1 and ends <= row.day
    modified = date.fromordinal(ends if over else row.published[-1])
    return {"Contract Status": "Cancelled" if over else None, "Modified": american(modified)}
