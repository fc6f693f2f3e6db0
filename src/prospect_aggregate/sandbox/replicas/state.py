"""State: a workbook under another name in each edition, linked on a page; as of April 2026 (453 rows; counts below).

Offices type what they like: headings and values with blanks at their ends, dates and quarters in one column, a
quarter whose months are another's. There are no numbers. The site answers programs that pass for none with a page of
"Technical Difficulties"; ours says what it is and gets the file, so that page is left to the faults.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import ClassVar
from urllib.parse import quote

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import XLSX
from prospect_aggregate.sandbox.calendar import add_quarters, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, names, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, write_workbook
from prospect_aggregate.sandbox.lives import SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.replica import Asked, Replica, Reply
from prospect_aggregate.sandbox.steady import even
from prospect_aggregate.sandbox.trades import Trade, trades

TBD = "To Be Determined"
CONTRADICTION = "3rd (January 1 - March 31)"
WEEKS = date(2025, 10, 6)  # editions are numbered by weeks from here
QUARTERS = (
    "1st (October 1 - December 31)",
    "2nd (January 1 - March 31)",
    "3rd (April 1 - June 30)",
    "4th (July 1 - September 30)",
)
INL_PLACES = tuples("""
    99 Bogota | Colombia | Colombia; 23 Various States | Mexico | Mexico; 17 Port-au-Prince | Haiti | Haiti;
    14 Kyiv | Ukraine | Ukraine; 10 Santo Domingo | Dominican Republic | Dominican Republic;
    7 Beirut | Lebanon | Lebanon; 6 Quito | Ecuador | Ecuador; 6 DC | DC | USA; 3 Panama City | Panama | Panama;
    5 Port of Spain | Trinidad and Tobago | Trinidad and Tobago; 6 San Salvador | El Salvador | El Salvador;
    6 Karachi | Pakistan | Pakistan; 5 Nogales | Mexico | Mexico; 2 Bangkok | Thailand | Thailand;
    2 Nassau | Colombia | Bahamas; 2 Hanoi | Vietnam | Vietnam; 2 Belmopan | Belize | Belize; 1 Accra | Ghana | Ghana;
    1 Bridgetown | Colombia | Barbados;
    1 Kinshasa | Congo, Democratic Republic of the | Congo, Democratic Republic of the;
    1 Georgetown/ Paramaribo | Guyana and Suriname | Guyana and Suriname
""")
PLACES = {
    "GA": tuples("""
        49 Washington | DC | USA; 14 Arlington | VA | United States; 6 Panama City | Panama | Panama;
        5 Rosslyn | VA | United States; 6 Washington | DC | United States; 4 Springfield | VA | United States;
        3 Washington | DC | US ; 3 Belize | Belize | Belize; 2 Bogota | Colombia | Colombia;
        1 Multiple | DC | multiple; 2 Grand Bahama | Bahamas | Bahamas; 1 Rome | | Italy; 2 Milan | | Italy
    """),
    "GA/AMD": tuples("""
        36 Charleston | SC | USA; 15 Arlington | VA | USA; 25 Washington | DC | USA; 5 Rosslyn | VA | USA
    """),
    "ACN/CTR": tuples("11 Mutiple | Mutiple | Mutiple"),
    "": tuples("""
        5 Washington | DC | USA; 5 Washington DC | DC | USA; 5 Blackstone | VA | United States of America;
        3 TBD - Task Order | TBD - Task Order | TBD - Task Order; 4 Not Applicable | | Worldwide / United States;
        3 Panama CIty | N/A | Panama; 2 Accra | N/A | Ghana
    """),
}
OFFICES = texts("""
    229 INL; 99 GA; 87 GA/AMD; 11 ACN/CTR; 7 MED; 6 GA/AMD/DMS/SEC/WPST; 6 BP; 5 ACN/NDF; 2 GFS; 1 To Be Determined
