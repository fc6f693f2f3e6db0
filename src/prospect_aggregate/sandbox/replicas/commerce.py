"""Commerce: the weekly workbook, headings in row 3, as on 2026-05-12 (3,452 rows; counts below).

The list hardly forgets: it holds rows of three and a half years, so 72 % of its solicitation quarters are
long past. Rows before mid-2024 lack the "anticipated" columns and cut the incumbent at 20 characters; here
that is a trait of a row, not of its age, so that the shares hold in any year.
"""

from datetime import date
from random import Random
from typing import ClassVar

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.calendar import add_quarters, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, names, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, write_workbook
from prospect_aggregate.sandbox.lives import SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.replica import Replica
from prospect_aggregate.sandbox.trades import trades

TBD = "To Be Determined"
DAYS_OF_A_QUARTER = 91
OUT_OF_FIRST = 0.33  # 17 % of solicitations are for a 1st quarter, 32 % for a 3rd
FULL_NAMES = 0.25  # most offices type a firm's first word

UNITS = tuples("""
    503 NIST - PROGRAM OFFICE | AD for Management Resources | NIST - AMR;
    473 NOAA - PROGRAM OFFICE | National Marine Fisheries Service | NOAA - NMFS;
    454 NOAA - PROGRAM OFFICE | National Weather Service | NOAA - NWS;
    430 NIST - PROGRAM OFFICE | AD for Laboratory Programs | NIST - ALP;
    336 NOAA - PROGRAM OFFICE | Staff Offices of the Office of Under Secretary | NOAA - OUS STAFF OFCS;
    207 NOAA - PROGRAM OFFICE | National Ocean Service | NOAA - NOS;
    199 NOAA - PROGRAM OFFICE | Office of Oceanic and Atmospheric Research | NOAA - OAR;
    198 NOAA - PROGRAM OFFICE | National Envir. Satellite, Data and Info. Services | NOAA - NESDIS;
    162 NOAA - PROGRAM OFFICE | Office of Marine and Aviation Operations | NOAA - OMAO;
    153 NIST - PROGRAM OFFICE | Office of the Director | NIST - OD;
    78 CENSUS - PARENT PROGRAM OFFICE | Census Program Offices | CENSUS - PROGRAM OFFICES;
    39 COMMERCE | Shared Services Procurement Office | SSPO;
    35 NIST - CONTRACTS OFFICE | Acquisition Management Division | NIST - AMD;
    30 NIST | | NIST - PROGRAM OFFICE;
    18 FIRSTNET - PROGRAM OFFICE | FirstNet - Program Offices | FIRSTNET - PROGRAM OFFICES;
    15 OS - PROGRAM OFFICE | Ofc. of the Chief Infomration Officer | OS - OCIO;
    15 NTIA - PROGRAM OFFICE | Office of Spectrum Management | NTIA - OSM;
    14 BEA - PROGRAM OFFICE | Assoc. Dir. for Mgmt. & CAO | BEA - ADMC;
    13 NTIS - PROGRAM OFFICE | Office of the Director | NTIS - OD;
    11 CENSUS - CONTRACTS OFFICE | Census Acquisition Offices | CENSUS - ACQUISITION OFFICE;
    17 NOAA - CONTRACTS OFFICE | Eastern Acquisition Division | NOAA - EAD;
    6 ITA - PROGRAM OFFICE | Office of the Under Secretary | ITA - OUS;
    11 BIS - PROGRAM OFFICE | Office of Asst. Secy. for Export Administrati. | BIS - OASEA;
    2 EDA - PROGRAM OFFICE | Headquarters | EDA - HEADQUARTERS
""")
NIST_NAICS = trades("""
    110 541519; 70 236220; 40 541690; 100 518210; 140 334516; 95 334413; 110 541715; 40 541330; 60 513210;
    30 541611; 45 541511; 20 541512; 50 238220; 30 238210; 30 334111; 25 423430; 25 561210; 33 811210;
    31 334519; 15 561621; 15 238160; 15 238290; 14 334112; 15 811310; 70 541990
""")
NAICS = trades("""
    241 541990; 184 541519; 115 236220; 133 541690; 56 518210; 12 334516; 34 541715; 95 541330; 45 513210;
    68 541611; 50 541511; 95 541370; 59 541512; 15 238220; 59 336611; 19 238210; 14 334111; 15 423430;
    12 561210; 14 561621; 28 561990; 23 541620; 21 541618; 20 334511; 19 519290; 16 541612; 13 541360; 13 561110
""")
NIST_PLACES = tuples("""
    883 GAITHERSBURG | MARYLAND; 145 BOULDER | COLORADO; 60 To Be Determined | To be determined;
    37 CHARLESTON | SOUTH CAROLINA; 28 ROCKVILLE | MARYLAND
""")
PLACES = tuples("""
    642 SILVER SPRING | MARYLAND; 100 BOULDER | COLORADO;
    120 To Be Determined | To be determined; 138 LA JOLLA | CALIFORNIA; 100 SEATTLE | WASHINGTON;
    88 SUITLAND-SILVER HILL | MARYLAND; 75 SUITLAND | MARYLAND; 19 CHARLESTON | SOUTH CAROLINA;
    60 SANTA CRUZ | CALIFORNIA; 66 WOODS HOLE | MASSACHUSETTS; 51 GRANDVIEW | MISSOURI;
    41 NORMAN | OKLAHOMA; 50 COLLEGE PARK | MARYLAND; 53 WASHINGTON | DISTRICT OF COLUMBIA;
    50 HONOLULU | HAWAII; 9 NORMAN (TOWNSHIP OF) | OKLAHOMA;
    33 DISTRICT OF COLUMBIA (COUNTY-EQUIVALENT) | DISTRICT OF COLUMBIA; 37 TUSCALOOSA | ALABAMA;
    8 ROCKVILLE | MARYLAND; 37 WASHINGTON (MAGISTERIAL DISTRICT) | DISTRICT OF COLUMBIA;
    35 PLAINSBORO | NEW JERSEY; 45 MIAMI | FLORIDA; 48 STENNIS SPACE CENTER | MISSISSIPPI;
    35 SANTA CRUZ (COUNTY) | CALIFORNIA; 27 ASHEVILLE | NORTH CAROLINA; 17 REMOTE | WASHINGTON;
    42 JUNEAU | ALASKA; 48 ALEXANDRIA | VIRGINIA; 23 NEWPORT (TOWN OF) | OREGON; 30 RESTON | VIRGINIA;
    26 KEY BISCAYNE | FLORIDA; 24 FORT WORTH | TEXAS; 18 LONDON | NA; 5 PAGO PAGO | AMERICAN SAMOA;
    1 REMOTE | U.S. VIRGIN ISLANDS.
""")
COUNTRIES = texts("""
    5 UNITED KINGDOM; 4 CANADA; 2 CHILE; 1 SEYCHELLES; 1 BAHRAIN; 1 BRAZIL; 1 GERMANY; 1 ARUBA
""")
LENGTHS = tuples("""
    744 0 | 1; 454 12 | 1; 443 0 | 5; 188 60 | 5; 220 12 | 0; 131 0 | 3; 125 0 | 2; 130 6 | 0; 75 12 | 5;
    75 6 | 1; 88 3 | 0; 65 24 | 2; 53 36 | 3; 65 4 | 0; 76 9 | 1; 55 2 | 0; 79 1 | 1; 48 7 | 3; 40 8 | 2;
    65 0 | 4; 27 48 | 4; 39 5 | 0; 20 11 | 4; 34 0 | 24; 27 0 | 12; 20 0 | 25; 18 0 | 23; 14 12 | 2026;
    13 0 | 10; 13 0 | 26; 7 0 | 20; 3 6 | 60; 2 12 | 20282033; 1 0 | 20262027; 3 0 | 5f; 1 0 | 0.5;
    1 0 | 3.5; 1 99 | 4.5
""")
"""Months and years as typed: years that are calendar years, two glued together, or `5f`."""
AWARDEES = tuples("""
    1741 To Be Determined | Competed; 623 To Be Determined | Sole Source;
    413 Set-Aside - Total Small Business | Competed; 244 Set-Aside - Total Small Business | Sole Source;
    226 Unrestricted - No Set Aside Used | Competed; 205 Unrestricted - No Set Aside Used | Sole Source
""")
BANDS = texts("""
    915 251K to 500k; 719 501K to 1M; 489 0K to 250K; 432 2.1M to 5M; 430 1.1M to 2M; 260 5.1M to 10M;
    76 20.1M to 50M; 68 10.1M to 20M; 32 50.1M to 100M; 31 Over 100M
""")
AHEAD = texts("""
    3 -8; 9 -4; 14 -3; 14 -2; 69 -1; 854 0; 876 1; 630 2; 482 3; 301 4; 167 5; 18 6; 5 7; 5 8; 2 10
""")
"""Quarters from a row's entry to its solicitation; some were past on the day they entered."""
NOVELTY = tuples("""
    2400 New Requirement | - | -; 483 Recompete | - | -; 234 Recompete | incumbent | contract;
    174 New Requirement | incumbent | contract; 68 New Requirement | incumbent | -;
    55 Recompete | incumbent | -; 25 New Requirement | - | contract; 13 Recompete | - | contract
""")
ANTICIPATED = {
    "Competed": texts("""
        610 Currently, this information is not available; 366 Competitive; 239 Small Business; 18 Other;
        5 Sole Source
    """),
    "Sole Source": texts("""
        277 Sole Source; 154 Currently, this information is not available; 66 Small Business; 28 Other;
        3 Competitive
    """),
}
VEHICLES = tuples("""
    740 Currently, this information is not available | Currently, this information is not available;
    110 Currently, this information is not available | Purchase Order;
    81 Currently, this information is not available | Definitive/Awarded Contract;
    360 IDIQ | Delivery/Task Order; 23 IDIQ | Currently, this information is not available;
    150 Open Market | Definitive/Awarded Contract; 117 Open Market | Purchase Order;
    60 BPA/BOA | BPA Call; 45 BPA/BOA | Delivery/Task Order; 20 BPA/BOA | Definitive/Awarded Contract;
    28 Federal Supply Schedule | FSS; 16 Federal Supply Schedule | GWAC;
    16 Federal Supply Schedule | IDC
""")


