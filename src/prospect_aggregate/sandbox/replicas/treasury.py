"""Treasury: a Salesforce site that answers a guest's question, as three programs describe it.

It sends 404 records of 202 purchases: each stands in two of its bureau's five lists, by what is bought and by how
much. Nobody has edited the list since May 2025: its editions differ in the order of the records, and in nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import BinaryIO, ClassVar

import orjson

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.chance import Mix, Spread
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import Habits, Standing
from prospect_aggregate.sandbox.replica import HTML, Asked, Replica, Reply
from prospect_aggregate.sandbox.steady import even, steadily
from prospect_aggregate.sandbox.trades import TRADES
from prospect_aggregate.sandbox.treasury_words import (
    AWARD_TYPES,
    BUREAUS,
    CONTRACT_TYPES,
    NAICS,
    PLACES,
    PSC,
    STAGES,
    TERMS,
    VALUES,
    VEHICLES,
)

LAST_EDIT = date(2025, 5, 5)
MASS_UPDATE = "2025-03-04T20:10:18.000+0000"  # 103 of 202 rows
STAY, SIZE = 606, 202
CLASSES = {"@udd/01pSJ000000H5BV", "sbfPortalController"}
BUREAU = "Bureau"
LISTS = (
    "newOppData",
    "recompeteOppData",
    "micropurchaseAwardData",
    "simplifiedAcquisitionAwardData",
    "above250kData",
)
BY_VALUE = {"< or = $10K": LISTS[2], "> $10K to < or = $250K": LISTS[3]}
NO_CLASS = b'[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]'
QUESTION = {
    "namespace": "", "classname": "@udd/01pSJ000000H5BV", "method": "getData", "isContinuation": False,
    "cacheable": False, "params": {},
}  # fmt: skip
EDITS = Mix({"mass": 103, "March": 46, "April": 53})
CONTRACTS = Mix({"number": 112, "TBD": 13, "": 77})


def write(listing: Listing, stream: BinaryIO, day: date) -> None:
    """Records come in no order of their own; a field without a value is left out."""
    rows = list(listing.rows)
    first = day.toordinal() // 7 % max(1, len(rows))
    bureaus: dict[str, dict[str, list[dict[str, Cell]]]] = {}
    for row in rows[first:] + rows[:first]:
        record = {name: cell for name, cell in zip(listing.headings, row, strict=True) if cell is not None}
        lists = bureaus.setdefault(str(record.pop(BUREAU)), {each: [] for each in LISTS})
        for each in _lists_of(record):
            lists[each].append({"attributes": {"type": "sbfOpportunity__c"}, **record})
    value = [
        {"Id": f"001SJ{number:02d}", "Name": name, **bureaus[name]} for number, name in enumerate(bureaus)
    ]
    stream.write(orjson.dumps({"returnValue": value, "cacheable": False}))


def _lists_of(record: Mapping[str, Cell]) -> tuple[str, str]:
    value = str(record["sbfEstimatedTotalContractValue__c"])
    new = record["sbfTypeofRequirement__c"] == "New"
    return LISTS[0] if new else LISTS[1], BY_VALUE.get(value, LISTS[4])


class Treasury(Replica):
    key = "treasury"
    host = "osdbu.forecast.treasury.gov"
    path = "/webruntime/api/apex/execute"
    posted = orjson.dumps(QUESTION)
    page = "/"
    extension = "json"
    media_type = "application/json"
    write = staticmethod(write)
    renamed = ("sbfAcquisitionPhase__c", "sbfPhase__c")
    habits: ClassVar = Habits(
        births=SIZE / STAY,
        stay=Spread({0: STAY, 1: STAY}),
        revisions=1e-9,  # nothing has changed since the last edit
        facets={},
    )
    headings = (
        "Id", "Active__c", "Name", "Description__c", "sbfTypeofRequirement__c", "sbfAcquisitionPhase__c",
        "sbfShopCart_req__c", "sbfNAICSCode__c", "sbfNAICSCode__r", "sbfPSCCode__c", "sbfPSCCode__r",
        "sbfEstimatedTotalContractValue__c", "sbfSmallBusinessSetaside__c", "sbfExtentCompeted__c",
        "sbfProjectedContractType__c", "sbfProjectedAwardType__c", "sbfProjectedContractVehicle__c",
        "sbfPlaceofPerformanceState__c", "sbfPlaceofPerformanceCountry__c", "sbfFiscalYear_QtrforAward__c",
        "sbfProjectedPeriodofPerformanceStart__c", "sbfProjectedPeriodofPerformanceEnd__c", "sbfContractNumber__c",
        "sbfIncumbentVendorName__c", "sbfProgramOffice__r", "sbfBureauPointofContact__c",
        "sbfProgramOfficePointofContact__c", "SystemModstamp", BUREAU,
    )  # fmt: skip

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        for standing in steadily(seed, self.key, self.habits, min(day, LAST_EDIT), scale):
            row = self.row(standing)
            yield tuple(row[heading] for heading in self.headings)

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        if asked.path != self.path:
            return super().answer(asked, content)
        if asked.method != "POST":
            return Reply(405, b"<!DOCTYPE html><title>Method not allowed</title>", HTML)
        if _class_of(asked.body) not in CLASSES:
            return Reply(400, NO_CLASS, self.media_type)
        return Reply(200, content(), self.media_type)

    def page_html(self) -> str:
        return "<!DOCTYPE html><title>Forecast of Contract Opportunities</title><div>Loading</div>"

    def row(self, standing: Standing) -> dict[str, Cell]:
        return {
            "Id": f"a0QSJ0000{standing.serial:06d}AAA",
            "Active__c": True,
            **_subject(standing),
            **_bureau(standing),
            **_terms(standing),
            **_dates(standing),
            **_contract(standing),
        }


def _class_of(body: bytes) -> object:
    try:
        question = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return question.get("classname") if isinstance(question, dict) else None


def _subject(row: Standing) -> dict[str, Cell]:
    naics, psc = even(row, "naics", NAICS), even(row, "psc", PSC)
    trade = TRADES.get(naics[:6], TRADES["541519"])
    title = row.draw(lambda chance: words.title(trade, chance))
    return {
        "Name": title,
        "Description__c": row.draw(lambda chance: words.description(title, chance)),
        "sbfNAICSCode__c": f"a0NSJ0000{naics[:6]}AAA",
        "sbfNAICSCode__r": {"Id": f"a0NSJ0000{naics[:6]}AAA", "SBF_NAICS_Description__c": naics},
        "sbfPSCCode__c": f"a0PSJ000000{psc[:4]}AAA",
        "sbfPSCCode__r": {"Id": f"a0PSJ000000{psc[:4]}AAA", "sbfPSCCodeandDefinition__c": psc},
    }


def _bureau(row: Standing) -> dict[str, Cell]:
    bureau, office, prefix = even(row, "bureau", BUREAUS)
    contact, program = (" ".join(row.draw(words.person)) for _ in range(2))
    return {
        BUREAU: bureau,
        "sbfShopCart_req__c": _number(row, prefix),
        "sbfProgramOffice__r": None if office == "-" else {"Id": f"a0RSJ{prefix}", "Name": office},
        "sbfBureauPointofContact__c": contact,
        "sbfProgramOfficePointofContact__c": program,
    }


def _number(row: Standing, prefix: str) -> str:
    """One row, in the middle of the list, is called its neighbour's double."""
    double = 0 <= row.day - row.born - STAY // 2 < STAY // SIZE
    return f"{prefix}-{row.serial - 1:04d}-dup" if double else f"{prefix}-{row.serial:04d}"


