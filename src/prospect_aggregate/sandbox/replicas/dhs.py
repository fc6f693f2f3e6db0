"""Homeland Security (APFS): one JSON array of all forecasts, as its API sent it in 2024 and 2026.

Fields: the 41 of the raw capture of 2024 and the three that the editions of 2026 add (`contract_type`,
`small_business_set_aside`, `sbs_coordinator_email`); about 45 are reported, the rest was never seen. The
vocabularies carry the counts of 2026-05-25 (699 rows), or of 2024 (802) for fields that those of 2026 lack.
"""

from datetime import date
from random import Random
from typing import ClassVar

import orjson

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.calendar import american, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, names, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, write_json
from prospect_aggregate.sandbox.lives import AWARD, SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.replica import Replica
from prospect_aggregate.sandbox.trades import trades

ORGANIZATIONS = texts("""
    123 USCG/SFLC; 99 USCG/CG-SHORE; 57 USCIS; 54 USCG/ALC; 38 TSA; 38 USCG/CG-HCA; 25 DHS HQ/CISA;
    23 USSS; 22 USCG/CG-C5I; 21 USCG/LOGCOM; 19 DHS HQ/MGMT; 18 FEMA; 18 CBP;
    18 CBP/Facilities Managemen; 17 TSA/OIT; 15 ICE/HSI; 9 ICE/ERO; 8 TSA/OAPM; 7 CBP/Air and Marine;
    5 CBP/OIT; 5 ICE/M&A/CIO; 5 CBP/HQ; 5 CBP/OFO; 5 CBP/OPS SUPT; 4 FLETC/DD/MRSD; 3 CBP/OIT/EDME;
    3 TSA/Human Capital; 3 ICE/M&A; 2 DHS HQ/CWMD; 2 DHS HQ/CRCL; 2 CBP/BP/PMOD;
    1 CBP/BP/Rio Grande Valley Se; 1 ICE/OD/OFTP; 1 DHS HQ
""")
BUYING_OFFICES = texts("""
    39 MGMT/Contracting/Technology; 17 MGMT/Contracting/Operations; 60 Product Line 1 (Contracting);
    34 Shore Unit South (Contracting); 30 Aviation Logistics (Contracting);
    53 Cutter Support Branch (Contracting);
    25 Administration and Facilities Contracting Division (AFCD); 24 ACQ11 Enterprise Systems  Division;
    16 Border Technologies (BTCD); 15 Mission Support (MSCD); 13 Shore Unit North (Contracting)
""")
COORDINATORS = texts(r"""
    100 Small Business Coordinator; 100 CPD (APFS Coordinator); 64 MGMT/CON; 47 APFS Coordinator; 36 USSS\HQ\
""")
STATUS = tuples("""
    427 NEW | New Requirement, No Contract; 264 REC | Follow-on to Existing Contract;
    3 NLR | No Longer Required
""")
CLOSED = ("NLR", "No Longer Required")
SET_ASIDES = tuples("""
    202 None | null; 151 SB | true; 108 TBD | null; 80 SB | null; 49 8(a) | true; 29 8(a) | null;
    27 TBD | true; 13 HUBZone | true; 10 SDVOSB | true; 9 WOSB | true; 7 HUBZone | null; 4 SDVOSB | null;
    4 WOSB | null; 3 SB | false; 3 AbilityOne | null
""")
VEHICLES = texts("""
    182 Definitive Contract; 99 Indefinite Delivery Contract; 75 GSA Schedule;
    58 IDIQ TO/DO (Non Strategic Sourcing Vehicle Multiple Award Contract); 50 NASA SEWP V; 46 OASIS+;
    40 Design/Build Construction Services II (Regional) (RMACC II); 34 PO (FAR Subpart 13.5);
    24 BPA (FAR Part 8 or 13); 17 GWAC;
    15 Design/Build & Construction Services III (National) (NMACC III); 6 8(a) STARS III;
    6 Architecture and Engineering Services II; 5 BPA Call (FAR Part 8 or 13 Multiple Award BPA);
    5 Basic Ordering Agreement (BOA); 4 Alliant 2; 4 NITAAC CIO-SP3;
    3 Human Capital and Training Solutions (HCaTS); 3 NITAAC CIO-SP3 SB; 2 DWAC;
    2 Broad Agency Announcement; 2 Veterans Technology Services 2 (VETS 2); 1 OASIS;
    1 Other Transaction Authority; 1 Language Services II
""")
CONTRACT_TYPES = texts("""
    632 Firm Fixed Price; 22 Combination; 15 Labor Hour; 15 Time and Materials;
    9 Unknown/To Be Determined; 2 Fixed Price Award Fee; 2 Fixed Price Economic Price Adjustment;
    2 Cost Plus Fixed Fee
""")
BANDS = tuples("""
    73 $350K to $500K | 3; 100 $500K to $1M | 4; 106 $1M to $2M | 5; 127 $2M to $5M | 6; 80 $5M to $10M | 7;
    55 $10M to $20M | 8; 68 $20M to $50M | 9; 37 $50M to $100M | 10; 53 Over $100M | 11
""")
COAST_GUARD_NAICS = trades("""
    88 336611; 60 236220; 28 541330; 30 336413; 21 334511; 18 237990; 17 488190; 20 541519; 8 541611; 6 238220;
    6 333618; 4 561210; 4 236210; 3 336612; 3 336212; 3 238160; 3 562910; 3 722310; 3 811310; 3 541512;
    2 333612; 2 334220; 2 332994; 2 541990; 2 517810; 2 561612; 2 721110
""")
NAICS = trades("""
    73 541519; 37 541611; 15 541512; 11 541511; 9 236220; 4 541330; 2 237990; 7 561612; 2 238220; 7 541219;
    3 561210; 7 561621; 6 561110; 4 721110; 5 511210; 4 541930; 4 561611; 10 541990; 2 332994; 1 811310;
    4 518210; 2 722310; 8 561720; 10 611430; 6 541614; 3 332992; 8 541612; 8 541690; 2 517810; 1 517919;
    2 334220; 8 334517; 6 811210; 8 541618; 10 513210; 12 561990; 8 238210; 8 423430; 6 519290
""")
PLACES = tuples("""
    50 TBD | NA; 5 TBD | VA; 43 Camp Springs | MD; 41 Springfield | VA; 52 Washington | DC;
    36 Multiple | NA; 19 Arlington | VA; 20 Elizabeth City | NC; 25 Baltimore | MD; 24 Portsmouth | VA;
    14 New London | CT; 18 Kodiak | AK; 16 Alexandria | VA; 16 Ashburn | VA; 12 Washington, DC | DC;
    12 Laurel | MD; 7 Emmitsburg | MD; 8 Washington DC | DC; 8 Chesapeake | VA; 7 Williston | VT;
    20 Miami | FL; 9 Cape May | NJ; 7 Multiple | DC; 11 Grand Prairie | TX; 9 Harpers Ferry | WV;
    14 St. Petersburg | FL; 9 Mobile | AL; 9 Charleston | SC; 8 Honolulu | HI; 5 Springfield, VA | VA;
    4 San Juan | PR; 9 Detroit | MI; 8 Boston | MA; 18 San Diego | CA; 22 Nationwide | NA;
    12 Seattle | WA; 8 New Orleans | LA; 6 Glynco | GA; 5 Jacksonville | FL
""")
GAP = Spread(
    {0: 0, 0.1: 30, 0.25: 64, 0.5: 99, 0.75: 126, 0.9: 165, 0.98: 220, 1: 450}
)  # solicitation to award
FROM_CREATION = Spread({0: 0, 0.5: 28, 0.9: 294, 1: 1469})  # to publication
TO_START = Spread({0: 0, 0.5: 0, 0.75: 30, 0.9: 60, 1: 150})  # of performance, from award
LENGTH = Spread({0: 30, 0.1: 209, 0.25: 730, 0.5: 1825, 0.9: 1900, 1: 3650})
SB_MAILBOXES = 45
LONGEST_NAICS = 100  # APFS cuts the code's title here: the longest cell has 109 characters
ON_1ST_OR_15TH = 0.28  # 227 of 699 solicitation dates are; some come there by themselves
BLANK = Mix({"": 696, " ": 3})  # behind the NAICS title
BREAKS = Mix({" ": 57, "\r\n\r\n": 38, "\r\n": 4, "</p><p>": 1})  # CRLF in 280 of 802; HTML was seen in 2026