class Commerce(Replica):
    key = "commerce"
    host = "www.commerce.gov"
    path = "/sites/default/files/2022-12/DOC Weekly Forecast Report.xlsx"
    page = "/oam/industry/procurement-forecasts"
    extension = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    write = staticmethod(write_workbook)
    renamed = ("Title", "Requirement Title")
    preamble = ("BAS PRISM AAP Procurement Forecast", "Submission Details")
    validators = True
    mishap: ClassVar = (
        "half_rows",
        "in the autumn of 2026 the list was halved: such an edition is held for a person",
    )
    habits: ClassVar = Habits(
        births=2.6,  # 908 rows of 2025 stand in the list, 359 of the first 132 days of 2026
        stay=Spread({0: 30, 0.03: 900, 0.08: 1310, 1: 1400}),
        rounded=0,
        revisions=0.0003,  # 156 of 1,766 rows were last modified on another day than created
        facets={SOLICITATION: 0.6, "value": 0.3, "awardee": 0.25, "vehicle": 0.2, "title": 0.1},
        slip=Spread({0: 91, 0.6: 91, 0.9: 182, 1: 364}),
        absences=0.0002,
    )
    headings = names("""
        Forecast ID; Workspace Number; Date Created; Organization; Office; Organization Unit; Title;
        Description; Naics Code; Months; Years; Place Of Performance City; Place Of Performance State;
        Place Of Performance Country; Type Of Awardee; Estimated Value Range;
        Estimated Solicitation Fiscal Quarter; Estimated Solicitation Fiscal Year; Competition Strategy;
        New Requirement Or Recompete; Incumbent Contractor Name; Awarded Contract Order Number;
        Anticipated Set Aside And Type; Anticipated Contract Vehicle; Anticipated Action Award Type;
        Point Of Contact Name; Point Of Contact Email;
        Does This Acquisition Contain Information Technology; Date Created or Modified; Awarded?
    """)

    def row(self, standing: Standing) -> dict[str, Cell]:
        recent = standing.draw(lambda chance: chance.random() < 0.512)
        organization, office, unit = standing.draw(UNITS.pick)
        return {
            "Organization": organization,
            "Office": office or None,
            "Organization Unit": unit,
            **_numbers(standing, recent=recent),
            **_subject(standing, organization),
            **_place(standing, organization),
            **_terms(standing, recent=recent),
            **_solicitation(standing),
            **_incumbent(standing, recent=recent),
            **_contact(standing),
        }


