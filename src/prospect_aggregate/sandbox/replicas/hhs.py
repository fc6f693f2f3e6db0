"""Health and Human Services (SBCX): one JSON array of all opportunities, drafts and archived ones among them.

Its bytes were not seen. The 22 fields are those that two independent users of 2026 name (about 26 are reported); the
divisions carry their counts, and the share of rows without a solicitation month is that of July 2025 (1,538 of 4,201).
All other weights are guesses. Old rows stay PUBLISHED for years; nothing marks a deletion.
"""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import ClassVar
from urllib.parse import parse_qs
from uuid import UUID

import orjson

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.chance import Mix, Spread, names, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, write_json
from prospect_aggregate.sandbox.lives import AWARD, SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.replica import Asked, Replica, Reply
from prospect_aggregate.sandbox.trades import Trade, trades

APP = "/industry/opportunity-forecast"
"""A page of the site's script: the server says 404 and sends it all the same."""
CHOICES = "/api/sbcxforecastchoices/"
FILTERED = ("title", "primaryNAICS", "divisionAcronym")
DIVISIONS = tuples("""
    2265 IHS | 75H7; 561 CDC | 75D3; 516 FDA | 75F4; 178 HRSA | 75R6; 53 CMS | 75FC; 34 ACF | 75AC;
    31 NIH | 75N9; 1 ACL | 75AL; 1 AHRQ | 75AQ; 1 ASPR | 75A5; 1 OS | 75P0; 1 SAMHSA | 75S2
""")
OFFICES_OF_A_DIVISION = 12
STRATEGIES = texts("2100 tbd; 1350 smallBusiness; 750 fullopen")
RANGES = texts("""
    40 RANGE_1; 160 RANGE_2; 1500 RANGE_3; 760 RANGE_4; 430 RANGE_5; 280 RANGE_6; 260 RANGE_7; 150 RANGE_8;
    90 RANGE_9; 110 RANGE_10; 40 RANGE_11; 60 RANGE_12; 280 RANGE_TBD; 25 > $25K and < $250K; 8 TBD
""")
STATUS = texts("970 PUBLISHED; 14 DRAFT; 11 ARCHIVED; 5 CANCELLED")
BAD_YEARS = {0: 4192.0, 2042: 4, 2151: 2, 2206: 2}
TYPED = Mix(BAD_YEARS)
NO_SOLICITATION = 1538 / 4201
NO_AWARD = 0.04
SHOUTED = 0.12
NO_OFFICER = 0.22
CLINICS = names("""
    Dental Supplies; Radiology Reading; Nurse Staffing; Blood Analyzer; Vaccine Cold Storage; Patient Transport;
    Pharmacy Automation; Clinic Laundry; Optometry; Physical Therapy; Sterilizer; Emergency Physician; Telehealth;
    Specimen Courier; Ultrasound; Hospital Bedding
""")
CARE = names(
    "Services; Coverage; Purchase; Maintenance Agreement; Supplies; Replacement; Locum Support; Lease"
)
HEALTH = {
    Trade(code, "", CLINICS, CARE): weight
    for code, weight in {
        "621511": 130.0, "621111": 240, "621399": 260, "622110": 90, "621210": 80, "561320": 210, "339112": 180,
        "339113": 110, "334510": 90, "325413": 85, "325412": 60, "423450": 130, "812332": 25, "621999": 70,
    }.items()
}  # fmt: skip
GENERAL = trades("""
    260 541519; 190 541611; 120 541512; 90 541715; 130 236220; 80 811210; 70 561210; 60 334516; 50 238220;
    50 541990; 60 561720; 60 561612; 40 518210; 40 513210; 40 541690; 35 611430; 30 562910; 25 511210
""")
TRADES = Mix(HEALTH | GENERAL.weights)
UNDECIDED = 0.05
PASSED = Spread({0: 0, 0.45: 1, 1: 900})  # days for which a row stays after its award month
GAP = Spread({0: 15, 0.25: 60, 0.5: 110, 0.9: 270, 1: 540})  # solicitation to award