""")
NAICS = Mix(
    {
        **trades("""
            38 541611; 30 541519; 27 541511; 24 541690; 20 541512; 18 561612; 14 423430; 12 518210; 11 611430; 5 334519;
            13 334511; 11 334220; 10 236220; 10 336413; 6 561621; 6 541990; 5 336612; 6 488190; 5 541330; 5 332994;
            5 334516; 5 561990; 27 541219; 4 561210; 3 561720; 3 511210; 3 332992; 3 513210; 2 561611; 2 811310
        """).weights,
        Trade(
            "561499", "All Other Business Support Services", ("Payroll", "Travel Claims"), ("Support",)
        ): 27,
        Trade("336411", "Aircraft Manufacturing", ("Surveillance Aircraft",), ("Purchase",)): 7,
        Trade("541300", "", ("Embassy Annex",), ("Design",)): 1,
    }
)
PHASES = tuples(
    "391 Acquisition Planning | -; 53 Market Research | blank; 7 Exercise of Option | -; 2 Evaluation Stage | -"
)
VALUES = texts("""
    108 $501K - $1M; 82 $2.1M - $5M; 73 $251K - $500K; 67 $1.1M - $2M; 43 $5.1M - $10M; 24 $10.1M - $20M;
    13 $20.1M - $50M; 8 $100M - $250M; 7 $50.1M - $100M; 6 $10.1 - $20M; 5 $150K - $250K; 4 $5.1 - $10M;
    4 Below $150K; 3 $250M - $500M; 2 $500M - $999M; 4 -
""")
SOLICITATIONS = texts(f"""
    245 quarter's end; 149 day; 39 {TBD}; 10 {CONTRADICTION}; 5 quarter; 1 month; 2 impossible; 2 -
""")
SET_ASIDES = tuples("""
    183 To Be Determined | To Be Determined; 64 To Be Determined | Firm Fixed Price;
    47 Unrestricted | Time and Materials/Labor Hours; 44 Small business-Total | Time and Materials/Labor Hours;
    25 Unrestricted | Firm Fixed Price; 26 To Be Determined | Time and Materials/Labor Hours;
    16 Unrestricted | To Be Determined; 15 Small business-Total | Firm Fixed Price; 2 To Be Determined | Other;
    4 Small business-Total | To Be Determined; 4 SDVOSB | Time and Materials/Labor Hours; 3 Unrestricted | Cost Plus;
    3 8(a) | Time and Materials/Labor Hours; 3 Small business-Total | Combination; 2 HUBZone | Firm Fixed Price;
    2 To Be Determined | To be determined; 2 EDWOSB | Time and Materials/Labor Hours; 2 To Be Determined | Cost Plus;
    2 8(a) | Combination; 1 To Be Determined | Unknown; 1 | Time and Materials/Labor Hours
""")
INCUMBENTS = texts("218 Not Applicable; 12 None; 9 TBD; 214 firm")
ORDERS = texts(
    "264 To Be Determined; 5 To be determined; 4 IDIQ/TO; 4 N/A; 19 -; 147 number; 4 several; 6 sentence"
)
AWARD_TYPES = texts("""
    245 Contract; 67 LH; 31 Firm Fixed Price; 20 To Be Determined; 16 FFP; 17 Task Order; 10 Mutiple; 6 IDIQ;
    13 Time and Materials /LaborHours; 10 Time and Materials/Labor Hours; 4 IDIQ/TO; 2 Purchase Order;
    2 Delivery Order; 2 BPA; 1 IDIA/BPA; 1 BPA - Hybrid (FFP, LH); 1 -
""")
CLEARANCES = texts("""
    276 None; 109 Secret; 36 Top Secret; 12 Confidential; 7 Other; 2 To Be Determined;
    11 Top Secret/Sensitive Compartmented Information(TS/SCI)