def _numbers(row: Standing, *, recent: bool) -> dict[str, Cell]:
    born = date.fromordinal(row.born)
    year = fiscal_quarter(born).year
    modified = date.fromordinal(row.published[-1])
    return {
        "Forecast ID": row.serial,
        "Workspace Number": f"REQUIREMENTS-{year % 100:02d}-{row.number_since(date(year - 1, 10, 1)):04d}",
        "Date Created": born,
        "Date Created or Modified": modified if recent else None,
        "Awarded?": "No",
    }


def _subject(row: Standing, organization: str) -> dict[str, Cell]:
    trade = row.draw((NIST_NAICS if organization.startswith("NIST") else NAICS).pick)
    title = row.draw(lambda chance: words.title(trade, chance)) + row.draw(Mix({"": 80, " ": 1}).pick)
    text = row.draw(lambda chance: words.description(title, chance))
    same = row.draw(lambda chance: chance.random() < 0.161)  # 556 descriptions repeat the title
    edited = f" - Update {row.version('title')}" if row.version("title") else ""
    return {
        "Title": title + edited,
        "Description": title + edited if same else text,
        "Naics Code": f"{trade.code} | {trade.text.strip()}",
        "Does This Acquisition Contain Information Technology": row.draw(Mix({"N": 2418, "Y": 1034}).pick),
    }