def _terms(row: Standing) -> dict[str, Cell]:
    set_aside, extent = even(row, "terms", TERMS)
    state, country = even(row, "place", PLACES)
    unstated = row.draw(lambda chance: chance.random() < 12 / 32)
    return {
        "sbfSmallBusinessSetaside__c": "Yes" if extent == "-" and unstated else set_aside,
        "sbfExtentCompeted__c": extent if extent != "-" else None,
        "sbfEstimatedTotalContractValue__c": even(row, "value", VALUES),
        "sbfTypeofRequirement__c": even(row, "novelty", Mix({"Recompete": 178, "New": 24})),
        "sbfProjectedContractType__c": even(row, "contract type", CONTRACT_TYPES),
        "sbfProjectedAwardType__c": even(row, "award type", AWARD_TYPES),
        "sbfProjectedContractVehicle__c": even(row, "vehicle", VEHICLES),
        "sbfPlaceofPerformanceState__c": state if state != "-" else None,
        "sbfPlaceofPerformanceCountry__c": country,
    }


def _dates(row: Standing) -> dict[str, Cell]:
    phase, quarter = even(row, "stage", STAGES)
    year, number = int(quarter[3:7]), int(quarter[-1])
    begin = date(year - (number == 1), (10, 1, 4, 7)[number - 1], 1) + timedelta(
        row.draw(lambda chance: chance.randrange(91))
    )
    years = row.draw(Mix({1: 140, 5: 50, 3: 12}).pick)
    return {
        "sbfAcquisitionPhase__c": phase,
        "sbfFiscalYear_QtrforAward__c": quarter,
        "sbfProjectedPeriodofPerformanceStart__c": begin.isoformat(),
        "sbfProjectedPeriodofPerformanceEnd__c": (begin + timedelta(365 * years - 1)).isoformat(),
        "SystemModstamp": row.draw(lambda chance: _stamp(row, chance)),
    }


def _stamp(row: Standing, chance: Random) -> str:
    """The newest row was edited last, and half of all at once."""
    kind, day = even(row, "edit", EDITS), chance.randint(5, 29)
    clock = f"{chance.randint(13, 21)}:{chance.randint(10, 59)}:{chance.randint(10, 59)}.000+0000"
    if row.day - row.born < STAY / SIZE:
        return f"{LAST_EDIT}T{clock}"
    return MASS_UPDATE if kind == "mass" else f"2025-{3 if kind == 'March' else 4:02d}-{day:02d}T{clock}"


def _contract(row: Standing) -> dict[str, Cell]:
    number = row.draw(lambda chance: f"2034142{chance.randint(0, 5)}F{chance.randint(0, 99999):05d}")
    known = even(row, "contract", CONTRACTS)
    return {
        "sbfContractNumber__c": number if known == "number" else known or None,
        "sbfIncumbentVendorName__c": f"a0VSJ0000{row.serial:06d}AAA" if known == "number" else None,
    }