class Hhs(Replica):
    key = "hhs"
    host = "osdbu.hhs.gov"
    path = "/api/sbcxopportunities/"
    page = "/"
    extension = "json"
    media_type = "application/json"
    write = staticmethod(write_json)
    renamed = ("title", "opportunityTitle")
    habits: ClassVar = Habits(
        births=5.68,
        stay=Spread({0: 20, 0.1: 150, 0.4: 420, 0.7: 800, 0.95: 1500, 1: 2400}),
        early=0.1,
        rounded=0,
        revisions=0.002,
        facets={
            SOLICITATION: 0.6, AWARD: 0.45, "value": 0.2, "strategy": 0.2, "officer": 0.1, "description": 0.15,
            "status": 0.05,
        },
    )  # fmt: skip
    headings = names("""
        uuid; status; divisionAcronym; title; description; anticipatedStrategy; primaryNAICS; totalContractRange;
        targetSolicitationYear; targetSolicitationMonth; targetAwardYear; targetAwardMonth; programPocFirstName;
        programPocLastName; programPocEmail; programPocOffice; coFirstName; coLastName; coEmail;
        contractingOfficeCode; incumbentContractorName; contractNumber
    """)

    def row(self, standing: Standing) -> dict[str, Cell]:
        division, prefix = standing.draw(DIVISIONS.pick)
        office = standing.draw(lambda chance: f"{prefix}{chance.randint(1, OFFICES_OF_A_DIVISION):02d}")
        return {
            "uuid": standing.draw(lambda chance: str(UUID(int=chance.getrandbits(128), version=4))),
            "status": standing.draw(STATUS.pick, "status"),
            "divisionAcronym": division,
            "contractingOfficeCode": office,
            **_subject(standing),
            **_terms(standing),
            **_targets(standing),
            **_people(standing, office),
            **_incumbent(standing, office),
        }

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        if asked.path == APP:
            return Reply(404, self.page_html().encode())
        if asked.path == CHOICES:
            return Reply(200, _choices(), self.media_type)
        reply = super().answer(asked, content).under(Cache_Control="no-store")
        wanted = parse_qs(asked.query).get("filter")
        return _filtered(reply, wanted[0].casefold()) if asked.path == self.path and wanted else reply


def _choices() -> bytes:
    return orjson.dumps(
        {
            "anticipatedStrategy": list(STRATEGIES.weights),
            "totalContractRange": [choice for choice in RANGES.weights if choice.startswith("RANGE_")],
        }
    )


def _filtered(reply: Reply, wanted: str) -> Reply:
    """Found in title, code or division only."""
    rows = orjson.loads(reply.body)
    found = [row for row in rows if any(wanted in str(row.get(name)).casefold() for name in FILTERED)]
    return Reply(reply.status, orjson.dumps(found), reply.media_type, reply.headers)


def _subject(row: Standing) -> dict[str, Cell]:
    trade = row.draw(TRADES.pick)
    title = row.draw(lambda chance: words.title(trade, chance))
    text = row.draw(lambda chance: words.description(title, chance, between="\n"), "description")
    undecided = row.draw(lambda chance: chance.random() < UNDECIDED)
    shouted = row.draw(lambda chance: chance.random() < SHOUTED)
    return {
        "title": title.upper() if shouted else title,
        "description": text,
        "primaryNAICS": "TBD" if undecided else trade.code,
    }


def _terms(row: Standing) -> dict[str, Cell]:
    return {
        "anticipatedStrategy": row.draw(STRATEGIES.pick, "strategy"),
        "totalContractRange": row.draw(RANGES.pick, "value"),
    }


def _targets(row: Standing) -> dict[str, Cell]:
    """Calendar months. A few years are typed wrong, and nobody takes such a row off the list."""
    award = date.fromordinal(row.award - row.draw(PASSED.days))
    planned = award.toordinal() - row.draw(GAP.days) + row.slipped(SOLICITATION) - row.slipped(AWARD)
    release = date.fromordinal(min(planned, award.toordinal()))
    typed = row.draw(TYPED.pick)
    asked = row.draw(lambda chance: chance.random() >= NO_SOLICITATION)
    settled = row.draw(lambda chance: chance.random() >= NO_AWARD)
    return {
        "targetSolicitationYear": release.year if asked else None,
        "targetSolicitationMonth": release.month if asked else None,
        "targetAwardYear": (typed or award.year) if settled else None,
        "targetAwardMonth": award.month if settled else None,
    }


def _people(row: Standing, office: str) -> dict[str, Cell]:
    given, family = row.draw(words.person)
    co_given, co_family = row.draw(words.person, "officer")
    unknown = row.draw(lambda chance: chance.random() < NO_OFFICER)
    return {
        "programPocFirstName": given,
        "programPocLastName": family,
        "programPocEmail": words.mail(given, family),
        "programPocOffice": office,
        "coFirstName": None if unknown else co_given,
        "coLastName": None if unknown else co_family,
        "coEmail": None if unknown else words.mail(co_given, co_family),
    }


def _incumbent(row: Standing, office: str) -> dict[str, Cell]:
    firm, number = row.draw(words.firm), row.draw(lambda chance: _number(office, chance))
    known = row.draw(Mix({"both": 30, "firm": 5, "number": 3, "": 62}).pick)
    return {
        "incumbentContractorName": firm if known in {"both", "firm"} else None,
        "contractNumber": number if known in {"both", "number"} else None,
    }


def _number(office: str, chance: Random) -> str:
    number = words.contract_number(office, chance)
    return Mix({number: 95.0, "N/A": 3, "TBD": 2}).pick(chance)