def _place(row: Standing, organization: str) -> dict[str, Cell]:
    city, state = row.draw((NIST_PLACES if organization.startswith("NIST") else PLACES).pick)
    abroad, unsure = row.draw(COUNTRIES.pick), row.draw(lambda chance: chance.random() < 0.5)
    country = abroad if state == "NA" else "To be determined" if city == TBD and unsure else "UNITED STATES"
    return {
        "Place Of Performance City": city,
        "Place Of Performance State": state,
        "Place Of Performance Country": country,
    }


def _terms(row: Standing, *, recent: bool) -> dict[str, Cell]:
    awardee, competition = row.draw(AWARDEES.pick, "awardee")
    vehicle, award_type = row.draw(VEHICLES.pick, "vehicle")
    anticipated = row.draw(ANTICIPATED[competition].pick)
    months, years = row.draw(LENGTHS.pick)
    return {
        "Type Of Awardee": awardee,
        "Competition Strategy": competition,
        "Estimated Value Range": row.draw(BANDS.pick, "value"),
        "Anticipated Set Aside And Type": anticipated if recent else None,
        "Months": int(months),
        "Years": _typed(years),
        "Anticipated Contract Vehicle": vehicle if recent else None,
        "Anticipated Action Award Type": award_type if recent else None,
    }


def _typed(cell: str) -> float | str:
    """Numbers as Excel keeps them; `5f` stays a text."""
    return float(cell) if cell.replace(".", "").isdigit() else cell


def _solicitation(row: Standing) -> dict[str, Cell]:
    first = add_quarters(date.fromordinal(row.born), int(row.draw(AHEAD.pick)))
    put_off = row.draw(lambda chance: chance.random() < OUT_OF_FIRST) and fiscal_quarter(first).number == 1
    moved = 2 * put_off + round(row.slipped(SOLICITATION) / DAYS_OF_A_QUARTER)
    year, number = fiscal_quarter(add_quarters(first, moved))
    return {
        "Estimated Solicitation Fiscal Quarter": ("1st", "2nd", "3rd", "4th")[number - 1],
        "Estimated Solicitation Fiscal Year": year,
    }


def _incumbent(row: Standing, *, recent: bool) -> dict[str, Cell]:
    novelty, named, numbered = row.draw(NOVELTY.pick)
    firm, number = row.draw(_firm), row.draw(_order_number)
    return {
        "New Requirement Or Recompete": novelty,
        "Awarded Contract Order Number": number if numbered != "-" else None,
        "Incumbent Contractor Name": (firm if recent else firm[:20]) if named != "-" else None,
    }


def _firm(chance: Random) -> str:
    name = words.firm(chance)
    return name if chance.random() < FULL_NAMES else name.split()[0]


def _order_number(chance: Random) -> str:
    """Offices add hyphens, small letters and placeholders."""
    number = words.contract_number("1399QX", chance)
    return Mix(
        {number: 420, number.lower(): 12, f"{number[:6]}-{number[6:8]}-{number[8:]}": 10, "TBD": 4}
    ).pick(chance)


def _contact(row: Standing) -> dict[str, Cell]:
    given, family = row.draw(words.person)
    return {"Point Of Contact Name": f"{given} {family}", "Point Of Contact Email": words.mail(given, family)}