class Dhs(Replica):
    key = "dhs"
    host = "apfs-cloud.dhs.gov"
    path = "/api/forecast/"
    page = "/forecast/"
    extension = "json"
    media_type = "application/json"
    write = staticmethod(write_json)
    renamed = ("requirements_title", "requirement_name")
    habits: ClassVar = Habits(
        births=4.9,  # 258 new rows within 47 days
        stay=Spread({0: 3, 0.13: 45, 0.38: 85, 0.72: 138, 0.93: 225, 0.99: 500, 1: 800}),
        early=0.1,  # 30 of 297 departures came before the award date
        revisions=0.0021,  # 48 of 492 rows within 47 days; the chances below are of those 48
        facets={
            SOLICITATION: 0.77,
            AWARD: 0.62,
            "end": 0.2,
            "star": 1,
            "value": 0.29,
            "program": 0.21,
            "vehicle": 0.12,
            "title": 0.1,
            "contact": 0.08,
            "closed": 0.03,
        },
    )
    headings = names("""
        id; mission; organization; small_business_program; small_business_set_aside; dollar_range;
        contract_vehicle; contract_type; competitive; award_quarter; estimated_release_date; publish_date;
        previous_publish_date; requirements_contact_phone; naics; apfs_number; requirements_title;
        requirement; contract_status; contractor; contract_number; estimated_period_of_performance_start;
        estimated_period_of_performance_end; anticipated_award_date; estimated_solicitation_release_date;
        place_of_performance_city; place_of_performance_state; requirements_contact_first_name;
        requirements_contact_last_name; requirements_contact_email; alternate_contact_first_name;
        alternate_contact_last_name; alternate_contact_phone; alternate_contact_email;
        sbs_coordinator_email; fiscal_year; created_on; requirements_office; contracting_office;
        apfs_coordinator_office; current_state; last_updated_date; published_date; previous_published_date
    """)

    def row(self, standing: Standing) -> dict[str, Cell]:
        return {
            **_numbers(standing),
            **_subject(standing),
            **_terms(standing),
            **_incumbent(standing),
            **_offices(standing),
            **_dates(standing),
            **_contacts(standing),
        }


