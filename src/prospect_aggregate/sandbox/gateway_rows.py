"""What the shared gateway shows of one purchase, whichever agency's: plain words or HTML, and much left empty."""

from datetime import UTC, date, datetime, time
from html import escape

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.calendar import Quarter, american, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, names, texts, tuples
from prospect_aggregate.sandbox.gateway import address, marked_up, moment
from prospect_aggregate.sandbox.listing import Cell
from prospect_aggregate.sandbox.lives import AWARD, SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.trades import Trade


def _partly(counted: str, *, empty: int) -> Mix[str]:
    """A vocabulary that is not always used."""
    return Mix({**texts(counted).weights, "": empty})


FACETS = {
    SOLICITATION: 0.5, AWARD: 0.4, "phase": 0.5, "value": 0.2, "strategy": 0.15, "contact": 0.1, "title": 0.02,
}  # fmt: skip
STAY = Spread({0: 20, 0.2: 120, 0.5: 330, 0.85: 720, 1: 1300})
QUARTERS = (
    "1st (October 1 - December 31)", "2nd (January 1 - March 31)", "3rd (April 1 - June 30)",
    "4th (July 1 - September 30)",
)  # fmt: skip
PHASES = texts("""
    1150 Acquisition Planning; 550 Market Research; 190 Drafting Solicitation;
    60 Draft Solicitation; 260 Solicitation Issued; 150 Evaluation Stage; 180 Awarded; 60 Cancelled;
    220 Exercise of Option; 30 Option Ended-Closed Out
""")
VALUES = texts("""
    260 Below $150K; 150 $150K - $249K; 380 $250K - $499K; 330 $500K - $999K; 310 $1M - $1.9M; 330 $2M - $4.9M;
    190 $5M - $9.9M; 120 $10M - $19M; 110 $20M - $49M; 50 $50M - $99M; 35 $100M - $249M
""")
STRATEGIES = _partly(
    """
    820 Small Business Set Aside - Total; 110 Set-Aside Small Business - Partial; 350 Small Business;
    420 Other Than Small Business; 160 8(a) Competitive; 210 8(a) Sole Source; 25 HUBZone; 20 EDWOSB; 35 WOSB;
    490 To Be Determined
""",
    empty=260,
)
CONTRACT_TYPES = _partly(
    """
    1600 Firm Fixed Price; 210 Time and Materials/Labor Hours; 160 Combination; 90 Other; 330 Unknown
""",
    empty=500,
)
REQUIREMENTS = _partly("1300 New; 1180 Recompete; 120 Option", empty=300)
COMPETITION = _partly("420 Full and Open Competition; 160 Competed under SAP; 130 Not Competed", empty=2190)
METHODS = _partly("260 GSA Schedule; 60 OASIS+; 40 8(a) STARS III; 90 Simplified Acquisition", empty=2450)
AWARDEES = _partly("500 Small Business; 150 Large Business", empty=2250)
PLACES = tuples("""
    420 Washington | DC | District of Columbia; 160 Denver | CO | Colorado; 120 Kansas City | MO | Missouri;
    110 Portland | OR | Oregon; 100 Boise | ID | Idaho; 90 Albuquerque | NM | New Mexico;
    80 Reston | VA | Virginia; 80 Anchorage | AK | Alaska; 70 Sacramento | CA | California;
    70 Atlanta | GA | Georgia; 60 Raleigh | NC | North Carolina; 60 Fort Worth | TX | Texas;
    50 Phoenix | AZ | Arizona; 50 Chicago | IL | Illinois; 40 Philadelphia | PA | Pennsylvania;
    40 Oklahoma City | OK | Oklahoma; 40 Cambridge | MA | Massachusetts; 30 Atlantic City | NJ | New Jersey;
    30 Seattle | WA | Washington; 20 San Juan | PR | Puerto Rico
""")
STYLES = _partly("1180 block; 480 state; 640 words; 90 several; 40 withheld; 60 inapplicable", empty=184)
ODD_PLACES = {
    "several": ("AL United States , AK United States", ""), "withheld": ("Cannot be disclosed", ""),
    "inapplicable": ("Not Applicable", "Not Applicable"), "": ("", ""),
}  # fmt: skip
NAICS_STYLES = _partly("2302 html; 420 plain; 80 two", empty=95)
SECOND_NAICS = '<div class="field field--name-name field__item">541990</div>'
NO_VALUE, NO_SOLICITATION = 632 / 2897, 1513 / 2897
SHORT_TITLE = 60  # Interior's are cut here
ENTITIES = 0.08
LAG = Spread({0: 0, 0.55: 1, 1: 260})  # days for which a row stays after its award
GAP = Spread({0: 20, 0.25: 60, 0.5: 110, 0.9: 260, 1: 500})  # solicitation to award
LENGTH = Spread({0: 30, 0.2: 300, 0.5: 365, 0.7: 1500, 1: 1826})
REGIONS = names("Region 1; Region 3; Region 5; Region 8; National Capital Region")


def habits(births: float) -> Habits:
    return Habits(births=births, stay=STAY, early=0.1, revisions=0.003, facets=FACETS)


def shown(row: Standing, trade: Trade, *, short: bool) -> dict[str, Cell]:
    """All but the number and the agency, which its own replica tells."""
    return {
        **_subject(row, trade, short=short),
        **_terms(row),
        **_dates(row),
        **_place(row),
        **_people(row),
        **_stamps(row),
    }


