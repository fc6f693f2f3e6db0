"""Energy: contracts about to end, headings in row 18, linked on a page; as on 2026-05-11 (886 rows; counts below).

A contract leaves the list two months before it ends. Every four weeks two columns change places and most offices
get another small business manager, as between May and June 2026.
"""

import calendar
from collections.abc import Callable
from datetime import date
from random import Random
from typing import BinaryIO, ClassVar
from urllib.parse import quote

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import XLSX, fill, open_book
from prospect_aggregate.sandbox.chance import Mix, Spread, generator, names, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import AWARD, Habits, Standing
from prospect_aggregate.sandbox.replica import Asked, Replica, Reply
from prospect_aggregate.sandbox.trades import Trade, trades

ERA = 28  # days
TO_THE_END = 61  # days; the nearest end on 2026-05-11 was 2026-07-11
AT_MONTHS_END = 0.38
REASSIGNED = 0.63  # 556 of 815 rows between two editions
BLANK = "\N{NO-BREAK SPACE}"
OFFICES = texts("""
    216 Western Area Power Administration; 122 National Nuclear Security Administration;
    108 Assistant Secretary for Fossil Energy; 83 Assistant Secretary for Environmental Management;
    70 Office of Science; 51 Office of Management; 36 Southwestern Power Administration;
    24 Loan Programs Office (LPO); 17 Assistant Secretary for Nuclear Energy;
    17 Assistant Secretary for Energy Efficiency and Renewable Energy;
    16 Office of Cybersecurity, Energy Security & Emergency Response; 15 Energy Information Administration;
    11 Office of Human Capital Management; 10 Office of Inspector General;
    10 Naval Reactors Laboratory Field Office; 9 Energy and Threat;
    8 Office of Environment, Health, Safety and Security; 8 Office of the Chief Financial Officer;
    7 Office of International Affairs; 5 Southeastern Power Administration;
    5 Manufacturing and Energy Supply Chain; 3 Office of the General Counsel; 3 Chicago Operations Office;
    2 U.S. DOE/NETL; 2 Oak Ridge Operations Office; 1 Savannah River Operations Office
""")
TWO_MANAGERS = "Assistant Secretary for Fossil Energy"
NAICS = Mix(
    {
        **trades("""
            184 541519; 60 541330; 55 541611; 43 513210; 37 561210; 33 236220; 25 511210; 25 541511; 23 519290;
            30 541990; 27 561720; 28 541690; 24 562910; 20 541620; 16 334516; 17 541512; 15 518210; 11 611430;
            8 811210; 8 541618; 6 561110; 6 334111; 6 541715; 5 561612; 5 541614; 4 811310; 3 332992; 3 334511;
            2 561621; 2 423430; 2 561611; 2 238210; 2 561990; 2 541612; 1 238220; 1 541370; 1 541930
        """).weights,
        Trade("513120", "Periodical Publishers", ("Journal", "Market News"), ("Subscription", "Access")): 19,
        Trade("336112", "Light Truck and Utility Vehicle Manufacturing", ("Truck",), ("Purchase",)): 16,
        Trade(
            "237130",
            "Power and Communication Line and Related Structures Construction",
            ("Transmission Line", "Substation"),
            ("Rebuild", "Construction"),
        ): 14,
        Trade("541199", "All Other Legal Services", ("Litigation", "Title Search"), ("Support",)): 13,
        Trade("541710", "Research and Development", ("Materials",), ("Study",)): 4,
        Trade("234930", "Industrial Nonbuilding Structure Construction", ("Pump House",), ("Repair",)): 1,
    }
)
VALUES = texts("""
    369 R1 – $25K–$250K; 355 R2 – $250K–$7.5M; 66 R3 – $7.5M–$25M; 43 R6 – $100M+; 30 R4 – $25M–$50M;
    23 R5 – $50M–$100M
""")
SET_ASIDES = tuples("""
    196 No set aside used. | Other Than Small Business; 115 No set aside used | Small Business;
    103 No set aside used | Other Than Small Business; 100 No set aside used. | Small Business;
    89 Small Business Set-Aside -- Total | Small Business; 83 Small Business Set Aside - Total | Small Business;
    59 8(a) Sole Source | Small Business; 43 N/A | Unavailable; 9 N/A | Other Than Small Business;
    48 Service Disabled Veteran Owned Small Business Set-Aside | Small Business; 19 8A Competed | Small Business;
    15 HUBZone Set-Aside | Small Business; 4 Women Owned Small Business | Small Business;
    1 Women Owned Small Business Sole Source | Small Business; 1 HUBZone Sole Source | Small Business
""")
TYPES = texts("389 Delivery / Task Order; 270 Contract; 224 Purchase Order; 3 BPA Call")
LETTERS = {"Delivery / Task Order": "F", "Contract": "C", "Purchase Order": "P", "BPA Call": "F"}
STATES = texts("""
    163 DISTRICT OF COLUMBIA; 120 Unavailable; 77 TENNESSEE; 68 COLORADO; 42 WEST VIRGINIA; 36 CALIFORNIA;
    34 VIRGINIA; 33 OKLAHOMA; 27 NEW MEXICO; 25 PENNSYLVANIA; 22 MARYLAND; 18 KENTUCKY; 15 NEW YORK; 15 OREGON;
    15 WASHINGTON; 14 GEORGIA; 13 FLORIDA; 12 IDAHO; 12 OHIO; 11 MASSACHUSETTS; 10 ARIZONA; 9 MINNESOTA;
    9 SOUTH DAKOTA; 8 NORTH DAKOTA; 8 SOUTH CAROLINA; 7 ARKANSAS; 7 LOUISIANA; 6 MONTANA; 6 MISSOURI; 6 TEXAS;
    4 NEVADA; 3 NEW JERSEY; 3 ALABAMA; 3 WYOMING; 2 ALASKA; 2 UTAH; 1 WISCONSIN; 1 IOWA; 1 NORTH CAROLINA
""")
INSTRUCTIONS = (
    "DOE Acquisition Forecast Instructions",
    " - DOE provides advance information on forecasted prime contracting opportunities (made up by the sandbox).",
    f" {BLANK * 3}The forecast includes prime contracting actions valued above $25,000.",
    " - Small Business Program Managers Directory: https://www.energy.gov/osbp/doing-business-doe",
    " - Forecasted actions may change or be cancelled, and some may not be re-competed.",
    " commitment by the Government. All information is for planning purposes only and may change before release.",
    " - For the most timely information on doing business with DOE, visit:",
    f" {BLANK * 3}FedConnect: https://www.fedconnect.net/ {BLANK * 2}|{BLANK * 2} SAM.gov: https://sam.gov",
    " - To qualify as a small business, firms must meet SBA size standards:",
    f" {BLANK * 3}https://www.sba.gov/content/small-business-size-standards",
    " - DOE may change a requirement\N{RIGHT SINGLE QUOTATION MARK}s strategy before a solicitation is released.",
    " - Advertising or marketing submissions are not permitted on this site. ",
    "",
    "",
)