def _numbers(row: Standing) -> dict[str, Cell]:
    """The star says "published before" (191 of the 193 rows of 2024 that tell when); it comes and goes."""
    created = date.fromordinal(row.born - row.draw(FROM_CREATION.days))
    share = 0.5 if row.version("star") else 0.15
    starred = row.draw(lambda chance: chance.random() < share, "star")
    before = row.published[-2] if row.version("star") else row.born - 60
    previous = _american(before) if starred else None
    return {
        "id": row.serial,
        "mission": None,
        "current_state": "Published",
        "created_on": american(created),
        "apfs_number": f"{'*' * starred}F{fiscal_quarter(created).year}{row.serial:06d}",
        "previous_publish_date": previous,
        "previous_published_date": previous,
    }


def _subject(row: Standing) -> dict[str, Cell]:
    organization = row.draw(ORGANIZATIONS.pick)
    trade = row.draw((COAST_GUARD_NAICS if organization.startswith("USCG") else NAICS).pick)
    title = row.draw(lambda chance: words.title(trade, chance))
    text = row.draw(lambda chance: words.description(title, chance, between=BREAKS.pick(chance)))
    edited = f" (Change {row.version('title')})" if row.version("title") else ""
    return {
        "organization": organization,
        "naics": f"{trade.code} - {trade.text[:LONGEST_NAICS]}{row.draw(BLANK.pick)}",
        "requirements_title": title + edited,
        "requirement": text,
    }