def fiscal_year(row: Standing) -> int:
    """Of the row's entry, after which offices number."""
    return fiscal_quarter(date.fromordinal(row.born)).year


def number_in_year(row: Standing) -> int:
    return row.number_since(date(fiscal_year(row) - 1, 10, 1))


def _subject(row: Standing, trade: Trade, *, short: bool) -> dict[str, Cell]:
    name = row.draw(lambda chance: words.title(trade, chance), "title")
    text = row.draw(lambda chance: words.description(name, chance, between="\n"))
    joined = row.draw(lambda chance: chance.random() < ENTITIES)
    title = name[:SHORT_TITLE].strip() if short else name
    return {
        "title": escape(title, quote=False) + ("&nbsp;&amp; Support" if joined and not short else ""),
        "body": row.draw(Mix({marked_up(text): 70.0, text.replace("\n", " "): 24, "": 6}).pick),
        "field_naics_code": _naics(row, trade),
    }


def _naics(row: Standing, trade: Trade) -> str:
    style = row.draw(NAICS_STYLES.pick)
    fields = (("name-name", trade.code), ("name-field-label", escape(trade.text)))
    html = "".join(f'<div class="field field--{name} field__item">{text}</div>' for name, text in fields)
    return {"html": html, "plain": f"{trade.code} {trade.text}", "two": html + SECOND_NAICS, "": ""}[style]


def _terms(row: Standing) -> dict[str, Cell]:
    value = row.draw(VALUES.pick, "value")
    untold = row.draw(lambda chance: chance.random() < NO_VALUE)
    return {
        "field_award_status": row.draw(PHASES.pick, "phase"),
        "field_acquisition_strategy": row.draw(STRATEGIES.pick, "strategy"),
        "field_estimated_contract_v_max": "" if untold else value,
        "field_contract_type": row.draw(CONTRACT_TYPES.pick),
        "field_extent_competed": row.draw(COMPETITION.pick),
        "field_procurement_method": row.draw(METHODS.pick),
        "field_type_of_awardee": row.draw(AWARDEES.pick),
        **_requirement(row),
    }


def _requirement(row: Standing) -> dict[str, Cell]:
    kind, firm = row.draw(REQUIREMENTS.pick), row.draw(words.firm)
    return {
        "field_requirement_status": kind,
        "field_contractor_name": firm if kind == "Recompete" else "",
    }


def _dates(row: Standing) -> dict[str, Cell]:
    award = row.award - row.draw(LAG.days)
    released = award - row.draw(GAP.days) + row.slipped(SOLICITATION) - row.slipped(AWARD)
    untold = row.draw(lambda chance: chance.random() < NO_SOLICITATION)
    start, end = award + 15, award + 15 + row.draw(LENGTH.days)
    period = " - ".join(moment(date.fromordinal(day)) for day in (start, end))
    return {
        **_award(row, fiscal_quarter(date.fromordinal(award))),
        "field_estimated_solicitation_dat": ""
        if untold
        else american(date.fromordinal(min(released, award))),
        "field_period_of_performance": row.draw(Mix({period: 55.0, "": 45}).pick),
    }


def _award(row: Standing, quarter: Quarter) -> dict[str, Cell]:
    """The quarter is left open more often than the year."""
    told = row.draw(Mix({"quarter": 78, "year": 16, "": 6}).pick)
    return {
        "field_estimated_award_fy": str(quarter.year) if told else "",
        "field_estimated_award_fy_qtr": QUARTERS[quarter.number - 1] if told == "quarter" else "",
    }


def _place(row: Standing) -> dict[str, Cell]:
    city, code, state = row.draw(PLACES.pick)
    style = row.draw(STYLES.pick)
    region = row.draw(lambda chance: chance.choice(REGIONS) if chance.random() < 0.2 else "")
    written = {
        "block": (address(city, code), state),
        "state": (address("", code), state),
        "words": (f"{city.upper()} , {code} United States", ""),
        **ODD_PLACES,
    }
    place, area = written[style]
    return {
        "field_place_of_performance": place,
        "field_place_of_performance_administrative_area": area,
        "field_region": region,
    }


def _people(row: Standing) -> dict[str, Cell]:
    given, family = row.draw(words.person, "contact")
    advisor = " ".join(row.draw(words.person))
    known = row.draw(lambda chance: chance.random() < 0.9)
    advised = row.draw(lambda chance: chance.random() < 0.3)
    return {
        "field_point_of_contact_name": f"{given} {family}" if known else "",
        "field_point_of_contact_email": words.mail(given, family) if known else "",
        "field_advisor_info_name": advisor if advised else "",
        "field_solicitation_link": row.draw(_link),
    }


_link = Mix({"": 93, '<a href="https://sam.example.gov/opp/1?a=1&amp;b=2">SAM.gov</a>': 7}).pick


def _stamps(row: Standing) -> dict[str, Cell]:
    return {
        "status": "Yes",
        "created": _seconds(row.born),
        "changed": _seconds(row.published[-1]),
    }


def _seconds(day: int) -> int:
    return int(datetime.combine(date.fromordinal(day), time(14), UTC).timestamp())
