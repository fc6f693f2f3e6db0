"""NASA: the SharePoint export of its acquisition forecast, as on 2026-05-13 (145 rows; counts below).

Awarded and withdrawn rows stay among the live ones for a while, and their phase is often not kept up.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import BinaryIO, ClassVar

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import XLSX, fill, open_book
from prospect_aggregate.sandbox.calendar import add_quarters, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, generator, names
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import SOLICITATION, Habits, Standing
from prospect_aggregate.sandbox.nasa_words import (
    AWARD_TYPES,
    CONTRACT_TYPES,
    DIRECTORATES,
    FUNDING,
    LENGTHS,
    LIVE,
    NAICS,
    OFFICES,
    OPTIONS,
    OUTCOMES,
    PLACES,
    PSC,
    QUARTERS,
    REASONS,
    REQUIREMENTS,
    SERVICE_LINES,
    SET_ASIDES,
    VALUES,
)
from prospect_aggregate.sandbox.replica import Replica
from prospect_aggregate.sandbox.steady import even, steadily, turn
from prospect_aggregate.sandbox.trades import TRADES

DAYS_OF_A_QUARTER = 91
UNNAMED_SPECIALISTS = 10 / 145
EMPTY = 2 / 145
"""Two rows lack all that was added to the form later, and one each its NAICS and its PSC."""
UNTIL_OUTCOME = 0.1  # of a row's stay: then it is awarded or withdrawn, if it ever is
TBD = "To Be Determined"


def write(listing: Listing, stream: BinaryIO, day: date) -> None:
    """Behind the list stands a sheet that compares its headings with an older form's."""
    book = open_book(stream, day)
    lines = ((line,) for line in listing.preamble)
    fill(book.add_worksheet(listing.sheet), chain(lines, [listing.headings], listing.rows))
    fill(book.add_worksheet("Sheet1"), ((heading, "", "", heading) for heading in listing.headings))
    book.close()


class Nasa(Replica):
    key = "nasa"
    host = "www.hq.nasa.gov"
    path = "/office/procurement/forecast/AcqForecastNew.xlsx"
    page = "/office/procurement/forecast/NAF.html"
    extension = "xlsx"
    media_type = XLSX
    write = staticmethod(write)
    sheet = "Forecast Requirements"
    renamed = ("SourceID", "ForecastID")
    validators = True
    habits: ClassVar = Habits(
        births=145 / 150,
        stay=Spread({0: 150, 1: 150}),  # not known of one edition; 145 and 147 rows were seen
        revisions=0.002,
        facets={SOLICITATION: 0.7, "value": 0.2, "set-aside": 0.2},
        slip=Spread({0: 91, 0.7: 91, 1: 182}),
    )
    headings = names("""
        BuyingOffice; BuyingOfficeCode; Review Status; AcquisitionStatus; AwardedOrWithdrawn; AcquisitionPhase;
        SourceID; TitleOfRequirement; TechnicalPOC; Tech POC Name; PlaceOfPerformanceState;
        PlaceOfPerformanceCountry; NAICS; PSC Code; PSC Code Description; HQMissionDirectorate; NAICS Description;
        FundingSource; SmallBusinessSpecialistPOC; SmallBusinessSpecialistEmail; AnticipatedFYAward;
        Anticipated Qtr of Award; NewOrRecompete; EstimatedContractValue; PlaceOfPerformanceCity; SetAsideType;
        ContractType; ProductServiceLine; FY-QTR_POPStart; Summary; Est Value Base; Est Value Option(s);
        GrantOrCooperativeAgreement; ReasonForWithdraw; QtrSolOrNOFORelease; FYofSolOrNOFORelease;
        PeriodOfPerformance; Type of Award/Contract Vehicle; TypeOfRequirement; ExtentCompeted; Options?; EstBasePOP;
        EstOptionsPOP; Description; Item Type; Path
    """)

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        for standing in steadily(seed, self.key, self.habits, day, scale):
            row = self.row(standing)
            yield tuple(row[heading] for heading in self.headings)

    def row(self, standing: Standing) -> dict[str, Cell]:
        office, code = even(standing, "office", OFFICES)
        later = {**_quarters(standing), **_terms(standing), **_options(standing)}
        if turn(standing, "later") < EMPTY:
            later = dict.fromkeys(later, None)
        return {
            "BuyingOffice": office,
            "BuyingOfficeCode": code or None,
            "HQMissionDirectorate": even(standing, "directorate", DIRECTORATES).replace("#", ";#"),
            "Review Status": "Approved",
            "Item Type": "Item",
            "Path": "sites/op-acquisitionforecast/Lists/AcqForecast",
            **_outcome(standing),
            **_subject(standing),
            **_place(standing),
            **_contacts(standing, office),
            **later,
        }