def _terms(row: Standing) -> dict[str, Cell]:
    program, set_aside = row.draw(SET_ASIDES.pick, "program")
    band, order = row.draw(BANDS.pick, "value")
    return {
        "small_business_program": program,
        "small_business_set_aside": orjson.loads(set_aside),
        "dollar_range": {"display_name": band, "display_order": int(order)},
        "contract_vehicle": row.draw(VEHICLES.pick, "vehicle"),
        "contract_type": row.draw(CONTRACT_TYPES.pick),
    }


def _incumbent(row: Standing) -> dict[str, Cell]:
    """Only a follow-on names one (264 of 264 do, of the others none). Closing the row empties it."""
    status, competitive = row.draw(STATUS.pick)
    contractor, number = row.draw(_contract)
    if row.version("closed"):
        status, competitive = CLOSED
    follows = status == "REC"
    return {
        "contract_status": status,
        "competitive": competitive,
        "contractor": contractor if follows else None,
        "contract_number": number if follows else None,
    }


def _contract(chance: Random) -> tuple[str, str]:
    """Placeholders, notes and two numbers in one cell, in about 15 of 264 rows."""
    firm, number = words.firm(chance), words.contract_number("70QX01", chance)
    pair = f"GS99F9999Q / {number}"
    odd = Mix({number: 250, "Multiple": 3, "To Be Determined": 3, pair: 6, "To be updated after award": 2})
    return ("Multiple" if chance.random() < 0.012 else firm), odd.pick(chance)


def _offices(row: Standing) -> dict[str, Cell]:
    city, state = row.draw(PLACES.pick)
    office = row.draw(BUYING_OFFICES.pick)
    return {
        "place_of_performance_city": city,
        "place_of_performance_state": state,
        "contracting_office": office,
        "requirements_office": office.replace("Contracting", "Requirements"),
        "apfs_coordinator_office": row.draw(COORDINATORS.pick),
    }


def _dates(row: Standing) -> dict[str, Cell]:
    start = row.award + row.draw(TO_START.days)
    quarter = fiscal_quarter(date.fromordinal(row.award))
    release, published = _release(row), _american(row.published[-1])
    return {
        "anticipated_award_date": _american(row.award),
        "award_quarter": f"Q{quarter.number} {quarter.year}",
        "fiscal_year": quarter.year,
        "estimated_release_date": release,
        "estimated_solicitation_release_date": release,
        "estimated_period_of_performance_start": _american(start),
        "estimated_period_of_performance_end": _american(start + row.draw(LENGTH.days, "end")),
        "publish_date": published,
        "published_date": published,
        "last_updated_date": published,
    }


def _release(row: Standing) -> str:
    """The solicitation: never after the award (of 2,103 rows), and one in 700 is typed `06/01/26`."""
    planned = row.born + row.lead + row.early_by - row.draw(GAP.days)
    day = date.fromordinal(min(planned + row.slipped(SOLICITATION), row.award))
    if row.draw(lambda chance: chance.random() < ON_1ST_OR_15TH):
        day = day.replace(day=1 if day.day < 15 else 15)
    short = row.draw(lambda chance: chance.random() < 1 / 700)
    return f"{day:%m/%d/%y}" if short else american(day)


def _contacts(row: Standing) -> dict[str, Cell]:
    given, family = row.draw(words.person, "contact")
    mailbox = row.draw(lambda chance: chance.randrange(SB_MAILBOXES) if chance.random() < 0.946 else None)
    return {
        "requirements_contact_first_name": given,
        "requirements_contact_last_name": family,
        "requirements_contact_email": words.mail(given, family),
        "requirements_contact_phone": row.draw(words.phone, "contact"),
        **_alternate(row),
        "sbs_coordinator_email": "" if mailbox is None else f"small.business{mailbox}@example.gov",
    }


def _alternate(row: Standing) -> dict[str, Cell]:
    """363 of 802 rows have one; the others hold empty texts, not nulls."""
    given, family, number = (*row.draw(words.person), row.draw(words.phone))
    known = row.draw(lambda chance: chance.random() < 0.453)
    return {
        "alternate_contact_first_name": given if known else "",
        "alternate_contact_last_name": family if known else "",
        "alternate_contact_phone": number if known else "",
        "alternate_contact_email": words.mail(given, family) if known else "",
    }


def _american(day: int) -> str:
    return american(date.fromordinal(day))