def write_report(listing: Listing, stream: BinaryIO, day: date) -> None:
    book = open_book(stream, day)
    sheet = book.add_worksheet(listing.sheet)
    lines = [(line,) for line in listing.preamble]
    fill(sheet, listing.rows, start=fill(sheet, [*lines, listing.headings]))
    book.close()


class Energy(Replica):
    key = "energy"
    host = "www.energy.gov"
    path = "/sites/default/files/2025-01/OSBP Acquisition Forecast Public 2025-01-13.xlsx"
    """An older name that is still linked; it gives the newest list too."""
    page = "/osdbu/acquisition-forecast"
    extension = "xlsx"
    media_type = XLSX
    write = staticmethod(write_report)
    renamed = ("Current Contract Number", "Award Number")
    validators = True
    habits: ClassVar = Habits(
        births=2.31,  # 73 new rows within 31 days
        stay=Spread({0: 20, 0.2: 200, 0.45: 300, 0.6: 420, 0.68: 600, 0.75: 650, 1: 670}),
        rounded=0,
        revisions=0.0003,  # 5 ends and 1 value of 815 rows within 31 days
        facets={AWARD: 0.85, "value": 0.15},
        slip=Spread({0: 28, 0.5: 92, 1: 184}),
        absences=0.00005,
    )
    headings = names("""
        Performance End Date; NAICS Code; NAICS Description; Program Office; Current Incumbent;
        Current Contract Number; Acquisition Description; Estimated Value Range;
        Contracting Officers Business Size Selection; Type of Set Aside; Contract Type;
        Principal Place of Performance State; Small Business Program Manager
    """)

    def listing(self, seed: int, day: date, scale: float) -> Listing:
        order = self.headings if day.toordinal() // ERA % 2 else _swapped(self.headings)
        at = [self.headings.index(heading) for heading in order]
        rows = (tuple(row[place] for place in at) for row in self._rows(seed, day, scale))
        stamp = f"{BLANK * 5}Report generated on: {day:%d-%b-%Y}{BLANK * 5} "
        return Listing(order, rows, (*INSTRUCTIONS, stamp, "", ""))

    def row(self, standing: Standing) -> dict[str, Cell]:
        office = standing.draw(OFFICES.pick)
        return {
            **_contract(standing),
            **_subject(standing),
            "Program Office": office,
            "Estimated Value Range": standing.draw(VALUES.pick, "value"),
            "Principal Place of Performance State": standing.draw(STATES.pick),
            "Small Business Program Manager": _managers(office, standing.day // ERA),
        }

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        if asked.path == newest(asked.day):
            return Reply(200, content(), self.media_type)
        if asked.path == self.page:
            return Reply(200, _page(newest(asked.day), self.path).encode())
        return super().answer(asked, content)


def newest(day: date) -> str:
    """The file's address, which holds its date."""
    return f"/sites/default/files/{day:%Y-%m}/OSBP Acquisition Forecast Public {day}.xlsx"


def _page(newest: str, older: str) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><title>Acquisition Forecast | Energy</title></head><body>
<h1>Acquisition Forecast</h1><p><a href="/osdbu/doing-business-doe">Doing business with DOE</a></p>
<p><a href="https://www.energy.gov{quote(newest)}">Download the DOE Acquisition Forecast</a></p>
<h2>Earlier forecasts</h2><p><a href="{quote(older)}">January 2025</a></p></body></html>"""


def _swapped(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The program's office before the NAICS code, as in June 2026."""
    end, code, text, office, *others = headings
    return (end, office, code, text, *others)


def _contract(row: Standing) -> dict[str, Cell]:
    kind = row.draw(TYPES.pick)
    set_aside, size = row.draw(SET_ASIDES.pick)
    return {
        "Performance End Date": _end(row),
        "Current Incumbent": row.draw(words.firm).upper(),
        "Current Contract Number": row.draw(lambda chance: _number(row.serial, kind, chance)),
        "Contracting Officers Business Size Selection": size,
        "Type of Set Aside": set_aside,
        "Contract Type": kind,
    }


def _number(serial: int, kind: str, chance: Random) -> str:
    """Each stands once; an order names the contract above it (392 of 886)."""
    number = f"892499{chance.randint(21, 26)}{LETTERS[kind]}XX{serial:06d}"
    above = (
        chance.choice(("NNG15XX", "47QTCX", "47QRAX"))
        + f"{chance.randint(10, 99)}D{chance.randint(1, 999):03d}"
    )
    return f"{above} / {number}" if LETTERS[kind] == "F" else number


def _end(row: Standing) -> date:
    """Often a month's last day."""
    day = date.fromordinal(row.award + TO_THE_END)
    to_the_last = row.draw(lambda chance: chance.random() < AT_MONTHS_END)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) if to_the_last else day


def _subject(row: Standing) -> dict[str, Cell]:
    trade = row.draw(NAICS.pick)
    subject = row.draw(lambda chance: words.title(trade, chance))
    described = row.draw(lambda chance: words.description(subject, chance))
    briefly = row.draw(lambda chance: chance.random() < 0.5)
    return {
        "NAICS Code": trade.code,
        "NAICS Description": trade.text.strip(),
        "Acquisition Description": subject if briefly else described,
    }


def _managers(office: str, era: int) -> str:
    """Mailboxes; one office has two, parted by a semicolon."""
    moving = generator(office, era).random() < REASSIGNED
    chance = generator("manager", office, era if moving else 0)
    mailboxes = [words.mail(*words.person(chance)) for _ in range(1 + (office == TWO_MANAGERS))]
    return "; ".join(mailboxes)