""")
STARTS = texts(
    f"16 fiscal year; 56 {TBD}; 10 TBD; 11 quarter; 128 day; 2 Secure/award in this year with two OYs"
)
REPEATED = texts("429 -; 12 Local Guard Services; 12 Staffing Task Order")
BEFORE_AWARD = Spread(
    {0: -25, 0.15: 0, 0.5: 45, 0.9: 72, 1: 85}
)  # days from solicitation to the award quarter
QUARTERS_AHEAD = Mix({1: 77, 2: 3, 0: 20})


class State(Replica):
    key = "state"
    host = "www.state.gov"
    path = "/wp-content/uploads/2025/02/FY25-Procurement-Forecast-2.xlsx"
    """An older name that is still linked; it gives the newest list too."""
    page = "/Procurement-Forecast"
    extension = "xlsx"
    media_type = XLSX
    write = staticmethod(write_workbook)
    sheet = "Acquisition Submission"
    renamed = ("Requirement Title", "Title of Requirement")
    mishap: ClassVar = (
        "block_page",
        "state.gov answers programs with a page instead of its list: the source stands as blocked",
    )
    habits: ClassVar = Habits(
        births=2.6,
        stay=Spread({0: 140, 0.5: 175, 1: 200}),
        rounded=0,
        revisions=0.001,
        facets={SOLICITATION: 0.6, "value": 0.3, "set_aside": 0.3, "clearance": 0.1},
        slip=Spread({0: 14, 0.6: 30, 1: 91}),
        absences=0.0001,
    )
    headings = (
        "Requirement Title",
        "Requirement Description ",
        *names("""
            Agency; Contracting Office; Place of Performance (City); Place of Performance (State);
            Place of Performance (Country); NAICS Code; Acquistion Phase; Estimated Contract Value*;
            Estimated Award FY Quarter; Estimated Solicitation Date; PoP Date Start; Extent Competed; Fiscal Year;
            Set-Aside Type; Contract Type; Incumbent Contractor Name; Awarded Contract Order;
            Anticipated Award Type; Facility Security Clearance; POC Name; POC Email;
            Small Business Specialist Name; Small Business Specialist Email
        """),
    )

    def row(self, standing: Standing) -> dict[str, Cell]:
        office = even(standing, "office", OFFICES)
        return {
            "Agency": "Department of State",
            "Contracting Office": office,
            **_subject(standing),
            **_place(standing, office),
            **_terms(standing),
            **_dates(standing, office),
            **_incumbent(standing),
            **_contacts(standing, office),
        }

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        if asked.path == newest(asked.day):
            return Reply(200, content(), self.media_type)
        if asked.path == self.page:
            return Reply(200, _page(newest(asked.day), self.path).encode())
        return super().answer(asked, content)


def newest(day: date) -> str:
    """The file's address: folder, fiscal year and number are the edition's."""
    year = fiscal_quarter(day).year % 100
    return f"/wp-content/uploads/{day:%Y/%m}/FY{year}-Procurement-Forecast-{(day - WEEKS).days // 7 % 52 + 1}.xlsx"


def _page(newest: str, older: str) -> str:
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>Procurement Forecast - State</title></head><body>
<h1>Procurement Forecast</h1><p><a href="/doing-business">Doing business with State</a></p>
<p><a href="https://www.state.gov{quote(older)}">FY25 Procurement Forecast</a></p>
<p><a href="https://www.state.gov{quote(newest)}">Procurement Forecast (Excel)</a></p></body></html>"""


def _subject(row: Standing) -> dict[str, Cell]:
    trade = row.draw(NAICS.pick)
    again, title = row.draw(REPEATED.pick), row.draw(lambda chance: words.title(trade, chance))
    code = row.draw(lambda chance: _code(trade.code, chance))
    return {
        "Requirement Title": title if again == "-" else again,
        "Requirement Description ": row.draw(lambda chance: words.description(title, chance)),
        "NAICS Code": code,
    }


def _code(code: str, chance: Random) -> Cell:
    """Numbers; texts where there are two, or none yet."""
    return Mix[Cell]({int(code): 420, "To be determined": 20, "541512/541519": 6, f"{code} ": 4}).pick(chance)


def _place(row: Standing, office: str) -> dict[str, Cell]:
    city, state, country = row.draw((INL_PLACES if office == "INL" else PLACES.get(office, PLACES[""])).pick)
    blank = row.draw(Mix({"": 430, " ": 20}).pick)
    return {
        "Place of Performance (City)": city + blank,
        "Place of Performance (State)": state or None,
        "Place of Performance (Country)": country + blank,
    }