def _outcome(row: Standing) -> dict[str, Cell]:
    status, phase = even(row, "live", LIVE)
    known = row.day - row.born > row.lead * UNTIL_OUTCOME
    outcome, stage = even(row, "outcome", OUTCOMES) if known else ("N/A", "")
    reason = row.draw(REASONS.pick)
    return {
        "AcquisitionStatus": status if outcome == "N/A" else outcome,
        "AwardedOrWithdrawn": outcome,
        "AcquisitionPhase": stage or phase,
        "ReasonForWithdraw": reason if outcome == "Withdrawn" else None,
    }


def _subject(row: Standing) -> dict[str, Cell]:
    naics, industry = even(row, "naics", NAICS)
    psc, product = even(row, "psc", PSC)
    trade = TRADES.get(naics, TRADES["541990"])
    title = row.draw(lambda chance: words.title(trade, chance))
    text = row.draw(lambda chance: words.description(title, chance, between="\n"))
    summary = {"none": None, "title": title, "other": text.partition("\n")[0]}
    return {
        "SourceID": 6000 + row.serial,
        "TitleOfRequirement": title,
        "Description": f"\n  {text}\n" if turn(row, "blanks") < 0.5 else text,
        "Summary": summary[even(row, "summary", Mix({"none": 39, "title": 13, "other": 93}))],
        "NAICS": naics or None,
        "NAICS Description": industry or None,
        "PSC Code": psc or None,
        "PSC Code Description": product or None,
        "NewOrRecompete": even(row, "novelty", Mix({"New Requirement": 73, "Re-compete": 72})),
    }


def _place(row: Standing) -> dict[str, Cell]:
    city, state, country = even(row, "place", PLACES)
    return {
        "PlaceOfPerformanceCity": city or None,
        "PlaceOfPerformanceState": state or None,
        "PlaceOfPerformanceCountry": country or None,
    }


def _contacts(row: Standing, office: str) -> dict[str, Cell]:
    given, family = row.draw(words.person)
    specialist = words.person(generator("nasa specialist", office))
    return {
        "Tech POC Name": f"{given} {family}",
        "TechnicalPOC": words.mail(given, family),
        "SmallBusinessSpecialistPOC": None
        if turn(row, "specialist") < UNNAMED_SPECIALISTS
        else " ".join(specialist),
        "SmallBusinessSpecialistEmail": words.mail(*specialist),
    }


def _quarters(row: Standing) -> dict[str, Cell]:
    """Planned from the middle of the row's stay, so that on any day as many are past as on the real list."""
    middle = date.fromordinal(row.born + row.lead // 2)
    moved = round(row.slipped(SOLICITATION) / DAYS_OF_A_QUARTER)
    solicitation, award = (
        _quarter(middle, said, moved) for said in even(row, "quarters", QUARTERS[_state(row)])
    )
    starts = f"{award[0]} {award[1]}" if award[1] != TBD else "To be determined"
    return {
        "FYofSolOrNOFORelease": solicitation[0],
        "QtrSolOrNOFORelease": solicitation[1],
        "AnticipatedFYAward": award[0],
        "Anticipated Qtr of Award": award[1],
        "FY-QTR_POPStart": starts,
    }


def _state(row: Standing) -> str:
    if even(row, "outcome", OUTCOMES)[0] != "N/A":
        return "closed"
    return "under way" if even(row, "live", LIVE)[1] == "Evaluation Stage" else "live"


def _quarter(middle: date, said: str, moved: int) -> tuple[str, str]:
    if said.startswith("y"):
        return str(fiscal_quarter(middle).year + int(said[1:])), TBD
    quarter = fiscal_quarter(add_quarters(middle, int(said) + moved))
    return str(quarter.year), f"Q{quarter.number}"


def _terms(row: Standing) -> dict[str, Cell]:
    set_aside, extent = even(row, "set-aside", SET_ASIDES)
    return {
        "SetAsideType": set_aside,
        "ExtentCompeted": extent,
        "EstimatedContractValue": even(row, "value", VALUES),
        "ContractType": even(row, "contract type", CONTRACT_TYPES),
        "Type of Award/Contract Vehicle": even(row, "award type", AWARD_TYPES),
        "PeriodOfPerformance": even(row, "length", LENGTHS),
        "ProductServiceLine": even(row, "service line", SERVICE_LINES),
        "TypeOfRequirement": even(row, "requirement", REQUIREMENTS),
        "FundingSource": even(row, "funding", FUNDING),
        "GrantOrCooperativeAgreement": even(row, "grant", Mix({"No": 144, "Yes": 1})),
    }


def _options(row: Standing) -> dict[str, Cell]:
    options, base, more = even(row, "options", OPTIONS)
    first, then = row.draw(VALUES.pick), row.draw(VALUES.pick)
    return {
        "Options?": options,
        "EstBasePOP": base or None,
        "EstOptionsPOP": more or None,
        "Est Value Base": first if base else None,
        "Est Value Option(s)": then if base else None,
    }
