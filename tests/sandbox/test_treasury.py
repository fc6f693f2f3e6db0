"""Treasury's replica: a guest's question is answered by bureau, each record in two lists, all of it old."""

from collections import Counter
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import orjson
import pytest

from prospect_aggregate.sandbox.editions import editions
from prospect_aggregate.sandbox.replica import Asked, replica
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.readers import read_html
from prospect_aggregate.scrapers.sources.treasury import LISTS, QUESTION, Treasury
from tests.sources.editions import shelves, taken

from . import measures
from .measures import REAL, Row
from .proof import collected, read
from .workbooks import SEEDS, TODAY, apart, made, shares_of

TREASURY = Treasury()
SITE = replica("treasury")
REAL_SHELVES = {"upcoming": 31, "passed": 8, "dormant": 116, "closed": 27, "under_way": 20}
WORDS = {
    "Bureau": "Bureau",
    "Type of Requirement": "sbfTypeofRequirement__c",
    "Status": "sbfAcquisitionPhase__c",
    "Award Type": "sbfProjectedAwardType__c",
    "Contract Type": "sbfProjectedContractType__c",
    "Estimated Total Contract Value": "sbfEstimatedTotalContractValue__c",
    "Small Business Set-aside": "sbfSmallBusinessSetaside__c",
    "Extent Competed": "sbfExtentCompeted__c",
    "Projected Award FY_Qtr": "sbfFiscalYear_QtrforAward__c",
    "Projected Contract Vehicle": "sbfProjectedContractVehicle__c",
    "Contract Number": "sbfContractNumber__c",
}
"""Columns of the download, and the fields of the answer that hold the same."""


def asked(method: str, body: bytes) -> tuple[int, bytes]:
    reply = SITE.answer(Asked(method, SITE.path, body=body), lambda: b"the list")
    return reply.status, reply.body


def plain(row: Row) -> Row:
    """What both ways publish, the codes cut out of their texts."""
    codes = {"NAICS": row["NAICS"], "PSC": str(row["PSC"])[:4]}
    return {**codes, **{name: row[name] or "" for name in WORDS}, "office": bool(row["Program Office"])}


def of_answer(row: Row) -> Row:
    naics, psc = row["sbfNAICSCode__r"], row["sbfPSCCode__r"]
    assert isinstance(naics, dict)
    assert isinstance(psc, dict)
    return {
        **{name: row[field] for name, field in WORDS.items()},
        "NAICS": naics["SBF_NAICS_Description__c"],
        "PSC": psc["sbfPSCCodeandDefinition__c"],
        "Program Office": row["sbfProgramOffice__r"],
    }


def download() -> list[Row]:
    path = REAL / "treasury" / "2026-05-14.xls"
    if not path.exists():
        pytest.skip(f"no real edition at {path}")
    table = read_html(path.read_bytes(), wanted=("Bureau",), source="treasury")
    return [dict(zip(table.headings, cells, strict=True)) for _, cells in table.rows]


@pytest.mark.parametrize("edition", editions("treasury", today=TODAY), ids=str)
def test_every_edition_is_read_whole_and_is_old(edition):
    drafts, table = read(TREASURY, edition.content())
    assert len(drafts) == len({draft.native_id for draft in drafts}) == 202
    assert TREASURY.edition_date(table) == date(2025, 5, 5)
    assert sum("is called a double" in note for note in table.notes) == 1


def test_each_record_stands_in_two_of_its_bureaus_lists():
    bureaus = orjson.loads(editions("treasury", today=TODAY)[-1].content())["returnValue"]
    assert all(set(LISTS) < bureau.keys() for bureau in bureaus)
    counts = Counter(record["Id"] for bureau in bureaus for name in LISTS for record in bureau[name])
    assert (len(counts), set(counts.values())) == (202, {2})


def test_editions_hold_the_same_in_another_order():
    bodies = [one.content() for one in editions("treasury", today=TODAY)]
    read_as = [sorted(str(draft.native_id) for draft in read(TREASURY, body)[0]) for body in bodies]
    assert len(set(bodies)) == 6
    assert all(numbers == read_as[0] for numbers in read_as)


def test_only_the_sites_own_question_is_answered():
    assert asked("POST", orjson.dumps(QUESTION)) == (200, b"the list")
    assert asked("POST", orjson.dumps({**QUESTION, "classname": "gone"}))[0] == 400
    assert asked("POST", b"no question")[0] == 400
    assert asked("GET", b"")[0] == 405


def test_the_question_goes_over_the_wire_and_the_page_is_there_for_a_check():
    with Server(today=TODAY, keys=["treasury"]) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("POST", SITE.path, SITE.posted, {"Host": SITE.host})
        assert "returnValue" in orjson.loads(connection.getresponse().read())
        connection.request("GET", "/", headers={"Host": SITE.host})
        assert b"Forecast" in connection.getresponse().read()
        connection.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_filled_and_worded_like_the_real_ones(seed):
    theirs, ours = map(plain, download()), (plain(of_answer(row)) for row in made("treasury", seed))
    real, our = list(theirs), list(ours)
    headings = [name for name in real[0] if name != "Contract Number"]
    assert apart(measures.fill_rates(real), measures.fill_rates(our)) == []
    assert apart(measures.vocabularies(real, headings), measures.vocabularies(our, headings)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_shelves_are_filled_like_the_real_ones(seed, tmp_path):
    path = tmp_path / "edition.json"
    path.write_bytes(editions("treasury", today=TODAY, seed=seed)[-1].content())
    run = taken("treasury", path)
    assert (run.rows, run.new, run.rejected) == (202, 202, 0)
    assert apart(shares_of(REAL_SHELVES), shares_of(shelves("treasury"))) == []


def test_the_product_collects_it(tmp_path: Path):
    with Server(today=TODAY, keys=["treasury"]) as server:
        said = collected(server, "treasury", tmp_path / "home")
    assert said == "treasury: succeeded, 202 rows: 202 new, 0 changed, 0 gone, 0 rejected (run 1)\n"