def _terms(row: Standing) -> dict[str, Cell]:
    phase, blank = row.draw(PHASES.pick)
    set_aside, contract_type = even(row, "set_aside", SET_ASIDES)
    return {
        "Acquistion Phase": phase + " " * (blank == "blank"),
        "Estimated Contract Value*": _filled(row.draw(VALUES.pick, "value")),
        "Extent Competed": TBD,
        "Set-Aside Type": set_aside or None,
        "Contract Type": contract_type,
        "Anticipated Award Type": _filled(row.draw(AWARD_TYPES.pick)),
        "Facility Security Clearance": row.draw(CLEARANCES.pick, "clearance"),
    }


def _dates(row: Standing, office: str) -> dict[str, Cell]:
    first = add_quarters(
        date.fromordinal(row.born + row.slipped(SOLICITATION)), even(row, "ahead", QUARTERS_AHEAD)
    )
    begins = first.replace(month=first.month - 1)
    year, number = fiscal_quarter(begins)
    unsure = row.draw(lambda chance: chance.random() < 0.009)
    return {
        "Estimated Award FY Quarter": TBD if unsure else QUARTERS[number - 1],
        "Fiscal Year": f"FY{year % 100}",
        "Estimated Solicitation Date": _solicitation(row, begins),
        "PoP Date Start": f"FY{year % 100}" if office == "INL" else _start(row, begins),
    }


def _solicitation(row: Standing, begins: date) -> Cell:
    style = even(row, "style", SOLICITATIONS)
    planned = begins - timedelta(row.draw(BEFORE_AWARD.days))
    day = max(planned, date.fromordinal(row.born))
    last = add_quarters(begins, 1).replace(day=1) - timedelta(32)
    year, number = fiscal_quarter(day)
    written: dict[str, Cell] = {
        "quarter's end": (last + timedelta(31)).replace(day=1) - timedelta(1),
        "day": day,
        "quarter": f"{('1st', '2d', '3d', '4th')[number - 1]} Qtr FY{year % 100}",
        "month": f"{day:%B, %Y}",
        "impossible": f"2/30/{day.year}",
        "-": None,
    }
    return written.get(style, style)


def _start(row: Standing, begins: date) -> Cell:
    style = row.draw(STARTS.pick)
    year, number = fiscal_quarter(begins)
    day = begins + timedelta(row.draw(lambda chance: chance.randint(20, 180)))
    written: dict[str, Cell] = {"fiscal year": f"FY{year % 100}", "quarter": QUARTERS[number - 1], "day": day}
    return written.get(style, style)


def _incumbent(row: Standing) -> dict[str, Cell]:
    named, firm = row.draw(INCUMBENTS.pick), row.draw(words.firm)
    style, number, other = row.draw(ORDERS.pick), row.draw(_number), row.draw(_number)
    sentence = f"New task order to replace {number}"
    written = {"number": number, "several": f"{number}, {other}", "sentence": sentence, "-": None}
    return {
        "Incumbent Contractor Name": firm if named == "firm" else named,
        "Awarded Contract Order": written.get(style, style),
    }


def _number(chance: Random) -> str:
    """Of 13 characters, with four digits at the end."""
    return f"19XQMM{chance.randint(19, 26)}{chance.choice('FCA')}{chance.randint(1, 9999):04d}"


def _contacts(row: Standing, office: str) -> dict[str, Cell]:
    """One person speaks for the whole office that lists most."""
    given, family = row.draw(words.person)
    if office == "INL":
        given, family = "Adela", "Ashgrove"
    return {
        "POC Name": f"{given} {family}",
        "POC Email": words.mail(given, family),
        "Small Business Specialist Name": "Vesna Yarrowby",
        "Small Business Specialist Email": words.mail("Vesna", "Yarrowby"),
    }


def _filled(cell: str) -> str | None:
    return None if cell == "-" else cell
